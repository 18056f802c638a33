"""How tensors are divided among the groups of threads: by nothing but their lengths."""

from dataclasses import dataclass
from typing import Sequence

from .export import Constants


@dataclass(frozen=True)
class Chunk:
    """A piece of one tensor: its first element there, its first row of M, its number of elements."""

    tensor: int
    offset: int
    row: int
    count: int


@dataclass(frozen=True)
class Partition:
    """All chunks, tensor by tensor, and how many of them a group works on."""

    chunks: list[Chunk]
    rows: int
    chunks_per_group: int
    group_count: int


def divide(lengths: Sequence[int], constants: Constants) -> Partition:
    """Divides tensors of the given numbers of elements."""
    chunks: list[Chunk] = []
    rows = 0
    for tensor, length in enumerate(lengths):
        for offset in range(0, length, constants.chunk_length):
            count = min(constants.chunk_length, length - offset)
            chunks.append(Chunk(tensor, offset, rows, count))
            rows += _quotient_up(count, constants.tile_length) * constants.tile_length
    chunks_per_group = max(1, _quotient_up(len(chunks), constants.most_groups))
    return Partition(chunks, rows, chunks_per_group, _quotient_up(len(chunks), chunks_per_group))


def _quotient_up(x: int, y: int) -> int:
    return -(-x // y)

"""What `Rllc.Benchmarks.Gpu export` has written: memories, their kernels, the layout of the kernels' argument."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

from .structs import StructLayout

VERSION = 1
EXACT, DELAYED = "exact", "delayed"


@dataclass(frozen=True)
class Constants:
    """What partition and launches depend on."""

    chunk_length: int
    tile_length: int
    most_groups: int
    threads_per_group: int


@dataclass(frozen=True)
class Kernels:
    """The kernels of a memory that is kept in one format."""

    format: str
    element_bytes: int
    bytes_moved: Mapping[str, int]
    """Bytes read and written per parameter and step, by timing."""
    settings: Mapping[str, Any]
    """The fields of LawSettings of default options."""
    module: Path
    """The file of PTX that has all entries."""


@dataclass(frozen=True)
class Memory:
    """A linear memory; matrices are row by row, B and a as the kernels have them."""

    name: str
    spec: str
    unit_count: int
    B: list[float]
    a: list[float]
    S: list[float]
    inverse_S: list[float]
    kernels: list[Kernels]


@dataclass(frozen=True)
class Export:
    """Everything."""

    constants: Constants
    entries: list[str]
    """The names of a module's kernels."""
    layouts: Mapping[str, StructLayout]
    memories: list[Memory]
    partitions: list[dict[str, Any]]
    """Examples of how the kernels' own library divides tensors."""


def load(folder: Path) -> Export:
    """Reads a folder. ValueError if another version has written it."""
    file = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    if file["Version"] != VERSION:
        raise ValueError(f"{folder} was written in version {file['Version']}; this is version {VERSION}: export again.")
    numbers = file["Constants"]
    return Export(
        Constants(numbers["ChunkLength"], numbers["TileLength"], numbers["MostGroups"], numbers["ThreadsPerGroup"]),
        file["Entries"],
        {name: StructLayout(name, file["Structs"]) for name in file["Structs"]},
        [_memory(memory, folder) for memory in file["Memories"]],
        file["Partitions"],
    )


def _memory(described: Mapping[str, Any], folder: Path) -> Memory:
    return Memory(
        described["Name"],
        described["Spec"],
        described["UnitCount"],
        described["B"],
        described["a"],
        described["S"],
        described["InverseS"],
        [_kernels(kernels, folder) for kernels in described["Formats"]],
    )


def _kernels(described: Mapping[str, Any], folder: Path) -> Kernels:
    # JSON has no infinity: it comes as a text.
    settings = {name: float(value) if isinstance(value, str) else value for name, value in described["Settings"].items()}
    return Kernels(
        described["Format"],
        described["ElementBytes"],
        {EXACT: described["BytesMovedExact"], DELAYED: described["BytesMovedDelayed"]},
        settings,
        folder / described["Module"],
    )

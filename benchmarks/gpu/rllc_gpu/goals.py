"""What the kernels are meant to reach, set before anything was measured, and how a run's measurements stand to it."""

from dataclasses import dataclass
from typing import Iterator, Sequence

from .export import DELAYED, EXACT
from .measure import Measurement

OF_COPY = 0.90
TO_ADAM = 1.05
TO_ADAM_MODEL = 1.0

# They move as many bytes per parameter as Adam does.
_LIKE_ADAM = ((1, EXACT), (2, DELAYED))


@dataclass(frozen=True)
class Goal:
    """One of them. It is met where the figure is at least (or at most) the limit."""

    text: str
    figure: float | None
    """None where nothing was measured that it speaks of."""
    limit: float
    is_least: bool

    @property
    def verdict(self) -> str:
        """met, missed or not measured."""
        if self.figure is None:
            return "not measured"
        met = self.figure >= self.limit if self.is_least else self.figure <= self.limit
        return "met" if met else "missed"


def judge(measurements: Sequence[Measurement]) -> list[Goal]:
    """All goals, in order; of a contender's workloads the worst counts."""
    own = [m for m in measurements if m.contender.unit_count > 0]
    return [*_of_copy(own), *_like_adam(own), *_model(own)]


def _of_copy(own: Sequence[Measurement]) -> Iterator[Goal]:
    for contender in dict.fromkeys(m.contender for m in own):
        figures = [m.of_copy.median for m in own if m.contender == contender and m.workload.is_large]
        yield Goal(
            f"{contender.name} {contender.format} {contender.timing}, n ≥ 1e8: at least {OF_COPY:.0%} of a copy's bytes/s",
            min(figures, default=None),
            OF_COPY,
            is_least=True,
        )


def _like_adam(own: Sequence[Measurement]) -> Iterator[Goal]:
    for unit_count, timing in _LIKE_ADAM:
        figures = _to_adam(own, unit_count, timing, "alone", is_model=False)
        yield Goal(
            f"k = {unit_count} {timing} Float32, one tensor: at most {TO_ADAM} × fused Adam",
            max(figures, default=None),
            TO_ADAM,
            is_least=False,
        )


def _model(own: Sequence[Measurement]) -> Iterator[Goal]:
    for unit_count, timing in _LIKE_ADAM:
        for way, words in (("alone", "the device alone"), ("in a row", "with the host"), ("graph", "in a CUDA graph")):
            figures = _to_adam(own, unit_count, timing, way, is_model=True)
            yield Goal(
                f"k = {unit_count} {timing} Float32, 65 tensors, {words}: at most {TO_ADAM_MODEL} × fused Adam",
                max(figures, default=None),
                TO_ADAM_MODEL,
                is_least=False,
            )


def _to_adam(own: Sequence[Measurement], unit_count: int, timing: str, way: str, is_model: bool) -> list[float]:
    return [
        m.to_adam[way].median
        for m in own
        if (m.contender.unit_count, m.contender.timing, m.contender.format) == (unit_count, timing, "Float32")
        and m.workload.is_model == is_model
    ]

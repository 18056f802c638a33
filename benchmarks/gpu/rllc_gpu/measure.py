"""
Measures contenders in turn with a fused Adam and a copy from device to device. What is compared is the ratio in each turn, so that
a clock that changes meanwhile changes both.
"""

from dataclasses import dataclass
from statistics import median, quantiles
from typing import Callable, Sequence

import torch

from .contenders import ADAM, Contender
from .device import Device, Step
from .workloads import Workload

WAYS = ("alone", "in a row", "graph")
_STEPS_IN_A_ROW = 20
_WARM_UP = 3
# What the graphs and the allocator need beside the arrays that are counted.
_SPARE_BYTES = 2 << 30


@dataclass(frozen=True)
class Spread:
    """The median of some numbers and their quartiles."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(numbers: Sequence[float]) -> "Spread":
        """That of at least two numbers."""
        low, _, high = quantiles(numbers, n=4, method="inclusive")
        return Spread(median(numbers), low, high)


@dataclass(frozen=True)
class Measurement:
    """One contender on one workload. Times are seconds per step."""

    workload: Workload
    contender: Contender
    seconds: dict[str, Spread]
    """By way of timing."""
    to_adam: dict[str, Spread]
    """Times over Adam's, likewise."""
    of_copy: Spread
    """Bytes per second, alone, over those of the copy."""

    @property
    def bytes_per_second(self) -> float:
        """Of the steps alone."""
        return self.contender.bytes_moved * self.workload.size / self.seconds["alone"].median


def missing_bytes(device: Device, workload: Workload, contender: Contender) -> int:
    """By how much the device's free memory is too small; 0 if it is not."""
    # θ, g, the two of the copy; Adam is there beside the contender.
    per_parameter = 16 + ADAM.state_bytes + contender.state_bytes
    spare = _SPARE_BYTES if device.is_gpu else 0
    return max(0, per_parameter * workload.size + spare - device.free_bytes())


def measure(device: Device, workload: Workload, contender: Contender, rounds: int) -> Measurement:
    """Measures in every way."""
    parameters = [torch.zeros(length, device=device.torch_device) for length in workload.lengths]
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    source, target = (torch.empty(workload.size, device=device.torch_device) for _ in range(2))

    def copy() -> None:
        target.copy_(source)

    step, adam = contender.build(device, parameters), ADAM.build(device, parameters)
    seconds: dict[str, Spread] = {}
    to_adam: dict[str, Spread] = {}

    def note(way: str, times: list[list[float]]) -> None:
        seconds[way] = Spread.of(times[0])
        to_adam[way] = Spread.of([mine / theirs for mine, theirs in zip(times[0], times[1])])

    alone = _in_turn([lambda s=s: device.time_alone(s) for s in _warmed([step, adam, copy])], rounds)
    note("alone", alone)
    in_a_row = max(3, rounds // 3)
    note("in a row", _in_turn([lambda s=s: device.time_in_a_row(s, _STEPS_IN_A_ROW) for s in (step, adam)], in_a_row))
    graphs = _warmed([device.capture(step), device.capture(adam)])
    note("graph", _in_turn([lambda s=s: device.time_alone(s) for s in graphs], rounds))

    copied = 2 * 4
    rates = [contender.bytes_moved / mine / (copied / copies) for mine, copies in zip(alone[0], alone[2])]
    return Measurement(workload, contender, seconds, to_adam, Spread.of(rates))


def _warmed(steps: list[Step]) -> list[Step]:
    for step in steps:
        for _ in range(_WARM_UP):
            step()
    return steps


def _in_turn(timers: Sequence[Callable[[], float]], rounds: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in timers]
    for _ in range(rounds):
        for timer, own in zip(timers, times):
            own.append(timer())
    return times

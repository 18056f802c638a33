"""The optimizers that are measured: Rllc's, and those that PyTorch has."""

from dataclasses import dataclass
from typing import Callable, Sequence

import torch

from .device import Device, Step
from .export import DELAYED, EXACT, Export, Kernels, Memory
from .optimizer import Optimizer

# Steps must not lead anywhere while they are measured for long.
_LEARNING_RATE = 1e-9


@dataclass(frozen=True)
class Contender:
    """An optimizer that can be built for some parameters, whose gradients are there."""

    name: str
    bytes_moved: int
    """Bytes that one pass (exact timing: two) reads and writes per parameter."""
    state_bytes: int
    """Bytes of state per parameter."""
    build: Callable[[Device, Sequence[torch.Tensor]], Step]
    unit_count: int = 0
    timing: str = ""
    format: str = ""


def _adam(device: Device, parameters: Sequence[torch.Tensor]) -> Step:
    return torch.optim.Adam(parameters, lr=_LEARNING_RATE, fused=device.is_gpu, capturable=device.is_gpu).step


def _sgd(device: Device, parameters: Sequence[torch.Tensor]) -> Step:
    return torch.optim.SGD(parameters, lr=_LEARNING_RATE, momentum=0.9, foreach=True).step


ADAM = Contender("Adam(fused=True)", bytes_moved=28, state_bytes=8, build=_adam)

# It goes over its data several times; the bytes are those that one pass would move.
SGD = Contender("SGD(momentum=0.9, foreach=True)", bytes_moved=20, state_bytes=4, build=_sgd)


def contenders(export: Export) -> list[Contender]:
    """Adam first, against which it is measured too: that shows the noise."""
    own = [
        _rllc(export, memory, kernels, timing)
        for memory in export.memories
        for kernels in memory.kernels
        for timing in (EXACT, DELAYED)
    ]
    return [ADAM, SGD, *own]


def _rllc(export: Export, memory: Memory, kernels: Kernels, timing: str) -> Contender:
    def build(device: Device, parameters: Sequence[torch.Tensor]) -> Step:
        launcher = device.launcher(export, memory, kernels)
        return Optimizer(export, memory, kernels, launcher, parameters, timing, LearningRate=_LEARNING_RATE).step

    return Contender(
        memory.spec,
        kernels.bytes_moved[timing],
        memory.unit_count * kernels.element_bytes,
        build,
        memory.unit_count,
        timing,
        kernels.format,
    )

"""Whether the kernels do what the formulas say: trajectories against the reference, and what must not differ in any bit."""

from dataclasses import dataclass
from typing import Any, Callable, Sequence

import torch

from .device import Device
from .export import DELAYED, EXACT, Export, Kernels, Memory
from .optimizer import Optimizer
from .reference import Reference

# Odd numbers, none and one, a full chunk, more than one chunk.
LENGTHS = (1, 4097, 0, 12_289, 15, 4096, 6001)
STEPS = 24

# Other than the defaults: steps and corrections large enough to be seen, G computed afresh now and then, and ε such that the
# first steps, where G is singular, do not blow up what float32 has rounded.
SETTINGS = {"LearningRate": 0.05, "LawLearningRate": 0.02, "Epsilon": 1e-3, "GramInterval": 7}

# Most that parameters (absolute), M (of its largest entry), L (absolute) and G (of its trace) may be off. One entry that one
# step has missed is off by a tenth and more, and rounding stays below half of this. In bfloat16 an entry of M that falls just
# on the other side of a tie is off by 1/256 of itself, and the parameter with it as long as that is remembered.
TOLERANCES = {
    "Float32": {"parameters": 5e-5, "M": 2e-6, "L": 1e-5, "G": 2e-6},
    "BFloat16": {"parameters": 5e-2, "M": 1e-2, "L": 2e-4, "G": 2e-4},
}


@dataclass(frozen=True)
class Check:
    """What came out of one."""

    name: str
    passed: bool
    detail: str


Gradients = list[list[torch.Tensor | None]]


@dataclass(frozen=True)
class Case:
    """One memory in one format with one timing, on a device."""

    device: Device
    export: Export
    memory: Memory
    kernels: Kernels
    timing: str

    @property
    def name(self) -> str:
        return f"{self.memory.spec} {self.kernels.format} {self.timing}"

    def optimizer(self, parameters: Sequence[torch.Tensor], **settings: Any) -> Optimizer:
        launcher = self.device.launcher(self.export, self.memory, self.kernels)
        return Optimizer(self.export, self.memory, self.kernels, launcher, parameters, self.timing, **self.settings(**settings))

    def reference(self, parameters: Sequence[torch.Tensor], **settings: Any) -> Reference:
        values = {**self.kernels.settings, **self.settings(**settings)}
        return Reference(self.memory, self.kernels.format, self.timing, parameters, **values)

    def settings(self, **settings: Any) -> dict[str, Any]:
        # In a narrow format G is computed in every step anyway.
        own = {name: value for name, value in SETTINGS.items() if self.kernels.format == "Float32" or name != "GramInterval"}
        return {**own, **settings}

    def parameters(self, lengths: Sequence[int] = LENGTHS, offset: int = 0) -> list[torch.Tensor]:
        return [placed(tensor, offset, self.device) for tensor in _random(lengths, seed=1)]

    def gradients(self, lengths: Sequence[int] = LENGTHS, steps: int = STEPS, offset: int = 0) -> Gradients:
        # With a mean, so that the law has something to learn.
        return [
            [placed(0.5 + tensor, offset, self.device) for tensor in _random(lengths, seed=100 + step)]
            for step in range(steps)
        ]


def run(device: Device, export: Export) -> list[Check]:
    """All checks, in order."""
    cases = [
        Case(device, export, memory, kernels, timing)
        for memory in export.memories
        for kernels in memory.kernels
        for timing in (EXACT, DELAYED)
    ]
    checks: list[tuple[str, Callable[[Case], str]]] = [
        ("several tensors of odd lengths", _several_tensors),
        ("parameters that are not aligned", lambda case: _unaligned(case, parameters=1, gradients=0)),
        ("gradients that are not aligned", lambda case: _unaligned(case, parameters=0, gradients=3)),
        ("neither aligned", lambda case: _unaligned(case, parameters=1, gradients=1)),
        ("missing gradients", _missing_gradients),
        ("loss scale, weight decay, maximize", _other_settings),
        ("no parameters at all", _no_parameters),
        ("the same bits again, and in a CUDA graph", _same_bits),
        ("large and periodic", _periodic),
    ]
    exact_checks: list[tuple[str, Callable[[Case], str]]] = [
        ("gradients that are not finite", _not_finite),
        ("clipping", lambda case: _trajectory(case, case.gradients(), case.parameters(), MaxGradientNorm=50.0)),
    ]
    return [
        _run_one(f"{case.name}: {name}", check, case)
        for case in cases
        for name, check in [*checks, *(exact_checks if case.timing == EXACT else [])]
    ]


class Failed(Exception):
    """A check's finding."""


def _run_one(name: str, check: Callable[[Case], str], case: Case) -> Check:
    try:
        return Check(name, True, check(case))
    except Failed as failed:
        return Check(name, False, str(failed))


def _several_tensors(case: Case) -> str:
    return _trajectory(case, case.gradients(), case.parameters())


def _unaligned(case: Case, parameters: int, gradients: int) -> str:
    return _trajectory(case, case.gradients(offset=gradients), case.parameters(offset=parameters))


def _missing_gradients(case: Case) -> str:
    gradients = case.gradients()
    for step in (0, 5, 6, 13):
        gradients[step][1] = None
    gradients[6][3] = gradients[14][5] = None
    gradients[20] = [None] * len(LENGTHS)
    return _trajectory(case, gradients, case.parameters())


def _other_settings(case: Case) -> str:
    gradients = [[g * 8 for g in row] for row in case.gradients()]
    return _trajectory(case, gradients, case.parameters(), LossScale=8.0, WeightDecay=0.1, Maximize=1)


def _no_parameters(case: Case) -> str:
    return _trajectory(case, case.gradients([0], steps=3), case.parameters([0]))


def _not_finite(case: Case) -> str:
    gradients = case.gradients()
    parameters = case.parameters()
    optimizer, reference = case.optimizer(parameters), case.reference(parameters)
    bad = (4, 5, 11)
    gradients[4][6][-1] = float("nan")
    gradients[5][1][0] = float("inf")
    gradients[11][0][0] = -float("inf")
    for step, row in enumerate(gradients):
        before = _bits(optimizer)
        _step(optimizer, row)
        reference.step(row)
        if step in bad and not _equal(before, _bits(optimizer)):
            raise Failed(f"step {step} has a gradient that is not finite, but it was written")
    if optimizer.counters()["Skipped"] != len(bad):
        raise Failed(f"{optimizer.counters()['Skipped']} steps were skipped, not {len(bad)}")
    return _compare(case, optimizer, reference)


def _same_bits(case: Case) -> str:
    gradients = case.gradients(steps=1)[0]
    results = []
    for captured in (False, False, True):
        optimizer = case.optimizer(case.parameters())
        for parameter, gradient in zip(optimizer.parameters, gradients):
            parameter.grad = gradient
        # What captures a graph takes a step first.
        step = case.device.capture(optimizer.step) if captured and case.device.is_gpu else optimizer.step
        for _ in range(STEPS - 1 if captured and case.device.is_gpu else STEPS):
            step()
        results.append(_bits(optimizer))
    if not _equal(results[0], results[1]):
        raise Failed("the same steps again give other bits")
    if not _equal(results[0], results[2]):
        raise Failed("the steps of a CUDA graph give other bits")
    return "equal"


def _periodic(case: Case) -> str:
    # c and G of m equal parts are m times those of one, and their law is the same. So a problem of any size has a small one
    # that it must agree with, and its parts must agree in every bit.
    period = 4096 * 36
    # k numbers of M per parameter, more than 2³¹ of them together on a GPU.
    parts = (1 << 31) // (period * case.memory.unit_count) + 2 if case.device.is_gpu else 5
    size = parts * period
    needed = size * (8 + case.memory.unit_count * case.kernels.element_bytes) + (2 << 30) if case.device.is_gpu else 0
    if needed > case.device.free_bytes():
        return f"left out: it needs {needed / 1e9:.0f} GB"
    small, gradients = case.parameters([period]), case.gradients([period], steps=4)
    reference = case.reference(small)
    parameter = small[0].repeat(parts)
    optimizer = case.optimizer([parameter])
    repeated = torch.empty_like(parameter)
    for row in gradients:
        repeated.view(parts, period).copy_(row[0])
        _step(optimizer, [repeated])
        reference.step(row)
    for part in range(1, parts):
        if not torch.equal(parameter.view(parts, period)[part], parameter[:period]):
            raise Failed(f"of {parts} equal parts, {part} differs from the first")
    small[0].copy_(parameter[:period])
    return f"n = {size:,}, " + _judge(case, {
        "parameters": _largest(small[0].double() - reference.theta[0]),
        "L": _largest(optimizer.law - reference.L),
    })


def _trajectory(case: Case, gradients: Gradients, parameters: list[torch.Tensor], **settings: Any) -> str:
    optimizer, reference = case.optimizer(parameters, **settings), case.reference(parameters, **settings)
    for row in gradients:
        _step(optimizer, row)
        reference.step(row)
    if optimizer.counters()["Step"] != reference.steps:
        raise Failed(f"{optimizer.counters()['Step']} steps were counted, not {reference.steps}")
    return _compare(case, optimizer, reference)


def _step(optimizer: Optimizer, gradients: Sequence[torch.Tensor | None]) -> None:
    for parameter, gradient in zip(optimizer.parameters, gradients):
        parameter.grad = gradient
    optimizer.step()


def _compare(case: Case, optimizer: Optimizer, reference: Reference) -> str:
    tensors = range(len(reference.theta))
    M_scale = max([_largest(M) for M in reference.M] + [1e-30])
    # The gram of tensors that have all had a gradient in the last step is that of the whole memory. In a narrow format it is
    # that of the memory before it was rounded.
    G = sum((M.T @ M for M in reference.M), torch.zeros_like(reference.B))
    return _judge(case, {
        "parameters": max(_largest(optimizer.parameters[i].double() - reference.theta[i]) for i in tensors),
        "M": max(_largest(optimizer.units_of(i) - reference.M[i]) for i in tensors) / M_scale,
        "L": _largest(optimizer.law - reference.L),
        "G": _largest(optimizer.gram.view_as(G) - G) / max(float(G.trace()), 1e-30),
    })


def _judge(case: Case, errors: dict[str, float]) -> str:
    tolerances = TOLERANCES[case.kernels.format]
    text = ", ".join(f"{name} {error:.1e}" for name, error in errors.items())
    # Written so that a NaN is no success.
    wrong = [name for name, error in errors.items() if not error <= tolerances[name]]
    if wrong:
        raise Failed(f"off by {text}; allowed are {', '.join(f'{name} {tolerances[name]:.0e}' for name in errors)}")
    return f"off by {text}"


def _bits(optimizer: Optimizer) -> list[torch.Tensor]:
    return [tensor.clone() for tensor in [*optimizer.parameters, optimizer.contents, optimizer.law, optimizer.gram, optimizer.pending]]


def _equal(first: list[torch.Tensor], second: list[torch.Tensor]) -> bool:
    return all(torch.equal(x, y) for x, y in zip(first, second))


def _largest(tensor: torch.Tensor) -> float:
    return float(tensor.abs().max()) if tensor.numel() else 0.0


def placed(tensor: torch.Tensor, offset: int, device: Device) -> torch.Tensor:
    """A copy on the device that begins so many elements after an aligned address."""
    room = torch.zeros(offset + tensor.numel(), dtype=torch.float32, device=device.torch_device)
    room[offset:].copy_(tensor)
    return room[offset:]


def _random(lengths: Sequence[int], seed: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(length, generator=generator) for length in lengths]

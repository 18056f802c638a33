"""
A stand-in for the kernels on the CPU, for dry runs. Like a device it gets nothing but a kernel's name, a number of groups and the
bytes of the argument, and reaches all else through the addresses in them; so everything around the kernels is tested. It is
written from the formulas and says nothing about the kernels themselves.
"""

import ctypes
import math
from typing import Any, Mapping

import torch

from .export import Memory
from .structs import StructLayout, View

_TYPES = {"Float32": torch.float32, "BFloat16": torch.bfloat16}


class StandInKernels:
    """What the kernels of one memory and one format do."""

    def __init__(self, memory: Memory, format: str, layouts: Mapping[str, StructLayout]):
        k = memory.unit_count
        self._k = k
        # What a kernel has compiled in; the law's kernels read theirs from the argument.
        self._B = [memory.B[i * k : (i + 1) * k] for i in range(k)]
        self._a = memory.a
        self._element = _TYPES[format]
        self._layouts = layouts
        self._kernels = {
            "Project": self._project,
            "Advance": self._advance,
            "ProjectAndAdvance": self._project_and_advance,
            "SolveExact": self._solve_exact,
            "BeginDelayed": self._begin_delayed,
            "EndDelayed": self._end_delayed,
        }

    def launch(self, entry: str, groups: int, argument: bytes) -> None:
        """Runs a kernel to its end."""
        step = self._layouts["StepViews"].unpack(argument)
        self._kernels[entry](groups, step)

    def _project(self, groups: int, step: dict[str, Any]) -> None:
        self._pass(groups, step, sums=True, writes=False)

    def _advance(self, groups: int, step: dict[str, Any]) -> None:
        if self._read(step, "Factors", "StepFactors")["Applied"]:
            self._pass(groups, step, sums=False, writes=True)

    def _project_and_advance(self, groups: int, step: dict[str, Any]) -> None:
        self._pass(groups, step, sums=True, writes=True)

    def _pass(self, groups: int, step: dict[str, Any], sums: bool, writes: bool) -> None:
        k = self._k
        factors = self._read(step, "Factors", "StepFactors")
        law = _floats(step["Law"]["StepLaw"], torch.float32)
        chunks = self._layouts["DeviceChunk"].unpack_all(_bytes(step["Elements"]["Chunks"], self._layouts["DeviceChunk"].size))
        tensors = self._layouts["DeviceTensor"].unpack_all(_bytes(step["Elements"]["Tensors"], self._layouts["DeviceTensor"].size))
        gram_is_due = sums and self._gram_is_due(step)
        partials = _floats(step["Elements"]["Partials"], torch.float64)
        per_group = step["Elements"]["ChunksPerGroup"]
        width = k + 1 + k * (k + 1) // 2
        for group in range(groups):
            totals = torch.zeros(width, dtype=torch.float64)
            for chunk in chunks[group * per_group : (group + 1) * per_group]:
                tensor = tensors[chunk["Tensor"]]
                if tensor["Gradient"] == 0:
                    continue
                gradient = self._numbers(step, tensor["Gradient"] + chunk["Offset"], chunk["Count"])
                parameters = self._numbers(step, tensor["Parameters"] + chunk["Offset"], chunk["Count"])
                old = [self._unit(step, unit, chunk) for unit in range(k)]
                values = [unit.float() for unit in old]
                if sums:
                    totals += _sums(values, gradient, gram_is_due)
                if writes:
                    self._write(old, values, gradient * factors["GradientScale"], parameters, tensor["Decay"], law * tensor["Rate"])
            if sums:
                count = width if gram_is_due else k + 1
                partials[group * width : group * width + count] = totals[:count]

    def _write(
        self,
        old: list[torch.Tensor],
        values: list[torch.Tensor],
        gradient: torch.Tensor,
        parameters: torch.Tensor,
        decay: float,
        law: torch.Tensor,
    ) -> None:
        parameters.mul_(decay)
        # All from the old M before any is written: a Jordan block's units need their neighbour's old entry.
        new = [gradient * self._a[unit] + sum(values[i] * self._B[i][unit] for i in range(self._k)) for unit in range(self._k)]
        for unit in range(self._k):
            parameters.add_(new[unit] * law[unit])
            old[unit].copy_(new[unit])

    def _solve_exact(self, groups: int, step: dict[str, Any]) -> None:
        settings = self._read(step, "Settings", "LawSettings")
        factors = self._read(step, "Factors", "StepFactors")
        gram_is_due = self._gram_is_due(step)
        c, gamma, gram = self._summed(step, gram_is_due)
        factors["GradientNorm"] = math.sqrt(gamma) / settings["LossScale"]
        if settings["SkipNonFinite"] and not all(map(math.isfinite, [gamma, *c.tolist()])):
            counters = self._read(step, "Counters", "LawCounters")
            counters["Skipped"] += 1
            self._write_struct(step, "Counters", "LawCounters", counters)
            self._write_struct(step, "Factors", "StepFactors", {**factors, "ClipFactor": 1, "Applied": 0})
            return
        clip = min(1.0, settings["MaxGradientNorm"] / (factors["GradientNorm"] + 1e-6))
        scale = _single((-clip if settings["Maximize"] else clip) / settings["LossScale"])
        c, gamma = c * scale, gamma * scale * scale
        _floats(step["Law"]["L"], torch.float64).add_(settings["LawLearningRate"] * self._correction(step, c, gram))
        self._commit(step, c, gamma, gram, gram_is_due)
        self._apply(step, {**factors, "ClipFactor": clip, "GradientScale": scale})

    def _begin_delayed(self, groups: int, step: dict[str, Any]) -> None:
        settings = self._read(step, "Settings", "LawSettings")
        _floats(step["Law"]["L"], torch.float64).add_(settings["LawLearningRate"] * _floats(step["Law"]["Pending"], torch.float64))
        scale = _single((-1 if settings["Maximize"] else 1) / settings["LossScale"])
        self._apply(step, {**self._read(step, "Factors", "StepFactors"), "ClipFactor": 1, "GradientScale": scale})

    def _end_delayed(self, groups: int, step: dict[str, Any]) -> None:
        settings = self._read(step, "Settings", "LawSettings")
        factors = self._read(step, "Factors", "StepFactors")
        gram_is_due = self._gram_is_due(step)
        c, gamma, gram = self._summed(step, gram_is_due)
        self._write_struct(step, "Factors", "StepFactors", {**factors, "GradientNorm": math.sqrt(gamma) / settings["LossScale"]})
        scale = factors["GradientScale"]
        c, gamma = c * scale, gamma * scale * scale
        _floats(step["Law"]["Pending"], torch.float64).copy_(self._correction(step, c, gram))
        self._commit(step, c, gamma, gram, gram_is_due)

    def _apply(self, step: dict[str, Any], factors: dict[str, Any]) -> None:
        settings = self._read(step, "Settings", "LawSettings")
        self._write_struct(step, "Factors", "StepFactors", {**factors, "Applied": 1})
        _floats(step["Law"]["StepLaw"], torch.float32).copy_(-settings["LearningRate"] * _floats(step["Law"]["L"], torch.float64))

    def _summed(self, step: dict[str, Any], gram_is_due: bool) -> tuple[torch.Tensor, float, torch.Tensor]:
        k = self._k
        width = k + 1 + k * (k + 1) // 2
        sums = _floats(step["Elements"]["Partials"], torch.float64).view(-1, width).sum(0)
        gram = _floats(step["Law"]["G"], torch.float64).view(k, k).clone()
        if gram_is_due:
            rows, columns = torch.triu_indices(k, k)
            gram[rows, columns] = sums[k + 1 :]
            gram[columns, rows] = sums[k + 1 :]
        return sums[:k], sums[k].item(), gram

    def _correction(self, step: dict[str, Any], c: torch.Tensor, gram: torch.Tensor) -> torch.Tensor:
        if gram.trace() == 0:
            return torch.zeros_like(c)
        k = self._k
        S, inverse = (_floats(step["Law"][name], torch.float64).view(k, k) for name in ("S", "InverseS"))
        epsilon = self._read(step, "Settings", "LawSettings")["Epsilon"]
        return torch.linalg.solve(gram + epsilon * (inverse * gram).sum() / k * S, c)

    def _commit(self, step: dict[str, Any], c: torch.Tensor, gamma: float, gram: torch.Tensor, gram_is_due: bool) -> None:
        k = self._k
        B, a = _floats(step["Law"]["B"], torch.float64).view(k, k), _floats(step["Law"]["a"], torch.float64)
        outer = torch.outer(B.T @ c, a)
        _floats(step["Law"]["G"], torch.float64).view(k, k).copy_(B.T @ gram @ B + outer + outer.T + gamma * torch.outer(a, a))
        counters = self._read(step, "Counters", "LawCounters")
        counters["Step"] += 1
        if gram_is_due:
            counters["GramRequested"] = self._read(step, "Settings", "LawSettings")["SomeHaveNoGradient"]
        self._write_struct(step, "Counters", "LawCounters", counters)

    def _gram_is_due(self, step: dict[str, Any]) -> bool:
        counters = self._read(step, "Counters", "LawCounters")
        settings = self._read(step, "Settings", "LawSettings")
        periodic = counters["Step"] > 0 and counters["Step"] % settings["GramInterval"] == 0
        return bool(counters["GramRequested"] or settings["SomeHaveNoGradient"] or periodic)

    def _numbers(self, step: dict[str, Any], index: int, count: int) -> torch.Tensor:
        # A tensor is reached by the index of its first element in an array of float32.
        address, _ = step["Elements"]["Addresses"]
        return _floats((address + 4 * index, count), torch.float32)

    def _unit(self, step: dict[str, Any], unit: int, chunk: dict[str, Any]) -> torch.Tensor:
        address, length = step["Elements"]["M"]
        size = torch.finfo(self._element).bits // 8
        first = (unit * step["Elements"]["Rows"] + chunk["Row"]) * size
        if first + chunk["Count"] * size > length:
            raise IndexError(f"Unit {unit} of {chunk} is not in M.")
        return _floats((address + first, chunk["Count"]), self._element)

    def _read(self, step: dict[str, Any], field: str, struct: str) -> dict[str, Any]:
        return self._layouts[struct].unpack(_bytes(step["Law"][field], self._layouts[struct].size))

    def _write_struct(self, step: dict[str, Any], field: str, struct: str, values: dict[str, Any]) -> None:
        ctypes.memmove(step["Law"][field][0], self._layouts[struct].pack(values), self._layouts[struct].size)


def _sums(values: list[torch.Tensor], gradient: torch.Tensor, gram_is_due: bool) -> torch.Tensor:
    pairs = [(i, j) for i in range(len(values)) for j in range(i, len(values))]
    products = [*[unit @ gradient for unit in values], gradient @ gradient]
    products += [values[i] @ values[j] if gram_is_due else torch.tensor(0.0) for i, j in pairs]
    return torch.stack(products).double()


def _floats(view: View, type: torch.dtype) -> torch.Tensor:
    address, length = view
    if length == 0:
        return torch.empty(0, dtype=type)
    size = torch.finfo(type).bits // 8
    return torch.frombuffer((ctypes.c_byte * (length * size)).from_address(address), dtype=type)


def _bytes(view: View, size: int) -> bytes:
    address, length = view
    return ctypes.string_at(address, length * size)


def _single(number: float) -> float:
    return torch.tensor(number, dtype=torch.float32).item()

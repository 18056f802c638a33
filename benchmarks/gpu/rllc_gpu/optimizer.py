"""An optimizer over PyTorch's tensors that starts the exported kernels: the tables they read, the order of their launches."""

from typing import Any, Protocol, Sequence

import torch

from .export import DELAYED, EXACT, Export, Kernels, Memory
from .partition import divide
from .structs import StructLayout, View

# A tensor is reached by its index in an array of float32 that begins at address 0.
_ALL_ADDRESSES: View = (0, (1 << 63) // 4 - 1)


class Launcher(Protocol):
    """What starts a kernel: the driver, or its stand-in."""

    def launch(self, entry: str, groups: int, argument: bytes) -> None: ...


class Optimizer:
    """All parameters share one law; a parameter without a gradient is left as it is, its memory too."""

    def __init__(
        self,
        export: Export,
        memory: Memory,
        kernels: Kernels,
        launcher: Launcher,
        parameters: Sequence[torch.Tensor],
        timing: str,
        **settings: Any,
    ):
        if timing not in (EXACT, DELAYED):
            raise ValueError(f"Timing is {EXACT} or {DELAYED}, not {timing}.")
        k, device = memory.unit_count, parameters[0].device
        self.memory, self.timing, self.parameters = memory, timing, list(parameters)
        self.partition = divide([parameter.numel() for parameter in parameters], export.constants)
        self._launcher, self._layouts, self._element = launcher, export.layouts, kernels.element_bytes
        # Delayed timing learns too late that a gradient is not finite.
        skips = {"SkipNonFinite": 0} if timing == DELAYED else {}
        self._settings_values = {"WeightDecay": 0.0, **kernels.settings, **skips, **settings}

        def numbers(values: Sequence[float], type: torch.dtype = torch.float64) -> torch.Tensor:
            return torch.tensor(values, dtype=type, device=device)

        def room(size: int) -> torch.Tensor:
            return torch.zeros(size, dtype=torch.uint8, device=device)

        self.law = numbers([1.0] + [0.0] * (k - 1))
        self.gram = numbers([0.0] * (k * k))
        self.pending = numbers([0.0] * k)
        self.contents = room(self.partition.rows * k * kernels.element_bytes)
        self._constants = [numbers(values) for values in (memory.B, memory.a, memory.S, memory.inverse_S)]
        self._step_law = numbers([0.0] * k, torch.float32)
        self._partials = numbers([0.0] * (self.partition.group_count * (k + 1 + k * (k + 1) // 2)))
        self._chunks = room(len(self.partition.chunks) * self._layouts["DeviceChunk"].size)
        self._tensors = room(len(self.parameters) * self._layouts["DeviceTensor"].size)
        self._structs = {name: room(self._layouts[name].size) for name in ("LawSettings", "LawCounters", "StepFactors")}
        self._uploaded: dict[str, bytes] = {}
        _upload(self._chunks, b"".join(map(self._pack_chunk, self.partition.chunks)))
        self._argument = self._pack_argument()

    def set(self, **settings: Any) -> None:
        """Changes settings, from the next step on."""
        self._settings_values.update(settings)

    def step(self) -> None:
        """Queues a step; nothing is uploaded unless a tensor has moved or a setting has changed."""
        self._update_tables()
        groups = self.partition.group_count
        if self.timing == EXACT:
            self._pass("Project", groups)
            self._launcher.launch("SolveExact", 1, self._argument)
            self._pass("Advance", groups)
        else:
            self._launcher.launch("BeginDelayed", 1, self._argument)
            self._pass("ProjectAndAdvance", groups)
            self._launcher.launch("EndDelayed", 1, self._argument)

    def counters(self) -> dict[str, Any]:
        """The fields of LawCounters; waits for the device."""
        return self._layouts["LawCounters"].unpack(bytes(self._structs["LawCounters"].cpu().tolist()))

    def factors(self) -> dict[str, Any]:
        """The fields of StepFactors; waits for the device."""
        return self._layouts["StepFactors"].unpack(bytes(self._structs["StepFactors"].cpu().tolist()))

    def units_of(self, tensor: int) -> torch.Tensor:
        """A tensor's part of M, n×k in float64."""
        type = torch.float32 if self._element == 4 else torch.bfloat16
        units = self.contents.view(type).view(self.memory.unit_count, self.partition.rows)
        rows = [units[:, chunk.row : chunk.row + chunk.count] for chunk in self.partition.chunks if chunk.tensor == tensor]
        return torch.cat(rows, 1).T.double() if rows else torch.zeros(0, self.memory.unit_count, dtype=torch.float64)

    def _pass(self, entry: str, groups: int) -> None:
        if groups > 0:
            self._launcher.launch(entry, groups, self._argument)

    def _update_tables(self) -> None:
        gradients = [parameter.grad for parameter in self.parameters]
        settings = {**self._settings_values, "SomeHaveNoGradient": int(any(gradient is None for gradient in gradients))}
        # It is the tensors', not the law's.
        decay = 1 - settings["LearningRate"] * settings.pop("WeightDecay")
        self._upload_changed("LawSettings", self._structs["LawSettings"], self._layouts["LawSettings"].pack(settings))
        layout = self._layouts["DeviceTensor"]
        entries = b"".join(_pack_tensor(layout, *pair, decay) for pair in zip(self.parameters, gradients))
        self._upload_changed("DeviceTensor", self._tensors, entries)

    def _upload_changed(self, name: str, table: torch.Tensor, data: bytes) -> None:
        if self._uploaded.get(name) != data:
            _upload(table, data)
            self._uploaded[name] = data

    def _pack_chunk(self, chunk: Any) -> bytes:
        return self._layouts["DeviceChunk"].pack(
            {"Tensor": chunk.tensor, "Offset": chunk.offset, "Row": chunk.row, "Count": chunk.count})

    def _pack_argument(self) -> bytes:
        B, a, S, inverse_S = map(_view, self._constants)
        law = {
            "B": B,
            "a": a,
            "S": S,
            "InverseS": inverse_S,
            "L": _view(self.law),
            "G": _view(self.gram),
            "Pending": _view(self.pending),
            "Settings": (self._structs["LawSettings"].data_ptr(), 1),
            "Counters": (self._structs["LawCounters"].data_ptr(), 1),
            "Factors": (self._structs["StepFactors"].data_ptr(), 1),
            "StepLaw": _view(self._step_law),
        }
        return self._layouts["StepViews"].pack({
            "Law": law,
            "Elements": {
                "Chunks": (self._chunks.data_ptr(), len(self.partition.chunks)),
                "Tensors": (self._tensors.data_ptr(), len(self.parameters)),
                "Addresses": _ALL_ADDRESSES,
                "M": _view(self.contents),
                "Partials": _view(self._partials),
                "Rows": self.partition.rows,
                "ChunksPerGroup": self.partition.chunks_per_group,
            },
        })


def _view(tensor: torch.Tensor) -> View:
    return tensor.data_ptr(), tensor.numel()


def _pack_tensor(layout: StructLayout, parameter: torch.Tensor, gradient: torch.Tensor | None, decay: float) -> bytes:
    return layout.pack({
        "Parameters": _index(parameter),
        "Gradient": 0 if gradient is None else _index(gradient),
        "Rate": 1,
        "Decay": decay,
        "Group": 0,
    })


def _index(tensor: torch.Tensor) -> int:
    if tensor.dtype != torch.float32 or not tensor.is_contiguous():
        raise ValueError("Parameters and gradients must be contiguous and in float32.")
    return tensor.data_ptr() // 4


def _upload(table: torch.Tensor, data: bytes) -> None:
    if data:
        table.copy_(torch.frombuffer(bytearray(data), dtype=torch.uint8))

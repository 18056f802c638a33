"""Where kernels run: an NVIDIA GPU, or the CPU with a stand-in for the kernels, which tests everything but them and the clock."""

import ctypes
import platform
import subprocess
import time
from typing import Any, Callable, Protocol

import torch

from .driver import CudaKernels, load_driver
from .export import Export, Kernels, Memory
from .optimizer import Launcher
from .standin import StandInKernels

Step = Callable[[], None]


class Device(Protocol):
    """What checks and measurements need of it. Times are in seconds."""

    torch_device: torch.device
    is_gpu: bool

    def launcher(self, export: Export, memory: Memory, kernels: Kernels) -> Launcher:
        """What starts these kernels."""
        ...

    def describe(self) -> dict[str, Any]:
        """Its name and the versions that matter."""
        ...

    def free_bytes(self) -> int:
        """Memory that can be allocated."""
        ...

    def capture(self, step: Step) -> Step:
        """A CUDA graph of the step; what it returns replays it."""
        ...

    def time_alone(self, step: Step) -> float:
        """One step with nothing of its data in a cache and all of its launches queued before it begins."""
        ...

    def time_in_a_row(self, step: Step, count: int) -> float:
        """A step among as many one after the other: what the host needs for it counts, where that is more."""
        ...


class Gpu:
    """The GPU that PyTorch uses."""

    # Longer than any step's launches take, so that the device does not wait for them while it is timed.
    _CYCLES_OF_HEAD_START = 4_000_000
    # Several times the largest cache of any GPU so far.
    _FLUSHED_BYTES = 512 << 20

    torch_device = torch.device("cuda")
    is_gpu = True

    def __init__(self) -> None:
        if not torch.cuda.is_available():
            raise RuntimeError("PyTorch finds no CUDA device. --dry-run goes through everything without one.")
        # PyTorch makes the device's primary context current with its first allocation.
        self._flushed = torch.empty(self._FLUSHED_BYTES, dtype=torch.uint8, device=self.torch_device)
        self._driver = load_driver()
        self._loaded: dict[tuple[str, str], Launcher] = {}

    def launcher(self, export: Export, memory: Memory, kernels: Kernels) -> Launcher:
        key = (memory.name, kernels.format)
        if key not in self._loaded:
            self._loaded[key] = CudaKernels(
                self._driver, kernels.module, export.entries, export.constants.threads_per_group, lambda: torch.cuda.current_stream().cuda_stream)
        return self._loaded[key]

    def describe(self) -> dict[str, Any]:
        properties = torch.cuda.get_device_properties(self.torch_device)
        version = ctypes.c_int()
        self._driver.cuDriverGetVersion(ctypes.byref(version))
        return {
            "device": properties.name,
            "computeCapability": f"{properties.major}.{properties.minor}",
            "memoryBytes": properties.total_memory,
            "driver": self._driver_version(),
            "driverCuda": f"{version.value // 1000}.{version.value % 1000 // 10}",
            "torch": torch.__version__,
            "torchCuda": torch.version.cuda,
            "python": platform.python_version(),
        }

    @staticmethod
    def _driver_version() -> str:
        # The driver's own number is in no interface of CUDA's.
        try:
            query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
            return subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()[0]
        except (OSError, subprocess.CalledProcessError, IndexError):
            return "unknown: nvidia-smi does not answer"

    def free_bytes(self) -> int:
        torch.cuda.empty_cache()
        return torch.cuda.mem_get_info()[0]

    def capture(self, step: Step) -> Step:
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            # What is done once, such as an upload or an allocation, must not be in the graph.
            step()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            step()
        return graph.replay

    def time_alone(self, step: Step) -> float:
        torch.cuda._sleep(self._CYCLES_OF_HEAD_START)
        self._flushed.zero_()
        return self._time(step)

    def time_in_a_row(self, step: Step, count: int) -> float:
        step()
        return self._time(lambda: [step() for _ in range(count)]) / count

    @staticmethod
    def _time(work: Callable[[], Any]) -> float:
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        work()
        end.record()
        end.synchronize()
        return start.elapsed_time(end) / 1000


class StandIn:
    """The CPU. What it times means nothing."""

    torch_device = torch.device("cpu")
    is_gpu = False

    def launcher(self, export: Export, memory: Memory, kernels: Kernels) -> Launcher:
        return StandInKernels(memory, kernels.format, export.layouts)

    def describe(self) -> dict[str, Any]:
        return {"device": "none: a stand-in on the CPU", "torch": torch.__version__, "python": platform.python_version()}

    def free_bytes(self) -> int:
        # A dry run's sizes are small, but for those that it is to leave out.
        return 1 << 30

    def capture(self, step: Step) -> Step:
        return step

    def time_alone(self, step: Step) -> float:
        start = time.perf_counter()
        step()
        return time.perf_counter() - start

    def time_in_a_row(self, step: Step, count: int) -> float:
        return self.time_alone(lambda: [step() for _ in range(count)]) / count

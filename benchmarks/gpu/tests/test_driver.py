import ctypes
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from rllc_gpu import export
from rllc_gpu.driver import CudaKernels

from . import FOLDER, HAS_EXPORT, HAS_TORCH, NEEDS_EXPORT, NEEDS_TORCH

# A small implementation of the driver on the host's memory, which records calls and queues launches.
RECORDING_DRIVER = Path(__file__).parents[3] / "tests/Rllc.Cuda.Tests/FakeDriver/fakecuda.c"
STREAM = 7


@unittest.skipUnless(HAS_EXPORT, NEEDS_EXPORT)
@unittest.skipUnless(shutil.which("cc"), "there is no C compiler")
@unittest.skipUnless(RECORDING_DRIVER.is_file(), f"there is no {RECORDING_DRIVER}")
class DriverTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        library = Path(folder.name) / "libcuda.so.1"
        subprocess.run(["cc", "-shared", "-fPIC", "-w", "-pthread", "-o", library, RECORDING_DRIVER], check=True)
        self.driver = ctypes.CDLL(str(library))
        self.driver.fake_reset(1, 12040, 9, 0)
        context = ctypes.c_void_p()
        self.driver.cuInit(0)
        self.driver.cuDevicePrimaryCtxRetain(ctypes.byref(context), 0)
        self.driver.cuCtxPushCurrent_v2(context)

    def test_a_launch_has_one_argument_whose_bytes_are_copied_at_once(self) -> None:
        received = self.receive()
        kernels = self.load()
        self.log()
        argument = bytes(range(16)) * 17
        kernels.launch("Project", 5, argument)
        del argument
        self.assertEqual(["cuLaunchKernel(5x1x1, 256x1x1, 0, 7, -)"], self.log())
        self.driver.cuCtxSynchronize()
        self.assertEqual([("Project", bytes(range(16)) * 17)], received)

    def test_an_error_of_the_driver_is_raised_with_its_text(self) -> None:
        self.driver.fake_fail(b"cuModuleLoadDataEx", 1, 218)
        with self.assertRaisesRegex(RuntimeError, r"CUDA error 218: a PTX JIT compilation failed\. \w+\.Float32\.ptx"):
            self.load()

    @unittest.skipUnless(HAS_TORCH, NEEDS_TORCH)
    def test_steps_that_go_through_the_driver_agree_with_the_formulas(self) -> None:
        from rllc_gpu import checks
        from rllc_gpu.device import StandIn
        from rllc_gpu.standin import StandInKernels

        test = self
        exported = export.load(FOLDER)

        class Recorded(StandIn):
            """The driver launches the exported modules, and what it launches goes to the stand-in."""

            def launcher(self, export: Any, memory: Any, kernels: Any) -> Any:
                return Synchronous(StandInKernels(memory, kernels.format, export.layouts), kernels.module)

        class Synchronous:
            def __init__(self, standin: Any, module: Path):
                self._standin = standin
                self._kernels = CudaKernels(test.driver, module, exported.entries, 256, lambda: STREAM)

            def launch(self, entry: str, groups: int, argument: bytes) -> None:
                received = test.receive()
                self._kernels.launch(entry, groups, argument)
                # PyTorch's uploads on the CPU wait for no queue.
                test.driver.cuCtxSynchronize()
                [(name, copied)] = received
                self._standin.launch(name, groups, copied)

        memory = exported.memories[1]
        one = export.Export(exported.constants, exported.entries, exported.layouts, [memory], exported.partitions)
        self.assertEqual([], [check for check in checks.run(Recorded(), one) if not check.passed])

    def receive(self) -> list[tuple[str, bytes]]:
        """What the kernels that run from now on are given."""
        received: list[tuple[str, bytes]] = []

        @ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p))
        def kernel(name: bytes, arguments: Any) -> None:
            received.append((name.decode(), ctypes.string_at(arguments[0], 272)))

        self._kept_alive = kernel
        self.driver.fake_kernel(kernel)
        return received

    def load(self) -> CudaKernels:
        """The kernels of one memory and one format."""
        exported = export.load(FOLDER)
        return CudaKernels(self.driver, exported.memories[0].kernels[0].module, exported.entries, 256, lambda: STREAM)

    def log(self) -> list[str]:
        self.driver.fake_take_log.restype = ctypes.c_size_t
        buffer = ctypes.create_string_buffer(1 << 20)
        size = self.driver.fake_take_log(buffer, ctypes.c_size_t(len(buffer)))
        return buffer.raw[:size].decode().splitlines()

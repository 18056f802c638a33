"""Starts kernels through the CUDA driver, in whatever context is current: PyTorch's primary one, once it has done anything."""

import ctypes
import sys
from pathlib import Path
from typing import Callable, Sequence

_JIT_ERROR_LOG_BUFFER = 5
_JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6
_LOG_BYTES = 16384


def load_driver() -> ctypes.CDLL:
    """The library that comes with NVIDIA's driver."""
    return ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")


class CudaKernels:
    """The kernels of one memory and one format, loaded from PTX. The context must outlive them; they are never unloaded."""

    def __init__(self, driver: ctypes.CDLL, module: Path, entries: Sequence[str], threads: int, stream: Callable[[], int]):
        """`module` is the file of PTX, `stream` gives the handle of the stream to launch on."""
        self._driver, self._threads, self._stream = driver, threads, stream
        driver.cuLaunchKernel.argtypes = [
            ctypes.c_void_p, *[ctypes.c_uint] * 7, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p,
        ]
        loaded = self._load(module)
        self._functions = {entry: self._function(loaded, entry) for entry in entries}

    def launch(self, entry: str, groups: int, argument: bytes) -> None:
        """Queues a kernel with its one argument, which the driver copies before it returns."""
        pointer = ctypes.cast(ctypes.c_char_p(argument), ctypes.c_void_p)
        self._check(self._driver.cuLaunchKernel(
            self._functions[entry], groups, 1, 1, self._threads, 1, 1, 0, self._stream(), (ctypes.c_void_p * 1)(pointer), None))

    def _load(self, file: Path) -> ctypes.c_void_p:
        module = ctypes.c_void_p()
        log = ctypes.create_string_buffer(_LOG_BYTES)
        options = (ctypes.c_int * 2)(_JIT_ERROR_LOG_BUFFER, _JIT_ERROR_LOG_BUFFER_SIZE_BYTES)
        values = (ctypes.c_void_p * 2)(ctypes.addressof(log), _LOG_BYTES)
        status = self._driver.cuModuleLoadDataEx(
            ctypes.byref(module), ctypes.c_char_p(file.read_bytes()), ctypes.c_uint(2), options, values)
        self._check(status, f" {file.name}: {log.value.decode(errors='replace')}")
        return module

    def _function(self, module: ctypes.c_void_p, entry: str) -> ctypes.c_void_p:
        function = ctypes.c_void_p()
        self._check(self._driver.cuModuleGetFunction(ctypes.byref(function), module, ctypes.c_char_p(entry.encode())), f" {entry}")
        return function

    def _check(self, status: int, what: str = "") -> None:
        if status == 0:
            return
        text = ctypes.c_char_p()
        self._driver.cuGetErrorString(status, ctypes.byref(text))
        raise RuntimeError(f"CUDA error {status}: {(text.value or b'unknown').decode()}.{what}")

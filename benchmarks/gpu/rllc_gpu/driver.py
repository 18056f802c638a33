"""Starts kernels through the CUDA driver, in the context that PyTorch has made current, on PyTorch's stream."""

import ctypes
import sys
from pathlib import Path
from typing import Mapping

import torch

_JIT_ERROR_LOG_BUFFER = 5
_JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6
_LOG_BYTES = 16384


class CudaKernels:
    """The kernels of one memory and one format, loaded from PTX."""

    def __init__(self, modules: Mapping[str, Path], threads: int):
        # PyTorch creates the device's primary context, and makes it current, with its first work.
        torch.zeros(1, device="cuda")
        self._threads = threads
        self._library = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
        self._library.cuLaunchKernel.argtypes = [
            ctypes.c_void_p, *[ctypes.c_uint] * 7, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p,
        ]
        loaded = {file: self._load(file) for file in set(modules.values())}
        self._functions = {entry: self._function(loaded[file], entry) for entry, file in modules.items()}

    def launch(self, entry: str, groups: int, argument: bytes) -> None:
        """Queues a kernel with its one argument, which the driver copies before it returns."""
        pointer = ctypes.cast(ctypes.c_char_p(argument), ctypes.c_void_p)
        stream = torch.cuda.current_stream().cuda_stream
        self._check(self._library.cuLaunchKernel(
            self._functions[entry], groups, 1, 1, self._threads, 1, 1, 0, stream, (ctypes.c_void_p * 1)(pointer), None))

    def _load(self, file: Path) -> ctypes.c_void_p:
        module = ctypes.c_void_p()
        log = ctypes.create_string_buffer(_LOG_BYTES)
        options = (ctypes.c_int * 2)(_JIT_ERROR_LOG_BUFFER, _JIT_ERROR_LOG_BUFFER_SIZE_BYTES)
        values = (ctypes.c_void_p * 2)(ctypes.addressof(log), _LOG_BYTES)
        status = self._library.cuModuleLoadDataEx(
            ctypes.byref(module), ctypes.c_char_p(file.read_bytes()), ctypes.c_uint(2), options, values)
        self._check(status, f" {file.name}: {log.value.decode(errors='replace')}")
        return module

    def _function(self, module: ctypes.c_void_p, entry: str) -> ctypes.c_void_p:
        function = ctypes.c_void_p()
        self._check(self._library.cuModuleGetFunction(ctypes.byref(function), module, entry.encode()), f" {entry}")
        return function

    def _check(self, status: int, what: str = "") -> None:
        if status == 0:
            return
        text = ctypes.c_char_p()
        self._library.cuGetErrorString(status, ctypes.byref(text))
        raise RuntimeError(f"CUDA error {status}: {(text.value or b'unknown').decode()}.{what}")

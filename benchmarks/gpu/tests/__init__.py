"""Tests that need no GPU; those that need PyTorch, the export or a C compiler say so where it is missing."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("RLLC_GPU_EXPORT", Path(__file__).parent.parent / "export"))
HAS_EXPORT = (FOLDER / "export.json").is_file()
NEEDS_EXPORT = f"there is no export in {FOLDER} (README.md says how to make one; RLLC_GPU_EXPORT names another folder)"

try:
    import torch  # noqa: F401

    HAS_TORCH = True
except ImportError:
    HAS_TORCH = False
NEEDS_TORCH = "PyTorch is not installed"

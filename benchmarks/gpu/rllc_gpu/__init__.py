"""Runs, checks and measures Rllc's kernels on an NVIDIA GPU, with PyTorch and nothing of .NET."""

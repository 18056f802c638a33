"""The step in float64, written from the formulas (arXiv 2402.15262, algorithm 1): what kernels are compared with."""

from typing import Sequence

import torch

from .export import DELAYED, Memory


class Reference:
    """θ and M of several tensors with one law. G is computed from M in every step; nothing is done in chunks or in place."""

    def __init__(self, memory: Memory, format: str, timing: str, parameters: Sequence[torch.Tensor], **settings: float):
        k = memory.unit_count
        device = parameters[0].device

        def matrix(values: Sequence[float]) -> torch.Tensor:
            return torch.tensor(values, dtype=torch.float64, device=device)

        self.B, self.a = matrix(memory.B).view(k, k), matrix(memory.a)
        self.S, self.inverse_S = matrix(memory.S).view(k, k), matrix(memory.inverse_S).view(k, k)
        self.k, self.timing, self.is_narrow, self.settings = k, timing, format == "BFloat16", settings
        self.theta = [parameter.detach().double() for parameter in parameters]
        self.M = [torch.zeros(parameter.numel(), k, dtype=torch.float64, device=device) for parameter in parameters]
        self.L = matrix([1.0] + [0.0] * (k - 1))
        self.pending = torch.zeros_like(self.L)
        self.steps = self.skipped = 0

    def step(self, gradients: Sequence[torch.Tensor | None]) -> None:
        """Takes a step; a tensor whose gradient is None takes no part in it."""
        s = self.settings
        g = [None if gradient is None else gradient.double() / s["LossScale"] for gradient in gradients]
        norm = sum(float(x @ x) for x in g if x is not None) ** 0.5
        if not norm < float("inf"):
            self.skipped += 1
            return
        factor = min(1.0, s["MaxGradientNorm"] / (norm + 1e-6)) * (-1 if s["Maximize"] else 1)
        g = [None if x is None else factor * x for x in g]
        taking_part = [(M, x) for M, x in zip(self.M, g) if x is not None]
        c = sum((M.T @ x for M, x in taking_part), torch.zeros_like(self.L))
        G = sum((M.T @ M for M, _ in taking_part), torch.zeros_like(self.B))
        correction = s["LawLearningRate"] * self._inverse_times(G, c)
        if self.timing == DELAYED:
            self.L = self.L + self.pending
            self.pending = correction
        else:
            self.L = self.L + correction
        for i, x in enumerate(g):
            if x is not None:
                new = self.M[i] @ self.B + torch.outer(x, self.a)
                decay = 1 - s["LearningRate"] * s["WeightDecay"]
                self.theta[i] = decay * self.theta[i] - s["LearningRate"] * new @ self.L
                self.M[i] = new.float().bfloat16().double() if self.is_narrow else new
        self.steps += 1

    def _inverse_times(self, G: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
        if G.trace() == 0:
            return torch.zeros_like(c)
        tau = (self.inverse_S @ G).trace() / self.k
        return torch.linalg.solve(G + self.settings["Epsilon"] * tau * self.S, c)

"""What is measured: one tensor of several sizes, and the many small tensors of a model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Workload:
    """Tensors with gradients."""

    name: str
    lengths: tuple[int, ...]
    is_large: bool = False
    """Whether it is far larger than any cache, so that memory alone sets the time."""

    @property
    def size(self) -> int:
        """n, the number of parameters."""
        return sum(self.lengths)

    @property
    def is_model(self) -> bool:
        """Whether it is many small tensors."""
        return len(self.lengths) > 1


def resnet20() -> tuple[int, ...]:
    """
    The 65 tensors of a ResNet-20 for CIFAR-10 (He et al., arXiv 1512.03385, shortcuts by projection), normalizations and the
    classifier among them.
    """

    def convolution(source: int, target: int, size: int) -> list[int]:
        return [source * target * size * size, target, target]

    def stage(source: int, target: int) -> list[int]:
        lengths = convolution(source, target, 3) + 5 * convolution(target, target, 3)
        return lengths if source == target else lengths + convolution(source, target, 1)

    return tuple(convolution(3, 16, 3) + stage(16, 16) + stage(16, 32) + stage(32, 64) + [64 * 10, 10])


def workloads(largest: int) -> list[Workload]:
    """All with up to so many parameters."""
    single = [Workload(f"n = 1e{exponent}", (10**exponent,), is_large=exponent >= 8) for exponent in (6, 8, 9)]
    return [workload for workload in [Workload("ResNet-20, 65 tensors", resnet20()), *single] if workload.size <= largest]


def dry_workloads() -> list[Workload]:
    """Sizes that the stand-in can do, and one that has to be left out for want of memory."""
    return [
        Workload("ResNet-20, 65 tensors", resnet20()),
        Workload("n = 1e6 (dry: 1e4)", (10_000,)),
        Workload("n = 1e8 (dry: 4e4)", (40_000,), is_large=True),
        Workload("n = 1e9", (10**9,), is_large=True),
    ]

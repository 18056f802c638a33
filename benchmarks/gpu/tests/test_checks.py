import unittest
from typing import Any, Callable

from . import FOLDER, HAS_EXPORT, HAS_TORCH, NEEDS_EXPORT, NEEDS_TORCH

if HAS_TORCH:
    import torch

    from rllc_gpu import checks, export
    from rllc_gpu.device import StandIn
    from rllc_gpu.standin import StandInKernels

    class Tampered(StandIn):
        """A stand-in whose kernels are changed."""

        def __init__(self, change: Callable[["StandInKernels"], None]):
            self._change = change

        def launcher(self, export: Any, memory: Any, kernels: Any) -> Any:
            launcher = StandInKernels(memory, kernels.format, export.layouts)
            self._change(launcher)
            return launcher


@unittest.skipUnless(HAS_TORCH, NEEDS_TORCH)
@unittest.skipUnless(HAS_EXPORT, NEEDS_EXPORT)
class CheckTests(unittest.TestCase):
    def setUp(self) -> None:
        self.export = export.load(FOLDER)

    def test_kernels_that_follow_the_formulas_pass(self) -> None:
        found = checks.run(StandIn(), self.export)
        self.assertEqual(120, len(found))
        self.assertEqual([], [check for check in found if not check.passed])

    def test_a_coefficient_that_is_a_little_off_is_found(self) -> None:
        def change(launcher: Any) -> None:
            launcher._B[0][0] += 1e-4

        self.assert_found(change)

    def test_one_element_that_is_never_written_is_found(self) -> None:
        def change(launcher: Any) -> None:
            write = launcher._write

            def leave_out_the_last(old: list, values: list, gradient: Any, parameters: Any, decay: float, law: Any) -> None:
                count = len(parameters) - (len(parameters) == 1)
                write([unit[:count] for unit in old], [unit[:count] for unit in values], gradient[:count], parameters[:count], decay, law)

            launcher._write = leave_out_the_last

        self.assert_found(change)

    def test_a_gram_matrix_that_is_never_refreshed_is_found_where_a_gradient_was_missing(self) -> None:
        def change(launcher: Any) -> None:
            launcher._gram_is_due = lambda step: False

        failed = self.failures(change)
        self.assertTrue(any("missing gradients" in name for name in failed), failed)

    def test_a_step_that_is_written_though_its_gradient_is_not_finite_is_found(self) -> None:
        def change(launcher: Any) -> None:
            launcher._kernels["Advance"] = lambda groups, step: launcher._pass(groups, step, sums=False, writes=True)

        failed = self.failures(change)
        self.assertTrue(any("not finite" in name for name in failed), failed)

    def test_bits_that_differ_from_run_to_run_are_found(self) -> None:
        noise = torch.Generator().manual_seed(1)

        def change(launcher: Any) -> None:
            write = launcher._write

            def disturb(old: list, values: list, gradient: Any, parameters: Any, decay: float, law: Any) -> None:
                write(old, values, gradient * (1 + 1e-6 * torch.rand(1, generator=noise)), parameters, decay, law)

            launcher._write = disturb

        failed = self.failures(change)
        self.assertTrue(any("same bits" in name for name in failed), failed)

    def assert_found(self, change: Callable[[Any], None]) -> None:
        failed = self.failures(change)
        self.assertTrue(any("several tensors" in name for name in failed), failed)

    def failures(self, change: Callable[[Any], None]) -> list[str]:
        # One memory tells.
        memory = self.export.memories[1]
        one = export.Export(
            self.export.constants,
            self.export.entries,
            self.export.layouts,
            [export.Memory(**{**vars(memory), "kernels": memory.kernels[:1]})],
            self.export.partitions,
        )
        return [check.name for check in checks.run(Tampered(change), one) if not check.passed]

import unittest

from . import HAS_TORCH, NEEDS_TORCH

if HAS_TORCH:
    from rllc_gpu.contenders import Contender
    from rllc_gpu.goals import judge
    from rllc_gpu.measure import WAYS, Measurement, Spread
    from rllc_gpu.report import goals_table, measurements_table
    from rllc_gpu.workloads import Workload

    LARGE = Workload("n = 1e8", (10**8,), is_large=True)
    SMALL = Workload("n = 1e6", (10**6,))
    MODEL = Workload("model", (10, 20))
    MOMENTUM = Contender("M(0.9)", 28, 4, build=None, unit_count=1, timing="exact", format="Float32")

    def measured(workload: "Workload", of_copy: float = 1.0, **to_adam: float) -> "Measurement":
        def same(figure: float) -> "Spread":
            return Spread(figure, figure, figure)

        ways = {way: same(to_adam.get(way.replace(" ", "_"), 1.0)) for way in WAYS}
        return Measurement(workload, MOMENTUM, {way: same(1e-3) for way in WAYS}, ways, same(of_copy))


@unittest.skipUnless(HAS_TORCH, NEEDS_TORCH)
class GoalTests(unittest.TestCase):
    def test_bandwidth_is_judged_where_the_workload_is_large(self) -> None:
        self.assertEqual("met", self.verdict("of a copy", measured(LARGE, of_copy=0.9), measured(SMALL, of_copy=0.1)))
        self.assertEqual("missed", self.verdict("of a copy", measured(LARGE, of_copy=0.89)))
        self.assertEqual("not measured", self.verdict("of a copy", measured(SMALL)))

    def test_the_worst_size_counts_against_Adam(self) -> None:
        self.assertEqual("met", self.verdict("k = 1 exact Float32, one tensor", measured(LARGE, alone=1.05), measured(SMALL)))
        self.assertEqual("missed", self.verdict("k = 1 exact Float32, one tensor", measured(LARGE), measured(SMALL, alone=1.06)))

    def test_the_model_is_judged_in_each_way_of_timing(self) -> None:
        m = measured(MODEL, alone=1.0, in_a_row=1.01, graph=0.7)
        self.assertEqual("met", self.verdict("the device alone", m))
        self.assertEqual("missed", self.verdict("with the host", m))
        self.assertEqual("met", self.verdict("in a CUDA graph", m))

    def test_a_figure_that_is_no_number_meets_nothing(self) -> None:
        self.assertEqual("missed", self.verdict("of a copy", measured(LARGE, of_copy=float("nan"))))

    def test_the_tables_show_what_was_measured(self) -> None:
        text = measurements_table([measured(LARGE, of_copy=0.93)])
        self.assertIn("| M(0.9)    | exact  | Float32 |    28 | 1000.0 (1000.0–1000.0) |", text)
        self.assertIn("| 2800 |     93% |", text)
        self.assertIn("| missed  ", goals_table(judge([measured(LARGE, of_copy=0.5)])))

    def test_a_spread_is_the_median_and_the_quartiles(self) -> None:
        self.assertEqual(Spread(3, 2, 4), Spread.of([5, 1, 4, 2, 3]))

    def verdict(self, words: str, *measurements: "Measurement") -> str:
        # Among goals with the same words those of what was measured come first.
        goals = sorted((goal for goal in judge(measurements) if words in goal.text), key=lambda goal: goal.figure is None)
        return goals[0].verdict

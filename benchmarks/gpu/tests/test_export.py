import unittest

from rllc_gpu import export
from rllc_gpu.partition import Chunk, divide
from rllc_gpu.workloads import resnet20

from . import FOLDER, HAS_EXPORT, NEEDS_EXPORT


@unittest.skipUnless(HAS_EXPORT, NEEDS_EXPORT)
class ExportTests(unittest.TestCase):
    def setUp(self) -> None:
        self.export = export.load(FOLDER)

    def test_tensors_are_divided_as_the_library_of_the_kernels_divides_them(self) -> None:
        self.assertGreater(len(self.export.partitions), 8)
        for example in self.export.partitions:
            with self.subTest(lengths=example["Lengths"]):
                partition = divide(example["Lengths"], self.export.constants)
                self.assertEqual(
                    (example["Rows"], example["ChunkCount"], example["ChunksPerGroup"], example["GroupCount"]),
                    (partition.rows, len(partition.chunks), partition.chunks_per_group, partition.group_count),
                )
                for index, tensor, offset, row, count in example["Chunks"]:
                    self.assertEqual(Chunk(tensor, offset, row, count), partition.chunks[index])

    def test_the_structs_have_the_sizes_that_the_kernels_were_compiled_with(self) -> None:
        sizes = {name: len(layout.pack(layout.unpack(bytes(layout.size)))) for name, layout in self.export.layouts.items()}
        self.assertEqual(272, sizes["StepViews"])
        self.assertEqual({name: layout.size for name, layout in self.export.layouts.items()}, sizes)

    def test_every_memory_has_kernels_in_both_formats(self) -> None:
        self.assertEqual([1, 2, 3], [memory.unit_count for memory in self.export.memories])
        for memory in self.export.memories:
            self.assertEqual(["Float32", "BFloat16"], [kernels.format for kernels in memory.kernels])
            for kernels in memory.kernels:
                text = kernels.module.read_text(encoding="ascii")
                for entry in self.export.entries:
                    self.assertIn(f".entry {entry}(", text)

    def test_an_infinite_setting_is_a_number(self) -> None:
        self.assertEqual(float("inf"), self.export.memories[0].kernels[0].settings["MaxGradientNorm"])


class WorkloadTests(unittest.TestCase):
    def test_the_model_has_65_tensors_of_270_000_parameters(self) -> None:
        self.assertEqual(65, len(resnet20()))
        self.assertAlmostEqual(2.7e5, sum(resnet20()), delta=5e3)

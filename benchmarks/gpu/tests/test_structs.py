import struct
import unittest

from rllc_gpu.structs import StructLayout

DESCRIBED = {
    "Outer": {
        "Size": 48,
        "Fields": [
            {"Name": "Inner", "Type": "Inner", "Offset": 0, "Size": 16},
            {"Name": "View", "Type": "view", "Offset": 16, "Size": 16},
            {"Name": "Count", "Type": "int32", "Offset": 32, "Size": 4},
            {"Name": "Rows", "Type": "int64", "Offset": 40, "Size": 8},
        ],
    },
    "Inner": {
        "Size": 16,
        "Fields": [
            {"Name": "Wide", "Type": "float64", "Offset": 0, "Size": 8},
            {"Name": "Narrow", "Type": "float32", "Offset": 8, "Size": 4},
        ],
    },
}
VALUES = {"Inner": {"Wide": 0.1, "Narrow": 0.5}, "View": (1 << 63, 7), "Count": -3, "Rows": 1 << 40}


class StructLayoutTests(unittest.TestCase):
    def test_fields_are_where_the_layout_says_and_padding_is_zero(self) -> None:
        expected = struct.pack("<df4xQqi4xq", 0.1, 0.5, 1 << 63, 7, -3, 1 << 40)
        self.assertEqual(expected, StructLayout("Outer", DESCRIBED).pack(VALUES))

    def test_what_is_packed_is_read_back(self) -> None:
        layout = StructLayout("Outer", DESCRIBED)
        data = layout.pack(VALUES)
        self.assertEqual(VALUES, layout.unpack(data))
        self.assertEqual([VALUES, VALUES], layout.unpack_all(2 * data))

    def test_a_missing_field_and_an_unknown_one_are_refused(self) -> None:
        layout = StructLayout("Inner", DESCRIBED)
        for values in ({"Wide": 1.0}, {"Wide": 1.0, "Narrow": 1.0, "Other": 1}):
            with self.assertRaisesRegex(ValueError, "Inner has the fields Wide, Narrow, not"):
                layout.pack(values)

"""Structs as they lie in a device's memory, by the layout that the export has written."""

import struct
from typing import Any, Mapping

View = tuple[int, int]
"""A view: the address of its first element and the number of its elements."""

_CODES = {"int32": "i", "int64": "q", "float32": "f", "float64": "d", "view": "Qq"}


class StructLayout:
    """One struct. Values are mappings from field names; a nested struct's value is such a mapping, a view's is a View."""

    def __init__(self, name: str, described: Mapping[str, Any]):
        layout = described[name]
        self.name = name
        self.size: int = layout["Size"]
        self._nested = {f["Name"]: StructLayout(f["Type"], described) for f in layout["Fields"] if f["Type"] not in _CODES}
        self._fields = [(f["Name"], f["Type"]) for f in layout["Fields"]]
        self._struct = struct.Struct("<" + self._format(layout))

    def pack(self, values: Mapping[str, Any]) -> bytes:
        """The struct's bytes. Every field must be given, and nothing else."""
        return self._struct.pack(*self._flatten(values))

    def unpack(self, data: bytes) -> dict[str, Any]:
        """The fields of a struct's bytes."""
        return self._gather(iter(self._struct.unpack(data)))

    def unpack_all(self, data: bytes) -> list[dict[str, Any]]:
        """The elements of an array."""
        return [self._gather(iter(numbers)) for numbers in self._struct.iter_unpack(data)]

    def _format(self, layout: Mapping[str, Any]) -> str:
        # Padding is written out, so that nothing depends on this machine's own alignment.
        text, end = "", 0
        for field in layout["Fields"]:
            nested = self._nested.get(field["Name"])
            text += f"{field['Offset'] - end}x" + (nested._struct.format[1:] if nested else _CODES[field["Type"]])
            end = field["Offset"] + field["Size"]
        return text + f"{layout['Size'] - end}x"

    def _flatten(self, values: Mapping[str, Any]) -> list[Any]:
        names = [name for name, _ in self._fields]
        if sorted(names) != sorted(values):
            raise ValueError(f"{self.name} has the fields {', '.join(names)}, not {', '.join(values)}.")
        flat: list[Any] = []
        for name, kind in self._fields:
            if name in self._nested:
                flat += self._nested[name]._flatten(values[name])
            elif kind == "view":
                flat += values[name]
            else:
                flat.append(values[name])
        return flat

    def _gather(self, numbers: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, kind in self._fields:
            if name in self._nested:
                values[name] = self._nested[name]._gather(numbers)
            elif kind == "view":
                values[name] = (next(numbers), next(numbers))
            else:
                values[name] = next(numbers)
        return values

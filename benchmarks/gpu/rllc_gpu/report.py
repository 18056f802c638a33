"""Prints what came out, and writes it as JSON."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Sequence

from .checks import Check
from .goals import Goal
from .measure import WAYS, Measurement, Spread

DRY_RUN = "DRY RUN: no kernel has run and no figure means anything; only the program around them was gone through."

_LEFT_ALIGNED = 3


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left_aligned: int = _LEFT_ALIGNED) -> str:
    """A Markdown table; all but the first columns are aligned to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = [cell.ljust(width) if i < left_aligned else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))]
        return f"| {' | '.join(padded)} |"

    rule = ["-" * width if i < left_aligned else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join([line(head), line(rule), *map(line, rows)])


def checks_text(checks: Sequence[Check]) -> str:
    """A line for each check."""
    return "\n".join(f"{'ok    ' if check.passed else 'FAILED'} {check.name}: {check.detail}" for check in checks)


def measurements_table(measurements: Sequence[Measurement]) -> str:
    """The steps of one workload. Times are medians in µs with their quartiles, ratios medians."""
    head = ["contender", "timing", "format", "bytes", *(f"{way}, µs" for way in WAYS), "GB/s", "of copy", *(f"× Adam, {way}" for way in WAYS)]
    return table(head, [_row(m) for m in measurements])


def goals_table(goals: Sequence[Goal]) -> str:
    """Goals and verdicts."""
    rows = [[goal.text, goal.verdict, "" if goal.figure is None else f"{goal.figure:.2f}"] for goal in goals]
    return table(["goal", "verdict", "figure"], rows, left_aligned=2)


def write_json(
    path: Path,
    device: dict[str, Any],
    is_dry_run: bool,
    checks: Sequence[Check],
    measurements: Sequence[Measurement],
    left_out: Sequence[str],
    goals: Sequence[Goal],
) -> None:
    """Everything, in SI units."""
    content = {
        "isDryRun": is_dry_run,
        **device,
        "checks": [asdict(check) for check in checks],
        "measurements": [_described(m) for m in measurements],
        "leftOut": list(left_out),
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in goals],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _row(m: Measurement) -> list[str]:
    return [
        m.contender.name,
        m.contender.timing,
        m.contender.format,
        str(m.contender.bytes_moved),
        *(_microseconds(m.seconds[way]) for way in WAYS),
        f"{m.bytes_per_second / 1e9:.0f}",
        f"{m.of_copy.median:.0%}",
        *(f"{m.to_adam[way].median:.2f}" for way in WAYS),
    ]


def _microseconds(spread: Spread) -> str:
    return f"{1e6 * spread.median:.1f} ({1e6 * spread.low:.1f}–{1e6 * spread.high:.1f})"


def _described(m: Measurement) -> dict[str, Any]:
    return {
        "workload": m.workload.name,
        "parameters": m.workload.size,
        "tensors": len(m.workload.lengths),
        "contender": m.contender.name,
        "units": m.contender.unit_count,
        "timing": m.contender.timing,
        "format": m.contender.format,
        "bytesMovedPerParameter": m.contender.bytes_moved,
        "bytesPerSecond": m.bytes_per_second,
        "ofCopy": asdict(m.of_copy),
        "seconds": {way: asdict(spread) for way, spread in m.seconds.items()},
        "toAdam": {way: asdict(spread) for way, spread in m.to_adam.items()},
    }

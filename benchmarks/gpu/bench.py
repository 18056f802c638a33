#!/usr/bin/env python3
"""
Checks Rllc's kernels on an NVIDIA GPU against the formulas, then measures them against PyTorch's optimizers and the memory's speed.
README.md beside this file says how to run it.
"""

import argparse
import sys
from pathlib import Path

from rllc_gpu import checks, export, goals, report
from rllc_gpu.contenders import Contender, contenders
from rllc_gpu.device import Device, Gpu, StandIn
from rllc_gpu.measure import Measurement, measure, missing_bytes
from rllc_gpu.workloads import Workload, dry_workloads, workloads

HERE = Path(__file__).parent


def main() -> int:
    arguments = parse()
    exported = export.load(arguments.export)
    device: Device = StandIn() if arguments.dry_run else Gpu()
    if arguments.dry_run:
        print(report.DRY_RUN)
    described = device.describe()
    print("\n".join(f"{name}: {value}" for name, value in described.items()), flush=True)

    found = checks.run(device, exported)
    print(f"\n{report.checks_text(found)}", flush=True)
    measured: list[Measurement] = []
    left_out: list[str] = []
    if all(check.passed for check in found):
        every = contenders(exported)
        for workload in dry_workloads() if arguments.dry_run else workloads(arguments.largest):
            measure_workload(device, every, workload, arguments.rounds, measured, left_out)
    else:
        # A kernel that does something else may well be faster.
        left_out.append("all measurements, because a check has failed")
    verdicts = goals.judge(measured)
    print(f"\n{report.goals_table(verdicts)}")
    print("".join(f"\nleft out: {what}" for what in left_out))
    if arguments.dry_run:
        print(report.DRY_RUN)
    report.write_json(arguments.json, described, arguments.dry_run, found, measured, left_out, verdicts)
    # A goal that is missed is a finding, not a failure.
    return 0 if all(check.passed for check in found) else 1


def measure_workload(
    device: Device, every: list[Contender], workload: Workload, rounds: int, measured: list[Measurement], left_out: list[str]
) -> None:
    mine = []
    for contender in every:
        missing = missing_bytes(device, workload, contender)
        if missing > 0:
            title = " ".join(filter(None, [contender.name, contender.format, contender.timing]))
            left_out.append(f"{workload.name}, {title}: {missing / 1e9:.1f} GB too little memory is free")
        else:
            mine.append(measure(device, workload, contender, rounds))
    if mine:
        print(f"\n{workload.name}, {workload.size:,} parameters\n\n{report.measurements_table(mine)}", flush=True)
    measured += mine


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--export", type=Path, default=HERE / "export", help="what Rllc.Benchmarks.Gpu has written (default: %(default)s)")
    parser.add_argument("--json", type=Path, default=Path("gpu-results.json"), help="file for the results (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=30, help="turns of each measurement, at least 2 (default: %(default)s)")
    parser.add_argument("--largest", type=lambda text: int(float(text)), default=10**9, help="most parameters (default: 1e9)")
    parser.add_argument("--dry-run", action="store_true", help="go through everything on the CPU, with a stand-in for the kernels")
    arguments = parser.parse_args()
    if arguments.rounds < 2:
        parser.error("--rounds must be at least 2: a spread is of several numbers")
    if not (arguments.export / "export.json").is_file():
        parser.error(f"there is no export.json in {arguments.export}: README.md says how to make it")
    return arguments


if __name__ == "__main__":
    sys.exit(main())

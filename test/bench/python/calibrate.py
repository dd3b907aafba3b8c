"""Measures what lib/languages/python/load-cost.ts says: what it costs to import Python, and how much more in a request.

    python calibrate.py                        # installs the packages of calibrate.txt, and measures for three minutes
    python calibrate.py --rounds 1 httpx       # one module, roughly

It measures the Python that runs it, which should be the newest of Lambda. Each import runs in a fresh process, with
bytecode as in an asset, and without the garbage collector, as the runtime imports. The CPU time at full speed, divided
by the bytes of source and of extension modules, is `msPerKilobyte`. The time on the clock at a share of the CPU,
multiplied by the share and divided by the CPU time at full speed, is `firstRequestFactor`. Processes at each share run
alternately, so a slow phase of the machine affects all of them. Shares need a control group that can be written to.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "calibrate.txt"
MODULES = [
    "fastapi",
    "sqlalchemy.orm",
    "pandas",
    "boto3",
    "botocore.session",
    "jinja2",
    "httpx",
    "pydantic",
    "cryptography.x509",
]

FULL_VCPU_MB = 1769
MEMORY_SIZES = (256, 512, 1024)
# Of the control group, in microseconds.
PERIOD_US = 20_000

PROGRAM = """
import gc, json, os, sys, time
packages, module, group = sys.argv[1:]
sys.path.insert(0, packages)
if group:
    with open(os.path.join(group, "cgroup.procs"), "w") as file:
        file.write(str(os.getpid()))
gc.disable()
before = set(sys.modules)
wall, cpu = time.perf_counter(), time.process_time()
__import__(module)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
files = {getattr(sys.modules[name], "__file__", None) for name in set(sys.modules) - before}
own = [file for file in files if file and file.startswith(packages)]
size, source = (sum(map(os.path.getsize, some)) / 1024 for some in (own, [one for one in own if one.endswith(".py")]))
print(json.dumps([wall * 1000, cpu * 1000, size, source]))
"""


@dataclass(frozen=True)
class Sample:
    """One import. Times are in milliseconds, sizes in kilobytes."""

    wall: float
    cpu: float
    size: float
    source: float


def import_once(packages: Path, module: str, group: str = "") -> Sample:
    command = [sys.executable, "-I", "-S", "-B", "-c", PROGRAM, str(packages), module, group]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Sample(*json.loads(output))


def measure(packages: Path, modules: list[str], groups: dict[int, str], rounds: int) -> dict[tuple[str, int], Sample]:
    """By module and memory size: the medians of all rounds."""
    samples: dict[tuple[str, int], list[Sample]] = {}
    for _ in range(rounds):
        for module in modules:
            for memory, group in groups.items():
                samples.setdefault((module, memory), []).append(import_once(packages, module, group))
    return {key: median_of(some) for key, some in samples.items()}


def median_of(samples: list[Sample]) -> Sample:
    columns = zip(*((one.wall, one.cpu, one.size, one.source) for one in samples), strict=True)
    return Sample(*(statistics.median(column) for column in columns))


def create_group(memory: int) -> str | None:
    """A control group with the share of the CPU that Lambda gives at a memory size. None where it is not allowed."""
    us = round(PERIOD_US * memory / FULL_VCPU_MB)
    for root, limits in (
        ("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": str(PERIOD_US), "cpu.cfs_quota_us": str(us)}),
        ("/sys/fs/cgroup", {"cpu.max": f"{us} {PERIOD_US}"}),
    ):
        group = Path(root, f"lazy-api-calibrate-{os.getpid()}-{memory}")
        try:
            group.mkdir()
            for file, value in limits.items():
                (group / file).write_text(value)
            return str(group)
        except OSError:
            if group.is_dir():
                group.rmdir()
    return None


def install() -> Path:
    """The packages, with bytecode as in an asset: Python does not compare it with the sources."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    environment = HERE / ".cache" / f"calibrate-{version}"
    python = environment / "bin" / "python"
    done = environment / REQUIREMENTS.name
    packages = environment / "lib" / f"python{version}" / "site-packages"
    if not done.exists() or done.read_text() != REQUIREMENTS.read_text():
        venv.create(environment, clear=True, with_pip=True)
        pip = ["pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        subprocess.run([python, "-m", *pip, "--requirement", REQUIREMENTS], check=True)
        compileall = ["compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"]
        # Some packages have modules that no version of Python compiles.
        subprocess.run([python, "-m", *compileall, packages], check=False)
        done.write_text(REQUIREMENTS.read_text())
    return packages


def show(measured: dict[tuple[str, int], Sample], modules: list[str]) -> None:
    full = [measured[module, FULL_VCPU_MB] for module in modules]
    for module, one in zip(modules, full, strict=True):
        sizes = f"{one.size:8.0f} KB ({one.source:.0f} KB of source)"
        print(f"{module:20} {one.cpu:7.1f} ms  {sizes:32} {one.cpu / one.size:.3f} ms/KB", end="")
        print(f"  {one.cpu / one.source:.3f} ms/KB of source")
    print(f"msPerKilobyte: {statistics.median(one.cpu / one.size for one in full):.3f} (the median)")
    for memory in sorted({memory for _, memory in measured} - {FULL_VCPU_MB}):
        share = memory / FULL_VCPU_MB
        factors = [measured[module, memory].wall * share / one.cpu for module, one in zip(modules, full, strict=True)]
        each = ", ".join(f"{factor:.2f}" for factor in factors)
        print(f"firstRequestFactor at {memory} MB: {statistics.median(factors):.2f} (the median of {each})")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures what it costs to import Python.")
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    packages = install()
    groups = {memory: group for memory in MEMORY_SIZES if (group := create_group(memory)) is not None}
    if not groups:
        print("the CPU cannot be limited here, so firstRequestFactor is not measured", file=sys.stderr)
    try:
        for module in options.modules:
            # The first import reads the files from the disk.
            import_once(packages, module)
        show(measure(packages, options.modules, {FULL_VCPU_MB: "", **groups}, options.rounds), options.modules)
    finally:
        for group in groups.values():
            os.rmdir(group)


main()

"""Measures what lib/languages/python/load-cost.ts says: what it costs to import Python, and how much more in a request.

    python calibrate.py DIRECTORY_WITH_PACKAGES MODULE...

Each import runs in a fresh process with bytecode. The CPU time at full speed, divided by the bytes of source and of
extension modules, is `msPerKilobyte`. The time on the clock at a share of the CPU, divided by the CPU time and by the
share, is `firstRequestFactor`. It needs a control group that can be written to, as root has it.
"""

import os
import statistics
import subprocess
import sys
import tempfile

FULL_VCPU_MB = 1769
PERIOD_US = 20_000
MEMORY_SIZES = (256, 512, 1024)
ROUNDS = 7

PROGRAM = """
import json, os, sys, time
packages, module, group = sys.argv[1:]
sys.path.insert(0, packages)
if group:
    open(os.path.join(group, "cgroup.procs"), "w").write(str(os.getpid()))
before = set(sys.modules)
wall, cpu = time.perf_counter(), time.process_time()
__import__(module)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
files = {getattr(sys.modules[name], "__file__", None) for name in set(sys.modules) - before}
size = sum(os.path.getsize(file) for file in files if file and file.startswith(packages))
source = sum(os.path.getsize(file) for file in files if file and file.startswith(packages) and file.endswith(".py"))
print(json.dumps([wall * 1000, cpu * 1000, size / 1024, source / 1024]))
"""


def run(packages, module, bytecode, group=""):
    command = [sys.executable, "-I", "-S", "-X", f"pycache_prefix={bytecode}", "-c", PROGRAM, packages, module, group]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(number) for number in output.strip("[]\n").split(",")]


def median_run(packages, module, bytecode, group=""):
    return [
        statistics.median(column)
        for column in zip(*(run(packages, module, bytecode, group) for _ in range(ROUNDS)), strict=True)
    ]


def create_group(memory):
    """A control group with the share of the CPU that Lambda gives at a memory size. None where it is not allowed."""
    us = round(PERIOD_US * memory / FULL_VCPU_MB)
    for root, limits in (
        ("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": us}),
        ("/sys/fs/cgroup", {"cpu.max": f"{us} {PERIOD_US}"}),
    ):
        group = os.path.join(root, f"lazy-api-calibrate-{os.getpid()}-{memory}")
        try:
            os.mkdir(group)
            for file, value in limits.items():
                with open(os.path.join(group, file), "w") as stream:
                    stream.write(str(value))
            return group
        except OSError:
            if os.path.isdir(group):
                os.rmdir(group)
    return None


def main():
    packages, *modules = sys.argv[1:]
    with tempfile.TemporaryDirectory() as bytecode:
        full = {}
        for module in modules:
            run(packages, module, bytecode)
            full[module] = median_run(packages, module, bytecode)
            _, cpu, size, source = full[module]
            sizes = f"{size:8.0f} KB ({source:.0f} KB of source)"
            print(f"{module:24} {cpu:7.1f} ms CPU  {sizes}  {cpu / size:.3f} ms/KB  {cpu / source:.3f} ms/KB of source")
        for memory in MEMORY_SIZES:
            group = create_group(memory)
            if group is None:
                print(f"{memory} MB: the CPU cannot be limited here")
                continue
            factors = [
                median_run(packages, module, bytecode, group)[0] / full[module][1] * memory / FULL_VCPU_MB
                for module in modules
            ]
            os.rmdir(group)
            each = ", ".join(f"{factor:.2f}" for factor in factors)
            print(f"{memory} MB: factor {statistics.median(factors):.2f} ({each})")


main()

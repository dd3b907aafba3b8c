"""What a cold start loads of the Lambda half. `python -m tests.test_budget` prints how long it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Imports Lambda's runtime client first, which brings a part of the standard library.
PROGRAM = """
import sys, time, json
import awslambdaric.bootstrap, awslambdaric.__main__
if sys.argv[1] == "asgi":
    # Any application brings these.
    import asyncio, urllib.parse
before = set(sys.modules)
began = time.perf_counter()
from lazy_api.entry import create_lazy_api
report = {"everyRequest": True, "path": False, "perRouterMetrics": False, "perVersionMetrics": False}
handler, init, load = create_lazy_api([("/a", "a:handler", {})], traits={}, report=report)
init()
if sys.argv[1] == "asgi":
    import lazy_api.asgi.call_asgi
elapsed = (time.perf_counter() - began) * 1000
new = set(sys.modules) - before
own = [name for name in new if name.startswith("lazy_api")]
size = sum(len(open(sys.modules[name].__file__, "rb").read()) for name in own)
print(json.dumps({"ms": elapsed, "own": len(own), "bytes": size, "others": sorted(new - set(own))}))
"""


def measure(kind: str) -> dict[str, Any]:
    # With the cache of compiled modules, as the asset has it.
    program = [sys.executable, "-X", f"pycache_prefix={ROOT / '.cache' / 'pycache'}", "-c", PROGRAM, kind]
    env = {"PYTHONPATH": str(ROOT), "PATH": ""}
    completed = subprocess.run(program, env=env, capture_output=True, text=True, check=True, cwd=ROOT)
    measured: dict[str, Any] = json.loads(completed.stdout)
    return measured


@pytest.mark.parametrize(("kind", "modules", "size"), [("handlers", 27, 68_000), ("asgi", 38, 98_000)])
def test_a_cold_start_loads_few_modules(kind: str, modules: int, size: int) -> None:
    measured = measure(kind)
    assert measured["own"] <= modules
    assert measured["bytes"] <= size
    assert set(measured["others"]) <= {"_contextvars", "contextvars", "signal", "binascii", "_signal", "gc"}


if __name__ == "__main__":
    for kind in ("handlers", "asgi"):
        runs = [measure(kind) for _ in range(15)]
        print(kind, min(runs, key=lambda one: one["ms"]))

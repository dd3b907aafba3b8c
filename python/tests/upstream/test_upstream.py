"""FastAPI's and Starlette's own tests pass with lazy inclusion, except for those that are listed with a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .suite import HERE, SUITES, run_suite

CACHE = Path(os.environ.get("LAZY_API_CACHE", HERE.parents[1] / ".cache"))
EXCEPTIONS: dict[str, dict[str, str]] = json.loads((HERE / "exceptions.json").read_text())
TARGET = 0.95


@pytest.mark.parametrize("package", SUITES)
def test_what_passes_without_laziness_passes_with_it(package: str, record_property: pytest.RecordProperty) -> None:
    eager, lazy = (run_suite(package, CACHE, lazy) for lazy in (False, True))
    passing = {test for test, outcome in eager.outcomes.items() if outcome == "passed"}
    failing = {test for test in passing if lazy.outcomes.get(test) != "passed"}
    share = 1 - len(failing) / len(passing)
    print(
        f"\n{package}: {len(passing)} tests pass without laziness, {len(passing) - len(failing)} with it ({share:.1%})"
    )
    print(f"{lazy.included} routers were included lazily, and {lazy.loaded} of them were loaded")
    reasons = EXCEPTIONS.get(package, {})
    unexpected = sorted(test for test in failing if not _reason(test, reasons))
    repaired = sorted(prefix for prefix in reasons if not any(test.startswith(prefix) for test in failing))
    assert unexpected == [], "these tests fail with lazy inclusion, and exceptions.json has no reason for them"
    assert repaired == [], "these tests pass with lazy inclusion; remove them from exceptions.json"
    assert share >= TARGET
    assert eager.included == 0 < lazy.loaded


def _reason(test: str, reasons: dict[str, str]) -> str | None:
    return next((reason for prefix, reason in reasons.items() if test.startswith(prefix)), None)

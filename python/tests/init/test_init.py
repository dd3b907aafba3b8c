"""INIT survives what it loads."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from lazy_api.entry import create_lazy_api
from lazy_api.init import run_init

from ..conftest import Write
from ..lambda_half import Context, http_event, lines


def test_modules_are_imported_in_their_order_and_failures_do_not_end_init(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        {
            "first.py": "import sys; sys.loaded = ['first']",
            "broken.py": "raise ValueError('no')",
            "exits.py": "raise SystemExit(3)",
            "last.py": "import sys; sys.loaded.append('last')",
            "orders.py": "def handler(event, context): return {'statusCode': 200}",
        }
    )
    report = {"everyRequest": False, "path": False, "perRouterMetrics": False, "perVersionMetrics": False}
    handler, init, _ = create_lazy_api([("/users", "orders:handler", {})], traits={}, report=report)
    init(modules=["first", "broken", "exits", "missing", "last"], routers=["/users"])
    assert vars(sys)["loaded"] == ["first", "last"]
    written = lines(capsys.readouterr().out)
    assert [line.get("code") for line in written] == ["ROUTER_LOAD_FAILED"] * 3 + [None]
    assert written[-1]["RouterLoadFailures"] == 3
    assert "orders" in sys.modules
    assert handler(http_event(), Context())["statusCode"] == 200


def test_an_import_that_never_ends_does_not_take_the_rest_of_init(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write({"hangs.py": "import time\ntime.sleep(60)"})
    monkeypatch.setattr(run_init, "_BUDGET", 0.1)
    _, init, _ = create_lazy_api([("/users", "hangs:router", {})], traits={})
    init(modules=["hangs"])
    assert [line["code"] for line in lines(capsys.readouterr().out)] == ["INIT_TIMEOUT"]


@pytest.mark.parametrize("event", [None, 7, "text", [], {}, {"requestContext": "x"}, {"version": "2.0"}])
def test_any_event_has_a_result(event: Any) -> None:
    handler, init, _ = create_lazy_api([("/users", "missing:router", {})], traits={})
    init()
    assert handler(event, None)["statusCode"] == 404

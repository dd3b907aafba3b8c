"""Functions with SnapStart, in Lambda's runtime client."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import lazy_api.snapshot
from lazy_api import after_restore, before_snapshot

from ..conftest import Write
from ..lambda_half import http_event
from ..runtime_api import LambdaProcess

MAIN = """
    from lazy_api.entry import create_lazy_api

    report = {"everyRequest": True, "path": False, "perRouterMetrics": False, "perVersionMetrics": False}
    routers = [("/users", "users:handler", {}), ("/orders", "orders:handler", {})]
    handler, init, _ = create_lazy_api(routers, report=report)
"""
ROUTER = """
    import json, random
    from lazy_api import after_restore, before_snapshot

    events = ["import"]

    @before_snapshot
    def close():
        events.append("close")

    @after_restore
    async def reconnect():
        events.append("reconnect")

    def handler(event, context):
        return {"statusCode": 200, "body": json.dumps({"events": events, "number": random.random()})}
"""
INDEX = "from lazy_api_main import handler, init\ninit(modules=[], routers=[])"


def function(write: Write, **environment: str) -> LambdaProcess:
    router = environment.pop("router", ROUTER)
    seed = "import random\nrandom.seed(7)\n"
    files = {"lazy_api_main.py": MAIN, "lazy_api_index.py": seed + INDEX, "users.py": router, "orders.py": ROUTER}
    return LambdaProcess(write(files), AWS_LAMBDA_INITIALIZATION_TYPE="snap-start", **environment)


def body(result: dict[str, Any]) -> Any:
    return json.loads(result["body"])


def test_all_routers_are_loaded_before_the_snapshot_and_their_hooks_run_around_it(write: Write) -> None:
    with function(write) as process:
        process.restore()
        assert body(process.invoke(http_event()))["events"] == ["import", "close", "reconnect"]
        assert not any("routerLoadMs" in line for line in process.log_lines)


def test_environments_of_one_snapshot_do_not_share_random_numbers(write: Write) -> None:
    numbers = set()
    for _ in range(2):
        with function(write) as process:
            process.restore()
            numbers.add(body(process.invoke(http_event()))["number"])
    assert len(numbers) == 2


def test_a_request_that_arrived_before_the_restore_ended_is_a_cold_start_without_init(write: Write) -> None:
    with function(write) as process:
        assert process.snapshot_taken.wait(30)
        event = http_event()
        event["requestContext"]["timeEpoch"] = int(time.time() * 1000) - 400
        process.restore()
        process.invoke(event)
        process.invoke(http_event())
        first, second = (line for line in process.log_lines if "coldStart" in line)
    assert (first["coldStart"], first["initType"]) == (True, "snap-start")
    assert first["ColdStartDuration"] >= 400
    assert not {"initMs", "InitAndLoadDuration"} & first.keys()
    assert (second["coldStart"], "ColdStartDuration" in second) == (False, False)


def test_a_request_that_arrives_after_the_restore_is_not_a_cold_start(write: Write) -> None:
    with function(write) as process:
        process.restore()
        event = http_event()
        event["requestContext"]["timeEpoch"] = int(time.time() * 1000) + 5_000
        process.invoke(event)
        assert [line["coldStart"] for line in process.log_lines if "coldStart" in line] == [False]


def test_a_hook_that_fails_before_the_snapshot_fails_the_deployment(write: Write) -> None:
    router = ROUTER.replace('events.append("close")', 'raise RuntimeError("cannot close")')
    with function(write, router=router) as process:
        assert process.fails() == "init/error"
        assert "cannot close" in process.log


def test_outside_of_functions_with_snap_start_hooks_are_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy_api.snapshot, "_LIBRARY", "no_such_module")

    def hook() -> None:
        raise AssertionError

    assert before_snapshot(hook) is hook
    assert after_restore(hook) is hook

"""ASGI applications in the Lambda half."""

from __future__ import annotations

import asyncio
import contextvars
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI, Request
from fastapi.responses import PlainTextResponse

from ..lambda_half import code_of, http_event, lines, serve

OK = [{"type": "http.response.start", "status": 200, "headers": []}, {"type": "http.response.body", "body": b"ok"}]


async def respond(send: Any) -> None:
    for message in OK:
        await send(message)


def test_all_requests_share_one_event_loop() -> None:
    loops = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        loops.append(asyncio.get_running_loop())
        await respond(send)

    call = serve(app)
    assert [call()["statusCode"], call()["statusCode"]] == [200, 200]
    assert len(set(map(id, loops[1:]))) == 1


def test_connections_that_are_made_while_a_module_is_imported_belong_to_the_same_loop() -> None:
    program = """
import asyncio, sys, types
sys.path.insert(0, ".")
module = types.ModuleType("router_module")
sys.modules["router_module"] = module
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
async def app(scope, receive, send):
    if scope["type"] == "http":
        print(asyncio.get_running_loop() is loop)
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})
module.router = app
from tests.lambda_half import create_lazy_api, http_event, Context
handler, init, _ = create_lazy_api([("/users", "router_module:router", {})])
init()
handler(http_event(), Context())
"""
    root = Path(__file__).resolve().parents[2]
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert completed.stdout == "True\n"


def test_each_request_has_its_own_context_variables() -> None:
    variable = contextvars.ContextVar("variable", default=0)
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            seen.append(variable.get())
            variable.set(7)
            await respond(send)

    call = serve(app)
    call()
    call()
    assert seen == [0, 0]


def test_the_lifespan_starts_once_and_requests_get_copies_of_its_state() -> None:
    started = []
    states = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            assert (await receive())["type"] == "lifespan.startup"
            started.append(1)
            scope["state"]["pool"] = "open"
            await send({"type": "lifespan.startup.complete"})
            await receive()
        states.append(dict(scope["state"]))
        scope["state"]["mine"] = 1
        await respond(send)

    call = serve(app)
    call()
    call()
    assert started == [1]
    assert states == [{"pool": "open"}, {"pool": "open"}]


def test_an_application_that_cannot_start_is_answered_and_starts_with_a_later_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcomes = ["lifespan.startup.failed", "lifespan.startup.complete"]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": outcomes.pop(0), "message": "no database"})
            return
        await respond(send)

    call = serve(app)
    assert code_of(call()) == "ROUTER_LOAD_FAILED"
    assert "no database" in str(lines(capsys.readouterr().out)[0]["error"])
    assert call()["statusCode"] == 200


def test_background_tasks_end_before_the_result_is_returned() -> None:
    app = FastAPI()
    done = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        done.append(1)

    @app.get("/7")
    async def endpoint(tasks: BackgroundTasks) -> str:
        tasks.add_task(work)
        return "ok"

    assert serve(app)()["statusCode"] == 200
    assert done == [1]


def test_a_background_task_that_is_too_slow_does_not_cost_the_response(capsys: pytest.CaptureFixture[str]) -> None:
    app = FastAPI()

    @app.get("/7")
    async def endpoint(tasks: BackgroundTasks) -> str:
        tasks.add_task(asyncio.sleep, 30)
        return "ok"

    assert serve(app)(remaining=200)["body"] == '"ok"'
    assert [line["code"] for line in lines(capsys.readouterr().out)] == ["TIMEOUT"]


def test_the_client_is_gone_after_the_response() -> None:
    messages = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            messages.append((await receive())["type"])
            await respond(send)
            messages.append((await receive())["type"])

    serve(app)()
    assert messages == ["http.request", "http.disconnect"]


def test_the_client_is_gone_when_the_time_is_up_and_the_application_can_clean_up() -> None:
    events = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        await receive()
        try:
            await asyncio.sleep(30)
        finally:
            events.append((await receive())["type"])
            with pytest.raises(OSError):
                await send(OK[0])

    assert code_of(serve(app)(remaining=100)) == "TIMEOUT"
    assert events == ["http.disconnect"]


def test_code_that_blocks_the_event_loop_is_interrupted_and_the_next_request_is_served() -> None:
    app = FastAPI()

    @app.get("/7")
    async def endpoint(request: Request) -> str:
        time.sleep(float(request.headers.get("x-sleep", 0)))
        return "ok"

    call = serve(app)
    began = time.perf_counter()
    assert code_of(call(http_event(headers={"x-sleep": "30"}), remaining=300)) == "TIMEOUT"
    assert 0.14 < time.perf_counter() - began < 5
    assert call()["statusCode"] == 200


def test_a_task_that_fails_after_its_request_does_not_break_the_next_one() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"].endswith("slow"):
            try:
                await asyncio.sleep(30)
            finally:
                await asyncio.sleep(0.2)
                raise RuntimeError("too late")
        await asyncio.sleep(0.3)
        await respond(send)

    call = serve(app)
    assert code_of(call(http_event("/users/slow"), remaining=100)) == "TIMEOUT"
    assert call()["statusCode"] == 200


def test_the_applications_own_response_to_an_error_is_delivered_and_the_error_is_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = FastAPI()

    @app.exception_handler(Exception)
    async def handle(request: Request, error: Exception) -> PlainTextResponse:
        return PlainTextResponse("sorry", 503)

    @app.get("/7")
    async def endpoint() -> None:
        raise RuntimeError("broken")

    result = serve(app)()
    assert (result["statusCode"], result["body"]) == (503, "sorry")
    line = lines(capsys.readouterr().out)[0]
    assert (line["code"], line["error"]["message"], line["requestId"]) == ("HANDLER_FAILED", "broken", "the-request")


def test_an_error_of_a_task_that_no_code_awaits_is_logged_and_does_not_cost_the_response(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = FastAPI()

    async def fail() -> None:
        raise RuntimeError("left behind")

    @app.get("/7")
    async def endpoint() -> str:
        asyncio.get_running_loop().create_task(fail())
        await asyncio.sleep(0.01)
        return "ok"

    assert serve(app)()["statusCode"] == 200
    line = lines(capsys.readouterr().out)[0]
    assert (line["code"], line["error"]["message"], line["router"]) == ("UNHANDLED_REJECTION", "left behind", "/users")


def test_synchronous_endpoints_of_several_requests_use_the_same_thread() -> None:
    app = FastAPI()
    threads = []

    @app.get("/7")
    def endpoint() -> str:
        threads.append(threading.get_ident())
        return "ok"

    call = serve(app)
    for _ in range(3):
        assert call()["statusCode"] == 200
    assert len(set(threads)) == 1


@pytest.mark.parametrize(
    "messages",
    [
        [OK[1]],
        [OK[0], OK[0]],
        [*OK, OK[1]],
        [OK[0]],
        [{**OK[0], "status": 99}, OK[1]],
        [{**OK[0], "headers": [(b"a", b"x\r\nset-cookie: a=1")]}, OK[1]],
        [{**OK[0], "headers": [(b"a b", b"x")]}, OK[1]],
        [{**OK[0], "headers": [("a", "x")]}, OK[1]],
    ],
)
def test_a_response_that_breaks_the_protocol_is_never_half_delivered(messages: list[dict[str, Any]]) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages if scope["type"] == "http" else []:
            await send(message)

    result = serve(app)()
    # A complete response stays valid, whatever is sent behind it.
    assert result["statusCode"] == (200 if messages[:2] == OK else 500)


def test_a_router_that_exits_is_answered() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            raise SystemExit(1)

    assert code_of(serve(app)()) == "HANDLER_FAILED"


def test_the_scope_has_the_event_and_the_context() -> None:
    seen = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope)
        if scope["type"] == "http":
            await respond(send)

    event = http_event("/users/a b")
    serve(app)(event)
    assert seen["aws.event"] is event
    assert (seen["path"], seen["root_path"], seen["raw_path"]) == ("/users/a b", "/users", b"/users/a%20b")

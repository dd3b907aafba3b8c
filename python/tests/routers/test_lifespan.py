"""Startup and shutdown of routers that are loaded late."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import fastapi
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from lazy_api import RouterLoadError, include_lazy_routers, lazy_routers

from ..conftest import Write

EVENTS = """
    import events
    from fastapi import APIRouter
    router = APIRouter()

    async def start():
        events.log.append("start")

    router.add_event_handler("startup", start)
    router.add_event_handler("shutdown", lambda: events.log.append("stop"))

    @router.get("/")
    def read():
        events.log.append("read")
"""
LIFESPAN = """
    import asyncio, events
    from contextlib import asynccontextmanager
    from fastapi import APIRouter, Request

    @asynccontextmanager
    async def lifespan(app):
        events.log.append("enter")
        task = asyncio.current_task()
        yield {"pool": "of the router", "name": "of the router"}
        events.log.append("exit in the same task" if asyncio.current_task() is task else "exit")

    router = APIRouter(lifespan=lifespan)

    @router.get("/")
    def read(request: Request):
        events.log.append("read")
        return [request.state.pool, request.state.name]
"""
FAILS_ONCE = """
    import events
    from fastapi import APIRouter
    router = APIRouter()

    def start():
        events.log.append("start")
        if len(events.log) == 1:
            raise OSError("not yet")

    router.add_event_handler("startup", start)

    @router.get("/")
    def read():
        return "read"
"""
# Before, a router of FastAPI has no lifespan of its own, or nothing enters it.
MERGES_LIFESPANS = tuple(int(part) for part in fastapi.__version__.split(".")[:2]) >= (0, 112)


@pytest.fixture
def log(write: Write) -> list[str]:
    write(
        {"events.py": "log = []", "with_events.py": EVENTS, "with_lifespan.py": LIFESPAN, "fails_once.py": FAILS_ONCE}
    )
    log: list[str] = importlib.import_module("events").log
    return log


def lazy_app(target: str, **options: Any) -> FastAPI:
    app = FastAPI(**options)
    include_lazy_routers(app, {"/late": target})
    return app


def eager_log(log: list[str], name: str, **options: Any) -> list[str]:
    app = FastAPI(**options)
    app.include_router(importlib.import_module(name).router, prefix="/late")
    with TestClient(app) as client:
        client.get("/late/")
    result = list(log)
    log.clear()
    return result


def test_handlers_run_before_the_first_request_and_at_shutdown_as_often_as_eager_ones(log: list[str]) -> None:
    expected = eager_log(log, "with_events")
    app = lazy_app("with_events:router")
    with TestClient(app) as client:
        assert log == []
        client.get("/late/")
    assert log == expected
    assert log[0] == "start" and log[-1] == "stop"


def test_an_application_that_starts_again_runs_the_handlers_of_a_loaded_router_at_startup(log: list[str]) -> None:
    app = lazy_app("with_events:router")
    with TestClient(app) as client:
        client.get("/late/")
    log.clear()
    with TestClient(app):
        assert "start" in log


def test_a_router_that_is_loaded_before_the_start_runs_its_handlers_at_startup(log: list[str]) -> None:
    expected = eager_log(log, "with_events")
    app = lazy_app("with_events:router")
    lazy_routers(app)[0].load()
    with TestClient(app) as client:
        client.get("/late/")
    assert log == expected


def test_a_router_that_is_loaded_by_hand_after_the_start_runs_its_handlers_before_a_request(log: list[str]) -> None:
    expected = eager_log(log, "with_events")
    app = lazy_app("with_events:router")
    with TestClient(app) as client:
        lazy_routers(app)[0].load()
        assert log == []
        client.get("/late/")
    assert log == expected


def test_a_router_that_was_never_started_starts_once_with_the_application(log: list[str]) -> None:
    expected = eager_log(log, "with_events")
    app = lazy_app("with_events:router")
    with TestClient(app):
        lazy_routers(app)[0].load()
    log.clear()
    with TestClient(app) as client:
        client.get("/late/")
    assert log == expected


def test_without_a_lifespan_no_handler_runs_as_without_laziness(log: list[str]) -> None:
    TestClient(lazy_app("with_events:router")).get("/late/")
    assert log == ["read"]


if MERGES_LIFESPANS:

    def test_an_application_with_its_own_lifespan_treats_handlers_as_without_laziness(log: list[str]) -> None:
        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[None]:
            yield

        expected = eager_log(log, "with_events", lifespan=lifespan)
        with TestClient(lazy_app("with_events:router", lifespan=lifespan)) as client:
            client.get("/late/")
        assert log == expected

    def test_a_lifespan_of_a_late_router_is_entered_and_left_by_one_task(log: list[str]) -> None:
        with TestClient(lazy_app("with_lifespan:router")) as client:
            client.get("/late/")
            client.get("/late/")
        assert log == ["enter", "read", "read", "exit in the same task"]

    def test_requests_see_the_state_of_a_late_lifespan_and_the_application_wins(log: list[str]) -> None:
        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, str]]:
            yield {"name": "of the application"}

        app = lazy_app("with_lifespan:router", lifespan=lifespan)
        for _ in range(2):
            with TestClient(app) as client:
                for _ in range(2):
                    assert client.get("/late/").json() == ["of the router", "of the application"]


def test_a_handler_that_fails_is_run_again_by_the_next_request(log: list[str]) -> None:
    app = lazy_app("fails_once:router")
    with TestClient(app) as client:
        with pytest.raises(RouterLoadError, match="its startup failed, OSError: not yet"):
            client.get("/late/")
        assert client.get("/late/").json() == "read"


def test_the_schema_starts_the_routers_that_it_loads(log: list[str]) -> None:
    with TestClient(lazy_app("with_events:router")) as client:
        client.get("/openapi.json")
        assert log[:1] == ["start"]

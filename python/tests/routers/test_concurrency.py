"""Many requests, threads, and event loops at once."""

from __future__ import annotations

import asyncio
import importlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.testclient import TestClient

from lazy_api import include_lazy_routers, lazy_routers
from lazy_api.routers import offload
from lazy_api.routers.lazy_route import LazyRoute

from ..conftest import Write

SLOW = """
    import asyncio, time, counter
    from fastapi import APIRouter
    counter.imports.append(__name__)
    try:
        counter.loops.append(asyncio.get_event_loop())
    except RuntimeError:
        counter.loops.append(None)
    time.sleep(0.3)
    router = APIRouter()
    router.add_event_handler("startup", lambda: None)

    @router.get("/{name}")
    async def read(name: str):
        return name

    @router.get("/sync/{name}")
    def read_sync(name: str):
        return name
"""


@pytest.fixture
def counter(write: Write) -> Any:
    write({"counter.py": "imports = []\nloops = []", "slow.py": SLOW, "slower.py": SLOW})
    return importlib.import_module("counter")


def create() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def health() -> str:
        return "ok"

    include_lazy_routers(app, {"/slow": "slow:router", "/slower": "slower:router"})
    return app


async def get(app: FastAPI, path: str) -> int:
    """A request in this event loop, without a client library."""
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"test")],
        "server": ("test", 80),
        "client": ("test", 1),
    }
    await app(scope, receive, send)
    return statuses[0]


def test_an_import_does_not_block_other_requests(counter: Any) -> None:
    async def race() -> list[str]:
        app, order = create(), list[str]()

        async def visit(path: str) -> None:
            assert await get(app, path) == 200
            order.append(path)

        first = asyncio.create_task(visit("/slow/a"))
        await asyncio.sleep(0.1)
        await visit("/health")
        await first
        return order

    assert asyncio.run(race()) == ["/health", "/slow/a"]


def test_a_hundred_first_requests_import_each_router_once_and_leave_the_thread_pool_free(counter: Any) -> None:
    async def race() -> float:
        app = create()
        await get(app, "/health")
        requests = [asyncio.create_task(get(app, f"/slow{'er' * (i % 2)}/{i}")) for i in range(100)]
        await asyncio.sleep(0.05)
        start = asyncio.get_running_loop().time()
        await run_in_threadpool(lambda: None)
        free = asyncio.get_running_loop().time() - start
        assert await asyncio.gather(*requests) == [200] * 100
        return free

    assert asyncio.run(race()) < 0.25
    assert sorted(counter.imports) == ["slow", "slower"]


def test_a_router_that_is_imported_already_is_loaded_without_a_thread(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    router = "from fastapi import APIRouter\nrouter = APIRouter()\nrouter.add_api_route('', lambda: 'ok')\n"
    write({"light.py": router, "slow.py": router})
    importlib.import_module("light")
    app = FastAPI()
    include_lazy_routers(app, {"/light": "light:router", "/slow": "slow:router"})

    def no_thread(*_: object) -> None:
        raise AssertionError("a thread is used")

    monkeypatch.setattr(offload, "run_in_threadpool", no_thread)
    assert asyncio.run(get(app, "/light")) == 200
    with pytest.raises(AssertionError, match="a thread is used"):
        asyncio.run(get(app, "/slow"))


def test_the_module_sees_the_running_event_loop(counter: Any) -> None:
    async def visit() -> Any:
        await get(create(), "/slow/a")
        return asyncio.get_running_loop()

    loop = asyncio.run(visit())
    assert counter.loops == [loop]


def test_threads_with_their_own_event_loops_share_one_import(counter: Any) -> None:
    app = create()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda i: TestClient(app).get(f"/slow/{i}").status_code, range(16)))
    assert statuses == [200] * 16
    assert counter.imports == ["slow"]
    assert [repr(route) for route in app.routes if isinstance(route, LazyRoute)] == [
        "LazyRoute(prefix='/slower', target='slower:router')"
    ]


def test_threads_that_load_a_router_at_once_include_it_once(counter: Any) -> None:
    app = create()
    before = len(app.router.on_startup)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: lazy_routers(app)[0].load(), range(8)))
    assert len(app.router.on_startup) == before + 1


def test_a_list_of_routes_that_is_being_read_keeps_its_routes_while_routers_take_their_places(counter: Any) -> None:
    app = create()
    app.add_api_route("/last", lambda: None)
    expected = list(app.routes)
    reading = iter(app.routes)
    read = [next(reading) for _ in expected[:-3]]
    for router in lazy_routers(app):
        router.load()
    assert [*read, *reading] == expected


def test_requests_to_other_routes_find_them_while_routers_take_their_places(counter: Any) -> None:
    app = create()

    @app.get("/last")
    async def last() -> str:
        return "last"

    def visit(i: int) -> int:
        if i == 10:
            for router in lazy_routers(app):
                router.load()
        return asyncio.run(get(app, "/last"))

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(visit, range(200))) == {200}

"""Lazy routers in an application of Starlette alone. No test here imports FastAPI."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from lazy_api import LazyRouterError, RouterLoadError, include_lazy_routers, lazy_routers

from ..conftest import Write

USERS = """
    from starlette.responses import PlainTextResponse
    from starlette.routing import Mount, Route, Router, WebSocketRoute

    async def read(request):
        return PlainTextResponse(request.path_params["user"])

    async def echo(websocket):
        await websocket.accept()
        await websocket.send_text("hello")
        await websocket.close()

    routes = [Route("/{user}", read, name="read"), Mount("/sub", routes=[Route("/{user}", read, name="sub")])]
    router = Router([*routes, WebSocketRoute("/events/all", echo)])
    empty = []
"""


@pytest.fixture
def app(write: Write) -> Starlette:
    write({"star_users.py": USERS})
    app = Starlette(routes=[Route("/health", lambda request: PlainTextResponse("ok"))])
    targets = {"/users": "star_users:router", "/listed": "star_users:routes", "/empty": "star_users:empty"}
    include_lazy_routers(app, targets)
    return app


def test_a_router_is_loaded_by_its_first_request(app: Starlette) -> None:
    client = TestClient(app)
    assert client.get("/health").text == "ok"
    assert [router.loaded for router in lazy_routers(app)] == [False, False, False]
    assert client.get("/users/ann").text == "ann"
    assert client.get("/users/sub/ann").text == "ann"
    assert client.post("/users/ann").status_code == 405
    assert client.get("/users-archive").status_code == 404
    assert [router.prefix for router in lazy_routers(app) if router.loaded] == ["/users"]


def test_a_request_that_no_route_matches_has_no_route_in_its_scope(app: Starlette) -> None:
    scopes: list[Any] = []

    async def record(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)
        await app(scope, receive, send)

    TestClient(record).get("/users")
    assert "route" not in scopes[0]


def test_a_module_can_export_a_list_of_routes(app: Starlette) -> None:
    assert TestClient(app).get("/listed/ann").text == "ann"


def test_url_path_for_finds_routes_below_the_prefix(app: Starlette) -> None:
    assert app.url_path_for("read", user="ann") == "/users/ann"
    assert app.url_path_for("sub", user="ann") == "/users/sub/ann"


def test_websockets_are_served(app: Starlette) -> None:
    with TestClient(app).websocket_connect("/users/events/all") as websocket:
        assert websocket.receive_text() == "hello"


def test_an_empty_list_is_not_a_router(app: Starlette) -> None:
    with pytest.raises(RouterLoadError, match="it is an empty list, not a router; make it a Router or a list"):
        TestClient(app).get("/empty")


def test_options_of_fastapi_are_refused() -> None:
    with pytest.raises(LazyRouterError, match="tags needs a FastAPI application, got Starlette"):
        include_lazy_routers(Starlette(), {"/users": "star_users:router"}, tags=["users"])


def test_fastapi_is_not_imported(app: Starlette) -> None:
    code = """
import sys
from starlette.applications import Starlette
from starlette.routing import Router
from lazy_api import include_lazy_routers
sys.modules["target"] = type(sys)("target")
sys.modules["target"].router = Router()
include_lazy_routers(Starlette(), {"/users": "target:router"}, lazy=False)
assert "fastapi" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)

"""An APIRouter with lazy routers does what the same APIRouter does with eager ones."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException
from starlette.testclient import TestClient

from lazy_api import LazyRouterError, RouterLoadError, include_lazy_routers, lazy_routers

from ..conftest import Write

FILES = {
    "routes/__init__.py": "",
    "routes/users.py": """
        from fastapi import APIRouter
        router = APIRouter(prefix="/users", tags=["users"])
        @router.get("/{user_id}")
        def read_user(user_id: str):
            return user_id
    """,
    "routes/items.py": """
        from fastapi import APIRouter
        router = APIRouter()
        router.on_startup.append(lambda: started.append("items"))
        started = []
        @router.get("/")
        def list_items(organization: str):
            return organization
    """,
    "routes/plain.py": """
        from starlette.responses import PlainTextResponse
        router = [PlainTextResponse("no router")]
    """,
}
TARGETS = {"/users": "routes.users:router", "/{organization}/items": "routes.items:router"}


@pytest.fixture(autouse=True)
def routes(write: Write) -> None:
    write(FILES)


def deny(x_key: str = Header("")) -> None:
    if x_key != "secret":
        raise HTTPException(403)


def create_app(lazily: bool) -> FastAPI:
    """The routers of organizations are nested twice, and routes are before, between, and after the lazy ones."""
    organizations = APIRouter(prefix="/{organization}", dependencies=[Depends(deny)], tags=["organizations"])
    api = APIRouter(responses={418: {"description": "teapot"}})

    @api.get("/health")
    def health() -> str:
        return "ok"

    include(api, "/users", "routes.users", lazily)

    @api.get("/users-archive")
    def archive() -> str:
        return "archive"

    include(organizations, "/items", "routes.items", lazily, tags=["items"])
    nest(api, organizations, lazily, deprecated=True)

    @api.get("/{anything}/items/late")
    def late(anything: str) -> str:
        return anything

    app = FastAPI()
    nest(app, api, lazily, prefix="/api/v1")
    return app


def include(router: APIRouter, prefix: str, module: str, lazily: bool, **options: Any) -> None:
    if lazily:
        include_lazy_routers(router, {prefix: f"{module}:router"}, **options)
    else:
        value = importlib.import_module(module).router
        router.include_router(value, prefix="" if value.prefix else prefix, **options)


def nest(outer: Any, router: APIRouter, lazily: bool, **options: Any) -> None:
    if lazily:
        include_lazy_routers(outer, router, **options)
    else:
        outer.include_router(router, **options)


@pytest.mark.parametrize(
    "path",
    ["/health", "/users/7", "/users", "/users-archive", "/acme/items/", "/acme/items", "/acme/items/late", "/nothing"],
)
@pytest.mark.parametrize("headers", [{}, {"x-key": "secret"}])
def test_a_request_gets_the_eager_response(path: str, headers: dict[str, str]) -> None:
    eager, lazy = (get(create_app(lazily), f"/api/v1{path}", headers) for lazily in (False, True))
    assert lazy == eager


def get(app: FastAPI, path: str, headers: dict[str, str]) -> tuple[int, str]:
    with TestClient(app) as client:
        response = client.get(path, headers=headers)
    return response.status_code, response.text


def test_the_schema_is_the_eager_one() -> None:
    assert create_app(True).openapi() == create_app(False).openapi()


def test_the_prefixes_are_complete_and_a_request_loads_only_its_router() -> None:
    app = create_app(True)
    TestClient(app).get("/api/v1/users/7")
    assert [(router.prefix, router.loaded) for router in lazy_routers(app)] == [
        ("/api/v1/users", True),
        ("/api/v1/{organization}/items", False),
    ]


def test_the_names_of_routes_are_found() -> None:
    app = create_app(True)
    assert app.url_path_for("read_user", user_id="7") == "/api/v1/users/7"
    assert app.url_path_for("list_items", organization="acme") == "/api/v1/acme/items/"


def test_one_router_can_be_included_twice() -> None:
    api, app = APIRouter(), FastAPI()
    include_lazy_routers(api, TARGETS)
    for version in ("/v1", "/v2"):
        include_lazy_routers(app, api, prefix=version)
    client = TestClient(app)
    assert [client.get(f"/{version}/users/7").json() for version in ("v1", "v2")] == ["7", "7"]
    assert [router.loaded for router in lazy_routers(app)] == [True, False, True, False]


@pytest.mark.parametrize("routes_after", [0, 1])
def test_startup_handlers_run_as_often_as_with_include_router(routes_after: int) -> None:
    eager, lazy = (starts_of(lazily, routes_after) for lazily in (False, True))
    assert lazy == eager
    assert set(importlib.import_module("routes.items").started) == {"items"}


def starts_of(lazily: bool, routes_after: int) -> list[str]:
    starts: list[str] = []
    api, app = APIRouter(), FastAPI()
    api.on_startup.append(lambda: starts.append("api"))
    if lazily:
        include_lazy_routers(api, TARGETS)
    for _ in range(routes_after):
        api.add_api_route("/late", lambda: "late")
    nest(app, api, lazily)
    with TestClient(app) as client:
        assert client.get("/acme/items/").status_code == (200 if lazily else 404)
    return starts


def test_without_laziness_the_routers_are_loaded_when_the_application_includes_them() -> None:
    api, app = APIRouter(), FastAPI()
    assert include_lazy_routers(api, {**TARGETS, "/broken": "routes.broken:router"}, lazy=False) == []
    with pytest.raises(RouterLoadError, match=r"No module named 'routes\.broken'"):
        include_lazy_routers(app, api)
    assert [router.loaded for router in lazy_routers(app)] == [True, True, False]


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_include_router_says_what_to_write_instead(prefix: str) -> None:
    api, app = APIRouter(), FastAPI()
    include_lazy_routers(api, TARGETS)
    with pytest.raises(LazyRouterError, match=r"write include_lazy_routers\(app, api_router\) instead of") as raised:
        app.include_router(api, prefix=prefix)
        # FastAPI 0.137 and later read the routes of a router with a prefix when they are needed.
        app.openapi()
    assert raised.value.code == "LAZY_APP"
    assert 'the APIRouter has the lazy router "/users" (routes.users:router)' in str(raised.value)


def test_only_an_api_router_can_be_nested() -> None:
    api, app = APIRouter(), FastAPI()
    include_lazy_routers(api, {"/plain": "routes.plain:router"})
    (inclusion,) = include_lazy_routers(app, api)
    with pytest.raises(RouterLoadError, match="which an APIRouter cannot include; make it an APIRouter"):
        inclusion.load()


def test_a_router_without_lazy_routers_is_refused() -> None:
    with pytest.raises(LazyRouterError, match="the APIRouter has no lazy routers; add some with include_lazy_routers"):
        include_lazy_routers(FastAPI(), APIRouter())


def test_each_level_can_change_a_router_from_the_inside_out() -> None:
    calls: list[str] = []
    api, app = APIRouter(), FastAPI()
    include_lazy_routers(api, TARGETS, prepare=lambda router: calls.append("inner"))
    include_lazy_routers(app, api, prepare=lambda router: calls.append("outer"))
    assert TestClient(app).get("/users/7").json() == "7"
    assert calls == ["inner", "outer"]

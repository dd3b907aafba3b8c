"""An application with lazy routers does what the same application does with eager routers."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import NoMatchFound
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lazy_api import include_lazy_routers, lazy_routers

from ..conftest import Write
from .backend import FILES, create_app, eager, lazy, request


@pytest.fixture(autouse=True)
def backend(write: Write) -> None:
    write(FILES)


PREBUILT = """
    from fastapi import APIRouter
    from fastapi.routing import APIRoute

    def read():
        pass

    router = APIRouter(routes=[APIRoute("/all", read)])
"""

REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/api/v1/providers", {}),
    ("GET", "/api/v1/providers/", {}),
    ("POST", "/api/v1/providers/", {"json": {"name": "south"}}),
    ("POST", "/api/v1/providers/", {"json": {"beds": "x"}}),
    ("POST", "/api/v1/providers", {"json": {"name": "south"}}),
    ("GET", "/api/v1/providers/first", {}),
    ("GET", "/api/v1/providers/region", {}),
    ("POST", "/api/v1/providers/region", {}),
    ("GET", "/api/v1/providers/refused", {}),
    ("GET", "/api/v1/providers/missing", {}),
    ("GET", "/api/v1/providers/link", {}),
    ("GET", "/api/v1/providers/7", {}),
    ("GET", "/api/v1/providers/7?q=%20", {}),
    ("HEAD", "/api/v1/providers/7", {}),
    ("GET", "/api/v1/providers/files/a.txt", {}),
    ("GET", "/api/v1/providers/7/late", {}),
    ("GET", "/api/v1/providers/7/nothing", {}),
    ("DELETE", "/api/v1/providers/7", {}),
    ("OPTIONS", "/api/v1/providers", {}),
    ("GET", "/api/v1/providers-archive", {}),
    ("GET", "/api/v1/providers-archive/7", {}),
    ("GET", "/api/v1/reports/7", {}),
    ("GET", "/api/v1/reports/7/", {}),
    ("GET", "/api/v1/reports/seven/", {}),
    ("GET", "/api/v1/reports", {}),
    ("PUT", "/api/v1/reports/7/", {}),
    ("GET", "/nothing", {}),
    ("GET", "//api/v1/providers", {}),
    ("GET", "/API/v1/providers", {}),
    ("GET", "/openapi.json", {}),
    ("GET", "/docs", {}),
    ("GET", "/redoc", {}),
]


@pytest.mark.parametrize(("method", "path", "options"), REQUESTS, ids=[" ".join(each[:2]) for each in REQUESTS])
def test_a_first_request_and_a_second_one_get_the_eager_response(method: str, path: str, options: Any) -> None:
    expected = request(create_app(eager), method, path, **options)
    app = create_app(lazy)
    assert [request(app, method, path, **options) for _ in range(2)] == [expected, expected]


def test_all_requests_in_one_application_get_the_eager_responses() -> None:
    eager_app, lazy_app = create_app(eager), create_app(lazy)
    for method, path, options in REQUESTS:
        assert request(lazy_app, method, path, **options) == request(eager_app, method, path, **options), path


@pytest.mark.parametrize(
    ("path", "loaded"),
    [
        ("/api/v1/providers/7", ["/api/v1/providers"]),
        ("/api/v1/providers", ["/api/v1/providers"]),
        ("/api/v1/reports/7/", ["/api/v1/reports"]),
        ("/api/v1/providers/first", []),
        ("/api/v1/providers-archive", []),
        ("/nothing", []),
        ("/openapi.json", ["/api/v1/providers", "/api/v1/reports"]),
        ("/docs", ["/api/v1/providers", "/api/v1/reports"]),
    ],
)
def test_a_request_loads_only_the_routers_that_it_needs(path: str, loaded: list[str]) -> None:
    app = create_app(lazy)
    request(app, "GET", path)
    assert [router.prefix for router in lazy_routers(app) if router.loaded] == loaded
    assert {"api.v1.providers", "api.v1.reports"} & sys.modules.keys() == {
        prefix.replace("/", ".")[1:] for prefix in loaded
    }


def test_the_routes_are_the_eager_ones_in_the_eager_order_after_all_are_loaded() -> None:
    def listed(app: Any) -> list[str]:
        return [f"{type(route).__name__} {getattr(route, 'path', '')}" for route in app.routes]

    app = create_app(lazy)
    for router in lazy_routers(app):
        router.load()
    assert listed(app) == listed(create_app(eager))


def test_the_schema_is_the_eager_one() -> None:
    assert create_app(lazy).openapi() == create_app(eager).openapi()


def test_routers_that_are_included_after_the_schema_was_read_change_it_as_eager_ones_do(write: Write) -> None:
    write({"prebuilt.py": PREBUILT})

    def schema(lazily: bool) -> Any:
        app = FastAPI()
        app.openapi()
        include_lazy_routers(app, {"/users": "prebuilt:router"}, lazy=lazily)
        return app.openapi()["paths"].keys()

    eager_app = FastAPI()
    eager_app.openapi()
    eager_app.include_router(importlib.import_module("prebuilt").router, prefix="/users")
    assert schema(True) == schema(False) == eager_app.openapi()["paths"].keys()


def test_an_openapi_function_that_the_application_replaces_sees_all_routers() -> None:
    app = create_app(lazy)
    original = type(app).openapi
    app.openapi = lambda: {**original(app), "x-mine": True}  # type: ignore[method-assign]
    schema = TestClient(app).get("/openapi.json").json()
    assert schema == {**create_app(eager).openapi(), "x-mine": True}


def test_url_path_for_loads_routers_until_one_has_the_name() -> None:
    app = create_app(lazy)
    assert app.url_path_for("list_providers") == "/api/v1/providers"
    assert [router.loaded for router in lazy_routers(app)] == [True, False]
    assert app.url_path_for("read_report", report_id=7) == "/api/v1/reports/7/"
    with pytest.raises(NoMatchFound):
        app.url_path_for("no_such_route")


def test_a_module_is_imported_without_the_context_variables_of_the_request(write: Write) -> None:
    write(
        {
            "tenant.py": "from contextvars import ContextVar\ntenant = ContextVar('tenant', default='no tenant')",
            "tenants.py": """
            from fastapi import APIRouter
            from tenant import tenant
            router, at_import = APIRouter(), tenant.get()
            @router.get("/")
            async def read():
                return [at_import, tenant.get()]
        """,
        }
    )
    tenant = importlib.import_module("tenant").tenant
    app = FastAPI()
    include_lazy_routers(app, {"/tenants": "tenants:router"})

    async def with_tenant(scope: Any, receive: Any, send: Any) -> None:
        tenant.set("acme")
        await app(scope, receive, send)

    assert TestClient(with_tenant).get("/tenants/").json() == ["no tenant", "acme"]


def test_dependency_overrides_apply_to_routers_that_are_loaded_later() -> None:
    app = create_app(lazy)
    app.dependency_overrides[importlib.import_module("settings").region] = lambda: "us"
    assert TestClient(app).get("/api/v1/providers/region").json() == "us"


def test_background_tasks_run() -> None:
    request(create_app(lazy), "POST", "/api/v1/providers/", json={"name": "west"})
    assert importlib.import_module("settings").seen == ["west"]


def test_a_websocket_can_be_the_first_connection() -> None:
    app = create_app(lazy)
    with TestClient(app).websocket_connect("/api/v1/providers/7/events") as websocket:
        assert websocket.receive_text() == "7"
    with pytest.raises(WebSocketDisconnect), TestClient(app).websocket_connect("/api/v1/providers/7/nothing"):
        pass


def test_a_mounted_application_has_lazy_routers_too() -> None:
    outer = FastAPI()
    outer.mount("/inner", create_app(lazy))
    client = TestClient(outer)
    assert client.get("/inner/api/v1/providers/7").json() == {"id": "7", "app": "clinic"}
    assert "/api/v1/reports/{report_id}/" in client.get("/inner/openapi.json").json()["paths"]


def test_a_root_path_changes_nothing() -> None:
    for add_routers in (eager, lazy):
        client = TestClient(create_app(add_routers), root_path="/stage")
        assert client.get("/api/v1/providers/7").status_code == 200
        assert client.get("/openapi.json").status_code == 200


def test_a_list_of_routes_that_another_application_has_copied_keeps_working() -> None:
    app = create_app(lazy)
    copied = FastAPI(routes=list(app.routes))
    for _ in range(2):
        assert TestClient(copied).get("/api/v1/providers/region").json() == "eu"
        assert TestClient(copied).delete("/api/v1/providers/region").status_code == 405


def test_url_path_for_loads_only_the_router_that_has_the_name_if_the_names_are_known() -> None:
    app = create_app(lazy)
    providers, reports = lazy_routers(app)
    providers.names, reports.names = frozenset(["list_providers", "files"]), frozenset(["read_report"])
    assert app.url_path_for("read_report", report_id=7) == "/api/v1/reports/7/"
    assert (providers.loaded, reports.loaded) == (False, True)
    with pytest.raises(NoMatchFound):
        app.url_path_for("no_such_route")
    assert not providers.loaded
    with pytest.raises(NoMatchFound):
        app.url_path_for("files:no_such_file")
    assert providers.loaded

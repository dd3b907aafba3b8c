"""Routers that cannot be loaded."""

from __future__ import annotations

import sys

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.testclient import TestClient

from lazy_api import RouterLoadError, include_lazy_routers, lazy_routers, loading

from ..conftest import Write

HEALTHY = """
    from fastapi import APIRouter
    router = APIRouter()
    @router.get("/")
    def read():
        return "healthy"
"""
NEEDS_DATABASE = "import os\nif 'DATABASE' not in os.environ: raise ConnectionError('no database')\n"


@pytest.fixture
def app(write: Write, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.delenv("DATABASE", raising=False)
    monkeypatch.setattr(loading, "_WAITS", (0.0,))
    from textwrap import dedent

    write(
        {
            "healthy.py": HEALTHY,
            "flaky/__init__.py": "from . import part\n" + NEEDS_DATABASE + dedent(HEALTHY),
            "flaky/part.py": "",
            "text.py": "router = 'text'",
            "nothing.py": "",
            "not_included.py": "from fastapi import APIRouter\nrouter = APIRouter(on_startup=3)\nrouter.routes = None",
        }
    )
    app = FastAPI()
    include_lazy_routers(app, {f"/{name}": f"{name}:router" for name in ("flaky", "healthy", "text", "nothing")})
    return app


def test_a_failed_import_responds_with_500_and_leaves_the_other_routers_alone(app: FastAPI) -> None:
    client = TestClient(app, raise_server_exceptions=False)
    assert [client.get(path).status_code for path in ("/flaky/", "/healthy/", "/flaky/")] == [500, 200, 500]
    assert [name for name in sys.modules if name.startswith("flaky")] == []


def test_a_websocket_of_a_broken_router_is_refused(app: FastAPI) -> None:
    with pytest.raises(RouterLoadError), TestClient(app).websocket_connect("/flaky/events"):
        pass


def test_a_router_that_recovers_serves_the_next_request(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/flaky/").status_code == 500
    monkeypatch.setenv("DATABASE", "yes")
    assert client.get("/flaky/").json() == "healthy"


def test_the_application_can_handle_the_error(app: FastAPI) -> None:
    @app.exception_handler(RouterLoadError)
    def handle(request: object, error: RouterLoadError) -> JSONResponse:
        return JSONResponse({"code": error.code, "router": error.prefix}, 503)

    response = TestClient(app).get("/flaky/")
    assert (response.status_code, response.json()) == (503, {"code": "ROUTER_LOAD_FAILED", "router": "/flaky"})


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        ("/text", "it is of type builtins.str, not a router; make it an APIRouter, or name another attribute"),
        ("/nothing", 'module "nothing" has no attribute "router"'),
    ],
)
def test_a_module_without_a_router_is_named(app: FastAPI, prefix: str, message: str) -> None:
    with pytest.raises(RouterLoadError) as raised:
        TestClient(app).get(prefix)
    assert raised.value.code == "ROUTER_EXPORT"
    assert message in str(raised.value)


def test_the_schema_names_a_router_that_cannot_be_loaded_after_it_has_loaded_the_others(app: FastAPI) -> None:
    with pytest.raises(RouterLoadError, match="router /flaky"):
        TestClient(app).get("/openapi.json")
    assert [router.prefix for router in lazy_routers(app) if router.loaded] == ["/healthy"]


def test_the_url_of_another_route_does_not_need_the_broken_router(app: FastAPI) -> None:
    assert app.url_path_for("read") == "/healthy/"


def test_a_router_that_cannot_be_included_is_named(write: Write) -> None:
    write({"pathless.py": "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('')\ndef read(): pass"})
    app = FastAPI()
    include_lazy_routers(app, {"/": "pathless:router"})
    with pytest.raises(RouterLoadError, match=r"it cannot be included, .*Prefix and path cannot be both empty"):
        TestClient(app).get("/")


def test_a_router_that_imports_its_unfinished_application_fails_with_the_cycle(write: Write) -> None:
    write(
        {
            "cyclic.py": "from cyclic_main import later\nfrom fastapi import APIRouter\nrouter = APIRouter()",
            "cyclic_main.py": """
            from fastapi import FastAPI
            from lazy_api import include_lazy_routers
            app = FastAPI()
            include_lazy_routers(app, {"/cyclic": "cyclic:router"}, lazy=False)
            later = 1
        """,
        }
    )
    with pytest.raises(RouterLoadError, match="circular import"):
        import cyclic_main  # type: ignore[import-not-found]  # noqa: F401

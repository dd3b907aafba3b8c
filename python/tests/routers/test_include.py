"""include_lazy_routers: its options, its order, and the calls that it refuses."""

from __future__ import annotations

import runpy
import sys
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lazy_api import LazyRouterError, RouterLoadError, include_lazy_routers, lazy_routers

from ..conftest import Write
from .backend import FILES, create_app, eager

ECHO = """
    from fastapi import APIRouter
    router = APIRouter()
    @router.get("/{name}")
    def echo(name: str):
        return [__name__, name]
"""


def test_a_directory_is_relative_to_the_module_that_calls(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(FILES)
    write(
        {
            "main.py": """
        from fastapi import FastAPI
        from lazy_api import include_lazy_routers
        app = FastAPI()
        included = include_lazy_routers(app, "api/v1", prefix="/api/v1")
    """
        }
    )
    monkeypatch.chdir("/")
    main = runpy.run_path(str(root / "main.py"))
    assert [(router.prefix, router.target) for router in main["included"]] == [
        ("/api/v1/providers", "api.v1.providers:router"),
        ("/api/v1/reports", "api.v1.reports:router"),
    ]
    assert TestClient(main["app"]).get("/api/v1/reports/7/").json() == {"title": "report", "id": 7}


def test_a_module_in_a_package_finds_the_directory_next_to_it(write: Write) -> None:
    write(
        {
            "backend/__init__.py": "",
            "backend/routers/__init__.py": "",
            "backend/routers/users.py": ECHO,
            "backend/main.py": """
            from fastapi import FastAPI
            from lazy_api import include_lazy_routers
            app = FastAPI()
            include_lazy_routers(app, "routers")
        """,
        }
    )
    from backend.main import app  # type: ignore[import-not-found]

    assert TestClient(app).get("/users/ann").json() == ["backend.routers.users", "ann"]


def test_options_apply_as_in_include_router(write: Write) -> None:
    write({**FILES, "deny.py": "from fastapi import HTTPException\ndef deny():\n    raise HTTPException(403)"})
    from deny import deny  # type: ignore[import-not-found]

    options: dict[str, Any] = {
        "tags": ["v1"],
        "dependencies": [Depends(deny)],
        "responses": {403: {"description": "denied"}},
        "deprecated": True,
    }
    lazy_app, eager_app = FastAPI(), FastAPI()
    include_lazy_routers(lazy_app, {"/providers": "api.v1.providers:router"}, prefix="/v1", **options)
    from api.v1.providers import router  # type: ignore[import-not-found]

    eager_app.include_router(router, prefix="/v1/providers", **options)
    assert TestClient(lazy_app).get("/v1/providers/7").status_code == 403
    assert lazy_app.openapi() == eager_app.openapi()


def test_without_laziness_every_router_is_imported_at_once(write: Write) -> None:
    write(FILES)
    app = create_app(lambda app: _include_eagerly(app))
    assert [router.loaded for router in lazy_routers(app)] == [True, True]
    assert [type(route) for route in app.routes] == [type(route) for route in create_app(eager).routes]


def _include_eagerly(app: FastAPI) -> None:
    targets = {"/api/v1/providers": "api.v1.providers:router", "/api/v1/reports": "api.v1.reports:router"}
    include_lazy_routers(app, targets, lazy=False)


def test_without_laziness_a_broken_router_fails_at_once(write: Write) -> None:
    write({"broken.py": "import no_such_module"})
    with pytest.raises(RouterLoadError, match="No module named 'no_such_module'"):
        include_lazy_routers(FastAPI(), {"/broken": "broken:router"}, lazy=False)


def test_a_longer_prefix_comes_before_one_that_covers_it(write: Write) -> None:
    write({"general.py": ECHO, "special.py": ECHO, "parameter.py": ECHO})
    app = FastAPI()
    include_lazy_routers(
        app,
        {
            "/users": "general:router",
            "/users/{user_id}/notes": "parameter:router",
            "/users/admins": "special:router",
        },
    )
    client = TestClient(app)
    assert client.get("/users/admins/ann").json() == ["special", "ann"]
    assert client.get("/users/7/notes/first").json() == ["parameter", "first"]
    assert [router.target for router in lazy_routers(app) if router.loaded] == ["parameter:router", "special:router"]
    assert client.get("/users/ann").json() == ["general", "ann"]


def test_a_router_at_the_root_serves_what_no_earlier_route_has(write: Write) -> None:
    write({"root.py": ECHO, "users.py": ECHO})
    app = FastAPI()
    include_lazy_routers(app, {"/": "root:router", "/users": "users:router"})
    client = TestClient(app)
    assert client.get("/users/ann").json() == ["users", "ann"]
    assert [router.prefix for router in lazy_routers(app) if router.loaded] == ["/users"]
    assert client.get("/ann").json() == ["root", "ann"]


def test_lazy_routers_are_found_behind_middleware_that_wraps_the_application(write: Write) -> None:
    from starlette.middleware.gzip import GZipMiddleware

    app = FastAPI()
    include_lazy_routers(app, {"/users": "users:router"})
    assert [router.prefix for router in lazy_routers(GZipMiddleware(app))] == ["/users"]
    assert lazy_routers(FastAPI()) == []


def test_importing_the_package_imports_neither_fastapi_nor_a_router(write: Write) -> None:
    import subprocess

    code = "import lazy_api, sys; assert not {'fastapi', 'starlette', 'lazy_api.loading'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)


FASTAPI_APP: Any = FastAPI


@pytest.mark.parametrize(
    ("app", "routers", "options", "message"),
    [
        (object(), {"/a": "a:router"}, {}, "Starlette application, or an APIRouter, got object; pass"),
        (Starlette(), APIRouter(), {}, "Starlette cannot include an APIRouter; use FastAPI"),
        (FastAPI(), {}, {}, "the mapping is empty; add a router"),
        (FastAPI(), {"users": "a:router"}, {}, "prefix 'users' is not valid; it must start with"),
        (FastAPI(), {"/users/": "a:router"}, {}, "must not end with"),
        (FastAPI(), {"/users": "api/users.py:router"}, {}, 'the router of "/users" is not valid: target must be'),
        (FastAPI(), {"/users": "users"}, {}, 'like "api.v1.providers:router", got "users"'),
        (FastAPI(), {"/users": APIRouter()}, {}, 'must be text, like "api.users:router", got APIRouter'),
        (FastAPI(), ["/users"], {}, "a mapping of prefixes to targets, or an APIRouter, got list"),
        (FastAPI(), {"": "a:router", "/": "b:router"}, {}, 'two routers have the prefix "/"; keep one'),
        (FastAPI(), {"/a": "a:router"}, {"tag": ["x"]}, "tag is not an option of include_router; it has callbacks, "),
        (FastAPI(), "no/such/directory", {}, 'directory must be an existing directory, got "no/such/directory"'),
    ],
)
def test_refuses_what_cannot_work(app: Any, routers: Any, options: Any, message: str) -> None:
    with pytest.raises(LazyRouterError) as raised:
        include_lazy_routers(app, routers, **options)
    assert message in str(raised.value)
    assert raised.value.code.isupper()


def test_a_router_can_be_changed_after_its_import_and_before_it_is_included(write: Write) -> None:
    write({"echo.py": ECHO})

    def name_operations(router: APIRouter) -> None:
        for route in router.routes:
            route.operation_id = f"{calls}-{route.name}"  # type: ignore[attr-defined]
        calls.append("called")

    calls: list[str] = []
    app = FastAPI()
    include_lazy_routers(app, {"/echo": "echo:router"}, prepare=name_operations)
    assert calls == []
    assert app.openapi()["paths"]["/echo/{name}"]["get"]["operationId"] == "[]-echo"
    assert TestClient(app).get("/echo/ann").json() == ["echo", "ann"]
    assert calls == ["called"]


def test_only_a_router_is_changed(write: Write) -> None:
    write({"echo.py": ECHO})

    def add_routes(router: APIRouter) -> None:
        raise AttributeError(f"'{type(router).__name__}' object has no attribute 'routes'")

    (inclusion,) = include_lazy_routers(FastAPI(), {"/echo": "echo:echo"}, prepare=add_routes)
    with pytest.raises(RouterLoadError, match="not a router; make it an APIRouter"):
        inclusion.load()


def test_a_router_that_cannot_be_changed_is_not_loaded(write: Write) -> None:
    write({"echo.py": ECHO})

    def fail(router: APIRouter) -> None:
        raise RuntimeError("not prepared")

    (inclusion,) = include_lazy_routers(FastAPI(), {"/echo": "echo:router"}, prepare=fail)
    for _ in range(2):
        with pytest.raises(RouterLoadError, match="it cannot be included, RuntimeError: not prepared"):
            inclusion.load()


# Libraries for class-based views put the prefix of a router into its routes.
CLASS_BASED = """
    from fastapi import APIRouter
    router, views = APIRouter(prefix="/users"), APIRouter()
    @views.get("/{name}")
    def read(name: str):
        return name
    prefix, router.prefix = router.prefix, ""
    router.include_router(views, prefix=prefix)
"""
WITHOUT_PREFIX = """
    from fastapi import APIRouter
    router = APIRouter()
    @router.get("/users")
    def users():
        return "all"
    @router.get("/users/{name}")
    def read(name: str):
        return name
"""
PARTLY = WITHOUT_PREFIX + """
    @router.get("/users-archive")
    def archive():
        return "archive"
"""


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (ECHO.replace("APIRouter()", 'APIRouter(prefix="/users")'), "/api/users/ann"),
        (CLASS_BASED, "/api/users/ann"),
        (WITHOUT_PREFIX, "/api/users/ann"),
        (PARTLY, "/api/users/users/ann"),
        (ECHO, "/api/users/ann"),
    ],
    ids=["a prefix of the router", "class-based views", "paths of all routes", "paths of some routes", "nothing"],
)
def test_what_repeats_the_end_of_the_prefix_is_not_repeated(source: str, path: str, write: Write) -> None:
    write({"users.py": source})
    app = FastAPI()
    include_lazy_routers(app, {"/users": "users:router"}, prefix="/api")
    assert TestClient(app).get(path).status_code == 200

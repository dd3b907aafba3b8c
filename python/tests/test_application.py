"""An application that includes its routers lazily, in the Lambda half."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from lazy_api.entry import create_lazy_api
from lazy_api.routers import lazy_routers

from .conftest import Write
from .lambda_half import Context, code_of, http_event, lines, rest_event

FILES = {
    "shop/__init__.py": "",
    "shop/main.py": """
        from contextlib import asynccontextmanager
        from fastapi import FastAPI, Request
        from lazy_api.routers import include_lazy_routers

        starts = []

        @asynccontextmanager
        async def lifespan(app):
            starts.append(1)
            yield

        app = FastAPI()
        app.router.lifespan_context = lifespan
        include_lazy_routers(app, "api", prefix="/api")

        @app.get("/health")
        async def health():
            return {"starts": len(starts)}

        @app.get("/link")
        async def link(request: Request):
            return {"link": str(request.url_for("health"))}
    """,
    "shop/api/__init__.py": "",
    "shop/api/orders.py": """
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/{number}")
        async def order(number: int):
            return {"order": number}
    """,
    "shop/api/broken.py": "raise RuntimeError('cannot be loaded')",
}
ROWS = [("/api/broken", "shop.api.broken:router", {}), ("/api/orders", "shop.api.orders:router", {})]
REPORT = {"everyRequest": True, "path": False, "perRouterMetrics": False, "perVersionMetrics": False}


def test_names_of_routes_are_known_unless_other_code_changes_the_router(write: Write) -> None:
    write(
        {
            "named.py": FILES["shop/api/orders.py"],
            "named_main.py": """
                from fastapi import FastAPI
                from lazy_api import include_lazy_routers

                def rename(router):
                    router.routes[0].name = "renamed"

                app = FastAPI()
                include_lazy_routers(app, {"/plain": "named:router"})
                include_lazy_routers(app, {"/prepared": "named:router"}, prepare=rename)
            """,
        }
    )
    rows = [("/plain", "named:router", {}), ("/prepared", "named:router", {})]
    _, init, _ = create_lazy_api(rows, app="named_main:app", traits={})
    init(names={"/plain": ["order"], "/prepared": ["order"]})
    app = sys.modules["named_main"].app
    assert app.url_path_for("renamed", number=1) == "/prepared/1"
    assert [one.loaded for one in lazy_routers(app)] == [False, True]


@pytest.fixture
def function(write: Write, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(write(FILES))
    return create_lazy_api(ROWS, "shop.main:app", {}, report=REPORT)


def test_the_route_decides_which_router_is_loaded(function: Any, capsys: pytest.CaptureFixture[str]) -> None:
    handler, init, _ = function
    init()
    assert "shop.main" in sys.modules
    assert "shop.api.orders" not in sys.modules
    event = http_event("/api/orders/7", "ANY /api/orders/{proxy+}")
    assert json.loads(handler(event, Context())["body"]) == {"order": 7}
    assert handler(event, Context())["statusCode"] == 200
    first, second = lines(capsys.readouterr().out)
    assert (first["router"], "routerLoadMs" in first, "routerLoadMs" in second) == ("/api/orders", True, False)


def test_verification_imports_the_application_and_a_router_but_starts_nothing(function: Any) -> None:
    handler, init, load = function
    assert (load("/"), load("/api/orders")) == ("asgi", "asgi")
    assert sys.modules["shop.main"].starts == []
    assert "shop.api.orders" in sys.modules
    init()
    assert json.loads(handler(http_event("/health", "ANY /{proxy+}"), Context())["body"]) == {"starts": 1}


def test_everything_that_no_router_has_is_served_by_the_application(function: Any) -> None:
    handler, init, _ = function
    init()
    result = handler(http_event("/health", "ANY /{proxy+}"), Context())
    assert json.loads(result["body"]) == {"starts": 1}
    assert handler(http_event("/nothing", "ANY /{proxy+}"), Context())["statusCode"] == 404


def test_a_router_that_cannot_be_loaded_is_answered_by_the_runtime(
    function: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    handler, init, _ = function
    init()
    assert code_of(handler(http_event("/api/broken/7", "ANY /api/broken/{proxy+}"), Context())) == "ROUTER_LOAD_FAILED"
    failure, request = lines(capsys.readouterr().out)
    assert (failure["code"], failure["error"]["message"]) == ("ROUTER_LOAD_FAILED", "cannot be loaded")
    assert (request["router"], request["RouterLoadFailures"]) == ("/api/broken", 1)


def test_an_application_knows_the_stage_that_the_client_has_sent(function: Any) -> None:
    handler, init, _ = function
    init()
    host = "https://id.execute-api.eu-central-1.amazonaws.com"
    result = handler(rest_event("/link", "/{proxy+}"), Context())
    assert json.loads(result["body"]) == {"link": f"{host}/prod/health"}
    mapped = rest_event("/v1/link", "/{proxy+}", pathParameters={"proxy": "link"})
    assert json.loads(handler(mapped, Context())["body"]) == {"link": f"{host}/v1/health"}


@pytest.mark.parametrize("kind", ["provisioned-concurrency", "snap-start"])
def test_an_environment_that_starts_ahead_of_demand_loads_every_router(
    function: Any, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", kind)
    function[1]()
    assert "shop.api.orders" in sys.modules
    failure, summary = lines(capsys.readouterr().out)
    assert (failure["router"], summary["message"]) == ("/api/broken", "INIT could not load 1 modules")


def test_the_application_is_loaded_before_the_modules_of_the_plan(function: Any, write: Write) -> None:
    write({"planned.py": "import sys\nassert 'shop.main' in sys.modules"})
    function[1](modules=["planned"])
    assert "planned" in sys.modules


def test_one_router_can_be_loaded_for_verification_and_the_application_does_not_start(function: Any) -> None:
    assert function[2]("/api/orders") == "asgi"
    assert "shop.api.orders" in sys.modules
    assert sys.modules["shop.main"].starts == []
    assert json.loads(function[0](http_event("/health", "ANY /{proxy+}"), Context())["body"]) == {"starts": 1}

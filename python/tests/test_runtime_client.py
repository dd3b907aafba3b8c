"""A FastAPI application with lazy routers, in Lambda's runtime client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Write
from .lambda_half import code_of, http_event
from .runtime_api import LambdaProcess

ROUTER = """
    from fastapi import APIRouter, BackgroundTasks, Request

    router = APIRouter()

    @router.get("/{number}")
    async def read(number: int, request: Request):
        return {"number": number, "log": request.app.state.log}

    @router.post("")
    def create(tasks: BackgroundTasks, request: Request):
        tasks.add_task(request.app.state.log.append, "sent")
        return {"created": True}
"""
FILES = {
    "shop/__init__.py": "",
    "shop/main.py": """
        from contextlib import asynccontextmanager
        from fastapi import FastAPI
        from lazy_api import include_lazy_routers

        @asynccontextmanager
        async def lifespan(app):
            app.state.log.append("started")
            yield

        app = FastAPI()
        app.state.log = []
        app.router.lifespan_context = lifespan
        include_lazy_routers(app, "api", prefix="/api")
    """,
    "shop/api/__init__.py": "",
    "shop/api/orders.py": ROUTER + """
    @router.get("/of/today", name="latest", include_in_schema=False)
    async def latest(): ...
    """,
    "shop/api/users.py": ROUTER + """
    @router.get("/links/latest", include_in_schema=False)
    async def link(request: Request):
        import sys
        link = str(request.url_for("latest"))
        return {"link": link, "loaded": [name for name in sys.modules if name.startswith("shop.api.")]}
    """,
    "shop/api/invoices.py": ROUTER,
    # What synthesis generates.
    "lazy_api_main.py": """
        from lazy_api.entry import create_lazy_api

        ROUTERS = [
            ("/api/invoices", "shop.api.invoices:router", {"authorized": True}),
            ("/api/orders", "shop.api.orders:router", {}),
            ("/api/users", "shop.api.users:router", {}),
        ]
        REPORT = {"everyRequest": True, "path": False, "perRouterMetrics": False, "perVersionMetrics": False}
        handler, init, load = create_lazy_api(routers=ROUTERS, app="shop.main:app", report=REPORT)
    """,
    "lazy_api_index.py": """
        from lazy_api_main import handler, init

        init(
            modules=[],
            routers=[
                "/api/users",
            ],
            asgi=True,
            names={
                "/api/invoices": ["create", "read"],
                "/api/orders": ["create", "read", "latest"],
            },
        )
    """,
}


@pytest.fixture
def process(write: Write) -> Iterator[LambdaProcess]:
    with LambdaProcess(write(FILES)) as started:
        yield started


def get(process: LambdaProcess, path: str, route: str, **members: Any) -> Any:
    return process.invoke(http_event(path, f"ANY {route}", **members))


def test_init_starts_the_application_once_and_loads_what_the_plan_says(process: LambdaProcess) -> None:
    for number in (1, 2):
        result = get(process, f"/api/users/{number}", "/api/users/{proxy+}")
        assert json.loads(result["body"]) == {"number": number, "log": ["started"]}
    assert [line["router"] for line in process.log_lines] == ["/api/users", "/api/users"]
    assert not any("routerLoadMs" in line for line in process.log_lines)


def test_a_router_is_loaded_by_its_first_request(process: LambdaProcess) -> None:
    for _ in range(2):
        assert get(process, "/api/orders/7", "/api/orders/{proxy+}")["statusCode"] == 200
    first, second = process.log_lines
    assert first["routerLoadMs"] > 0
    assert "routerLoadMs" not in second


def test_a_background_task_ends_with_its_request(process: LambdaProcess) -> None:
    assert get(process, "/api/orders", "/api/orders", method="POST")["statusCode"] == 200
    assert json.loads(get(process, "/api/orders/7", "/api/orders/{proxy+}")["body"])["log"] == ["started", "sent"]


def test_an_event_that_no_authorizer_has_allowed_gets_401_and_loads_no_router(process: LambdaProcess) -> None:
    result = get(process, "/api/invoices/7", "/api/invoices/{proxy+}")
    assert (result["statusCode"], code_of(result)) == (401, "AUTHORIZER_CONTEXT_MISSING")
    assert not any("routerLoadMs" in line for line in process.log_lines)


def test_the_application_serves_the_schema_of_all_routers(process: LambdaProcess) -> None:
    schema = json.loads(get(process, "/openapi.json", "$default")["body"])
    assert sorted(schema["paths"]) == [
        f"/api/{name}{rest}" for name in ("invoices", "orders", "users") for rest in ("", "/{number}")
    ]


def test_url_for_loads_only_the_router_that_has_the_name(process: LambdaProcess) -> None:
    body = json.loads(get(process, "/api/users/links/latest", "/api/users/{proxy+}")["body"])
    assert body["link"] == "https://api.example.com/api/orders/of/today"
    assert sorted(body["loaded"]) == ["shop.api.orders", "shop.api.users"]

"""A FastAPI backend that the tests write to disk, and the same application with eager and with lazy routers."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.testclient import TestClient

from lazy_api import include_lazy_routers

FILES = {
    "api/__init__.py": "",
    "api/v1/__init__.py": "",
    "api/v1/providers.py": """
        from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response, WebSocket
        from pydantic import BaseModel
        from starlette.responses import PlainTextResponse
        from settings import Refused, region, seen

        router = APIRouter()

        class Provider(BaseModel):
            name: str
            beds: int = 1

        @router.get("", response_model=list[Provider], name="list_providers")
        def list_providers():
            return [{"name": "north"}]

        @router.post("/", status_code=201)
        def create(provider: Provider, tasks: BackgroundTasks):
            tasks.add_task(seen.append, provider.name)
            return provider

        @router.get("/region")
        def where(region: str = Depends(region)):
            return region

        @router.get("/refused")
        def refused():
            raise Refused()

        @router.get("/missing")
        def missing():
            raise HTTPException(404, "no such provider")

        @router.get("/link")
        def link(request: Request):
            return str(request.url_for("read_report", report_id="7"))

        @router.get("/{provider_id}")
        def read_provider(provider_id: str, request: Request):
            return {"id": provider_id, "app": request.app.title}

        router.mount("/files", PlainTextResponse("file"))

        @router.head("/{provider_id}")
        def head(response: Response):
            response.headers["x-head"] = "yes"

        @router.websocket("/{provider_id}/events")
        async def events(websocket: WebSocket, provider_id: str):
            await websocket.accept()
            await websocket.send_text(provider_id)
            await websocket.close()
    """,
    "api/v1/reports/__init__.py": """
        from fastapi import APIRouter
        from .texts import TITLE

        router = APIRouter(prefix="/reports", tags=["reports"])

        @router.get("/{report_id}/")
        async def read_report(report_id: int):
            return {"title": TITLE, "id": report_id}
    """,
    "api/v1/reports/texts.py": "TITLE = 'report'",
    "api/v1/_shared.py": "raise RuntimeError('not a router')",
    "api/v1/test_providers.py": "raise RuntimeError('not a router')",
    "settings.py": """
        seen = []

        class Refused(Exception):
            pass

        def region():
            return "eu"
    """,
}


def create_app(add_routers: Callable[[FastAPI], None]) -> FastAPI:
    """An application with routes before and after its routers, middleware, and an exception handler."""
    settings = importlib.import_module("settings")
    app = FastAPI(title="clinic")

    @app.get("/api/v1/providers/first")
    def first() -> str:
        return "the application's route comes first"

    @app.post("/api/v1/providers/region")
    def post_region() -> str:
        return "posted"

    add_routers(app)

    @app.get("/api/v1/providers/{provider_id}/late")
    def late(provider_id: str) -> str:
        return f"late {provider_id}"

    @app.get("/api/v1/providers/{provider_id}")
    def shadowed(provider_id: str) -> str:
        return "never"

    @app.get("/api/v1/providers-archive")
    def archive() -> str:
        return "archive"

    @app.middleware("http")
    async def mark(request: Any, call_next: Any) -> Any:
        response = await call_next(request)
        response.headers["x-route"] = type(request.scope.get("route")).__name__
        return response

    @app.exception_handler(settings.Refused)
    def refuse(request: Any, error: Exception) -> JSONResponse:
        return JSONResponse({"refused": True}, 409)

    return app


def eager(app: FastAPI) -> None:
    for name, prefix in (("providers", "/api/v1/providers"), ("reports", "/api/v1")):
        app.include_router(importlib.import_module(f"api.v1.{name}").router, prefix=prefix)


def lazy(app: FastAPI) -> None:
    targets = {"/providers": "api.v1.providers:router", "/reports": "api.v1.reports:router"}
    include_lazy_routers(app, targets, prefix="/api/v1")


def request(app: FastAPI, method: str, path: str, **options: Any) -> tuple[int, str, dict[str, str]]:
    with TestClient(app) as client:
        response = client.request(method, path, **{_redirects(client): False}, **options)
    headers = {name: value for name, value in response.headers.items() if name != "allow"}
    return response.status_code, response.text, headers


def _redirects(client: TestClient) -> str:
    return "allow_redirects" if not hasattr(client, "follow_redirects") else "follow_redirects"

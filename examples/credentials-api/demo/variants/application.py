"""The application of `backend/main.py` without its routers, and a handler of Mangum for it."""

import asyncio
from pathlib import Path

from fastapi import FastAPI
from mangum import Mangum

from core.database import lifespan
from core.errors import add_exception_handlers
from core.middleware import RequestContextMiddleware

# The code of the function, in which `api/v1/licenses.py` is the router of `/api/v1/licenses`.
_ROUTERS = Path(__file__).parents[1] / "api/v1"


def router_modules() -> dict[str, str]:
    """By prefix: the name of the router's module."""
    names = sorted(file.stem for file in _ROUTERS.glob("[a-z]*.py"))
    return {f"/api/v1/{name}": f"api.v1.{name}" for name in names}


def create_app() -> FastAPI:
    app = FastAPI(title="Credentials API", version="1.0.0", lifespan=lifespan)
    app.add_middleware(RequestContextMiddleware)
    add_exception_handlers(app)
    app.add_api_route("/health", lambda: {"status": "ok"})
    return app


def create_handler(app: FastAPI) -> Mangum:
    """Starts the application in INIT, as the library does. Mangum itself starts and ends it with each request."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    app.state.lifespan = app.router.lifespan_context(app)
    loop.run_until_complete(app.state.lifespan.__aenter__())
    return Mangum(app, lifespan="off")

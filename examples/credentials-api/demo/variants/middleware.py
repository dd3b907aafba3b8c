"""A middleware imports a router on its first request and includes it: a common first fix for slow cold starts."""

from collections.abc import Awaitable, Callable
from importlib import import_module

from fastapi import Request, Response

from .application import create_app, create_handler, router_modules

app = create_app()
waiting = router_modules()


@app.middleware("http")
async def include_router(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    prefix = next((prefix for prefix in waiting if request.url.path.startswith(prefix)), None)
    if prefix is not None:
        app.include_router(import_module(waiting.pop(prefix)).router, prefix=prefix)
    return await call_next(request)


handler = create_handler(app)

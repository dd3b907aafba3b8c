"""The routes that a router has in an application: those that `app.include_router` would add."""

from __future__ import annotations

import copy
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Router

from .lifespan import Startup

# A router of Starlette is an application too. An APIRouter is refused, because `include_router` copies its routes.
Application = Starlette | Router


class NotARouter(Exception):
    """The attribute of the module is not a router. The message says what to do."""


class RouterRoutes:
    """The routes of a router below a prefix, and what it adds to the lifespan."""

    def __init__(self, routes: list[BaseRoute], startup: Startup) -> None:
        self.routes = routes
        self.startup = startup


def routes_of(app: Application, value: object, prefix: str, options: Mapping[str, Any]) -> RouterRoutes:
    """Raises NotARouter."""
    if is_api_router(value) and hasattr(app, "include_router"):
        return _include(app, value, _outer_prefix(prefix, value), options)
    if options:
        names = ", ".join(sorted(options))
        raise NotARouter(f"it is {_kind(value)}, which cannot take {names}; make it an APIRouter, or leave {names} out")
    if isinstance(value, Router | Starlette):
        return RouterRoutes([Mount(prefix, app=value)], Startup([], [], None))
    if isinstance(value, list | tuple) and value and all(isinstance(route, BaseRoute) for route in value):
        routes = [Mount(prefix, routes=list(value))] if prefix else list(value)
        return RouterRoutes(routes, Startup([], [], None))
    wanted = "an APIRouter" if hasattr(app, "include_router") else "a Router or a list of routes"
    raise NotARouter(f"it is {_kind(value)}, not a router; make it {wanted}, or name another attribute of the module")


def is_api_router(value: object) -> bool:
    """Does not import FastAPI, because an application that uses only Starlette does not have it."""
    fastapi = sys.modules.get("fastapi.routing")
    return fastapi is not None and isinstance(value, fastapi.APIRouter)


def _include(app: Any, value: Any, prefix: str, options: Mapping[str, Any]) -> RouterRoutes:
    """Calls `include_router` of a copy of the application, whose routes and handlers are only the new ones."""
    router = copy.copy(app.router)
    router.routes, router.on_startup, router.on_shutdown, router.lifespan_context = [], [], [], _no_lifespan
    stand_in = copy.copy(app)
    stand_in.router = router
    stand_in.include_router(value, prefix=prefix, **options)
    context = None if router.lifespan_context is _no_lifespan else router.lifespan_context
    return RouterRoutes(router.routes, Startup(router.on_startup, router.on_shutdown, context))


def _no_lifespan(app: object) -> AbstractAsyncContextManager[None]:
    return nullcontext()


def _outer_prefix(prefix: str, value: Any) -> str:
    """`APIRouter(prefix="/users")` at `/api/users` is included at `/api`: the prefix of a lazy router is complete."""
    own: str = value.prefix
    return prefix.removesuffix(own) if own else prefix


def _kind(value: object) -> str:
    kind = type(value)
    if isinstance(value, Sequence) and not value:
        return f"an empty {kind.__name__}"
    return f"of type {kind.__module__}.{kind.__qualname__}"

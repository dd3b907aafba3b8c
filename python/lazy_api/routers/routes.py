"""The routes that a router has in an application: those that `app.include_router` would add."""

from __future__ import annotations

import copy
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from itertools import pairwise
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Router

from .declaration import Declaration, Step
from .lifespan import Startup
from .prefixes import repeated_end

# A router of Starlette is an application too.
Application = Starlette | Router


class NotARouter(Exception):
    """The attribute of the module is not a router. The message says what to do."""


class RouterRoutes:
    """The routes of a router below a prefix, and what it adds to the lifespan."""

    def __init__(self, routes: list[BaseRoute], startup: Startup) -> None:
        self.routes = routes
        self.startup = startup


def routes_of(declaration: Declaration, value: object) -> RouterRoutes:
    """Raises NotARouter."""
    app, prefix = declaration.owner, declaration.prefix
    is_included = is_api_router(value) and hasattr(app, "include_router")
    if not is_included:
        _check_mounted(declaration, value)
    declaration.prepare(value)
    if is_included:
        return _include(declaration.steps, value)
    if isinstance(value, Router | Starlette):
        return RouterRoutes([Mount(prefix, app=value)], Startup([], [], None))
    routes: list[BaseRoute] = list(value)  # type: ignore[call-overload]
    return RouterRoutes([Mount(prefix, routes=routes)] if prefix else routes, Startup([], [], None))


def _check_mounted(declaration: Declaration, value: object) -> None:
    """What the application cannot include is mounted: another application, or a list of routes."""
    if declaration.options:
        names = ", ".join(declaration.options)
        raise NotARouter(f"it is {_kind(value)}, which cannot take {names}; make it an APIRouter, or leave {names} out")
    if len(declaration.steps) > 1:
        raise NotARouter(f"it is {_kind(value)}, which an APIRouter cannot include; make it an APIRouter")
    if isinstance(value, Router | Starlette):
        return
    if isinstance(value, list | tuple) and value and all(isinstance(route, BaseRoute) for route in value):
        return
    wanted = "an APIRouter" if hasattr(declaration.owner, "include_router") else "a Router or a list of routes"
    raise NotARouter(f"it is {_kind(value)}, not a router; make it {wanted}, or name another attribute of the module")


def is_api_router(value: object) -> bool:
    """Does not import FastAPI, because an application that uses only Starlette does not have it."""
    fastapi = sys.modules.get("fastapi.routing")
    return fastapi is not None and isinstance(value, fastapi.APIRouter)


def without_routes(router: Any) -> Any:
    """A copy of a router without routes and handlers."""
    empty = copy.copy(router)
    empty.routes, empty.on_startup, empty.on_shutdown, empty.lifespan_context = [], [], [], _no_lifespan
    return empty


def _include(steps: Sequence[Step], value: Any) -> RouterRoutes:
    """Calls `include_router` of copies of the owners, whose routes and handlers are only the new ones."""
    prefix = _outer_prefix(steps[0].prefix, value)
    for step, outer in pairwise(steps):
        parent = without_routes(step.owner)
        parent.include_router(value, prefix=prefix, **step.options)
        value, prefix = parent, outer.prefix
    app, _, options, _ = steps[-1]
    stand_in = copy.copy(app)
    stand_in.router = router = without_routes(app.router)
    stand_in.include_router(value, prefix=prefix, **options)
    context = None if router.lifespan_context is _no_lifespan else router.lifespan_context
    return RouterRoutes(router.routes, Startup(router.on_startup, router.on_shutdown, context))


def _no_lifespan(app: object) -> AbstractAsyncContextManager[None]:
    return nullcontext()


def _outer_prefix(prefix: str, value: Any) -> str:
    """`APIRouter(prefix="/users")` at `/api/users` is included at `/api`: the prefix of a lazy router is complete.

    Class-based views take the prefix from the router and put it into its routes, so the routes decide.
    """
    return prefix.removesuffix(value.prefix or repeated_end(prefix, _paths_of(value)))


def _paths_of(router: Any) -> list[str]:
    """Since FastAPI 0.137, a router in a router is one object, and this function looks into it."""
    flattened = getattr(sys.modules["fastapi.routing"], "iter_route_contexts", list)
    return [getattr(route, "path", None) or "" for route in flattened(router.routes)]


def _kind(value: object) -> str:
    kind = type(value)
    if isinstance(value, Sequence) and not value:
        return f"an empty {kind.__name__}"
    return f"of type {kind.__module__}.{kind.__qualname__}"

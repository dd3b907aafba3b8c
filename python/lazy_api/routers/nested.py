"""Lazy routers of an APIRouter. They stay declarations until the APIRouter is included in an application."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import groupby
from typing import NoReturn

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from .declaration import Declaration
from .errors import LazyRouterError
from .routes import without_routes


class LazyPlace(APIRoute):
    """The place of a lazy router among the routes of an APIRouter.

    `include_router` cannot include it. It reads the attributes of each route, so it raises an error that says what to
    write instead.
    """

    def __init__(self, declaration: Declaration) -> None:
        vars(self)["declaration"] = declaration

    def __getattr__(self, name: str) -> NoReturn:
        declaration: Declaration = vars(self)["declaration"]
        message = (
            f'the APIRouter has the lazy router "{declaration.prefix or "/"}" ({declaration.target}), which '
            "include_router cannot include; write include_lazy_routers(app, api_router) instead of "
            "app.include_router(api_router)"
        )
        raise LazyRouterError("LAZY_APP", message)


def declare(router: APIRouter, declaration: Declaration) -> None:
    """Adds a lazy router at the end of the routes."""
    router.routes.append(LazyPlace(declaration))


def parts_of(router: APIRouter) -> list[Declaration | APIRouter]:
    """The lazy routers, and copies of the router with the routes before, between, and after them."""
    if not any(isinstance(route, LazyPlace) for route in router.routes):
        message = "the APIRouter has no lazy routers; add some with include_lazy_routers, or call include_router"
        raise LazyRouterError("ROUTER_TARGET", message)
    parts: list[Declaration | APIRouter] = []
    for is_lazy, group in groupby(router.routes, lambda route: isinstance(route, LazyPlace)):
        routes = list(group)
        if is_lazy:
            # The first part has what a router adds besides routes. It is needed also if it has no routes.
            parts += [] if parts else [_part(router, [], is_first=True)]
            parts += [vars(route)["declaration"] for route in routes]
        else:
            parts.append(_part(router, routes, is_first=not parts))
    return parts


def _part(router: APIRouter, routes: Sequence[BaseRoute], is_first: bool) -> APIRouter:
    part: APIRouter = copy.copy(router) if is_first else without_routes(router)
    part.routes = list(routes)
    return part

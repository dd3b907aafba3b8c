"""The lazy routers of each application."""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Router

from ..loading import RouterLoadError
from .errors import LazyRouterError
from .inclusion import LazyInclusion
from .lazy_route import LazyRoute
from .lifespan import LateLifespan
from .routes import Application, is_api_router
from .schema import SchemaRoute, load_before_schema

_ATTRIBUTE = "_lazy_api_routers"


class AppRouters:
    """The lazy routers of an application, and their places among its routes."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.router = app if isinstance(app, Router) else app.router
        self.lock = RLock()
        self.lifespan = LateLifespan(self.router)
        self.inclusions: list[LazyInclusion] = []
        self._routes: dict[int, LazyRoute] = {}
        self._schema_route = SchemaRoute(app, self)
        load_before_schema(app, self)

    def add(self, prefix: str, target: str, options: Mapping[str, Any]) -> LazyInclusion:
        """Declares a router at the end of the application's routes."""
        inclusion = LazyInclusion(self, prefix, target, options)
        route = LazyRoute(inclusion, self.router)
        with self.lock:
            self.inclusions.append(inclusion)
            self._routes[id(inclusion)] = route
            self.router.routes = [*self._schema_first(), *self._current(), route]
        return inclusion

    def place(self, inclusion: LazyInclusion) -> None:
        """Puts the routes of a loaded router behind its lazy route, which stays until the router is ready."""
        route = self._routes[id(inclusion)]
        self._replace(route, [route, *inclusion.routes])
        self.settle(inclusion)

    def settle(self, inclusion: LazyInclusion) -> None:
        """Removes the lazy route of a router that is ready, and the route of the schema after the last one."""
        with self.lock:
            if inclusion.ready:
                self._replace(self._routes[id(inclusion)], [])
            if self.ready:
                self._replace(self._schema_route, [])
            # FastAPI 0.137 and later keep what they compute from the routes, by this version.
            getattr(self.router, "_mark_routes_changed", _nothing)()

    @property
    def ready(self) -> bool:
        return all(inclusion.ready for inclusion in self.inclusions)

    def load_all(self) -> None:
        """Loads every router. Raises the first error after it has tried all of them."""
        errors: list[RouterLoadError] = []
        for inclusion in list(self.inclusions):
            try:
                inclusion.load()
            except RouterLoadError as error:
                errors.append(error)
        if errors:
            raise errors[0]

    async def start_all(self) -> None:
        for inclusion in list(self.inclusions):
            await inclusion.start()

    def _schema_first(self) -> list[BaseRoute]:
        """The route of the schema, unless it is there already or the application has no schema."""
        known = any(other is self._schema_route for other in self._current())
        return [self._schema_route] if hasattr(self.app, "openapi_url") and not known else []

    def _current(self) -> list[BaseRoute]:
        return self.router.routes

    def _replace(self, route: BaseRoute, replacement: list[BaseRoute]) -> None:
        """Creates a new list, because other threads go through the current one."""
        # Not `list.index`, because routes compare by their paths.
        at = next((i for i, other in enumerate(self._current()) if other is route), None)
        if at is not None:
            self.router.routes = [*self._current()[:at], *replacement, *self._current()[at + 1 :]]


def lazy_routers(app: object) -> list[LazyInclusion]:
    """The lazy routers of an application, also of one that is wrapped in middleware, in the order of its routes."""
    known = find_routers(app)
    return list(known.inclusions) if known else []


def find_routers(app: object) -> AppRouters | None:
    seen: set[int] = set()
    while app is not None and id(app) not in seen:
        seen.add(id(app))
        known = getattr(app, "__dict__", {}).get(_ATTRIBUTE)
        if isinstance(known, AppRouters):
            return known
        app = getattr(app, "__dict__", {}).get("app")
    return None


def routers_of(app: object) -> AppRouters:
    """What is known about an application. It is created by the first call."""
    if not isinstance(app, Starlette | Router) or is_api_router(app):
        kind = type(app).__name__
        advice = "call include_lazy_routers with the FastAPI or Starlette application and the complete prefix"
        raise LazyRouterError("LAZY_APP", f"app must be a FastAPI or Starlette application, got {kind}; {advice}")
    known = vars(app).get(_ATTRIBUTE)
    if not isinstance(known, AppRouters):
        known = AppRouters(app)
        setattr(app, _ATTRIBUTE, known)
    return known


def _nothing() -> None:
    pass

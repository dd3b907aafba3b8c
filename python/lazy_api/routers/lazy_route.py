"""The route that stands for a router until its first request."""

from __future__ import annotations

import logging
from typing import Any

from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, Router
from starlette.types import Receive, Scope, Send

from ..loading import RouterLoadError
from .inclusion import LazyInclusion
from .offload import load_once
from .prefixes import get_route_path

_SELECTED = "lazy_api.route"

_logger = logging.getLogger("lazy_api")


class LazyRoute(BaseRoute):
    """Matches the paths of a router. The first request loads the router, and then the application routes it again.

    Routing again, with the router's own routes in this place, gives every request what the complete application would:
    precedence, 404, 405, redirects, parameters.
    """

    # For tools that list the routes of an application.
    name: str | None = None
    methods: set[str] | None = None
    include_in_schema = False

    def __init__(self, inclusion: LazyInclusion, router: Router) -> None:
        self.inclusion = inclusion
        self.path = inclusion.prefix
        self._router = router

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] not in ("http", "websocket"):
            return Match.NONE, {}
        if not self.inclusion.ready:
            return (Match.FULL if self.inclusion.covers(get_route_path(scope)) else Match.NONE), {}
        return self._select(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        selected = scope.pop(_SELECTED, None)
        if selected is not None:
            await selected.handle(scope, receive, send)
            return
        await load_once(self.inclusion.load, self.inclusion.start, in_thread=not self.inclusion.imported)
        self.inclusion.share_state(scope)
        await route_again(self, self._router, scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        if not self.inclusion.may_have(name):
            raise NoMatchFound(name, path_params)
        try:
            self.inclusion.load()
        except RouterLoadError as error:
            # Another router can have the name.
            _logger.warning("%s; its routes have no URLs", error)
            raise NoMatchFound(name, path_params) from error
        for route in self.inclusion.routes:
            try:
                return route.url_path_for(name, **path_params)
            except NoMatchFound:
                pass
        raise NoMatchFound(name, path_params)

    def __repr__(self) -> str:
        return f"LazyRoute(prefix={self.inclusion.prefix!r}, target={self.inclusion.target!r})"

    def _select(self, scope: Scope) -> tuple[Match, Scope]:
        """Serves requests of other lists of routes than the application's, where the lazy route is not replaced."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self.inclusion.routes:
            match, child_scope = route.matches(scope)
            selected = (match, {**child_scope, _SELECTED: route})
            if match is Match.FULL:
                return selected
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = selected
        return partial


async def route_again(route: BaseRoute, router: Router, scope: Scope, receive: Receive, send: Send) -> None:
    """Routes a request again, as if it had just arrived at the application's router."""
    if scope.get("route") is route:
        del scope["route"]
    # Since Starlette 0.29, `app` is the routing without the router's middleware, which the request has passed.
    await getattr(router, "app", router)(scope, receive, send)

"""The OpenAPI schema and its pages show every router, so they load all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from .offload import load_once
from .prefixes import get_route_path
from .routes import Application

if TYPE_CHECKING:
    from .registry import AppRouters

_URLS = ("openapi_url", "docs_url", "redoc_url")


class SchemaRoute(BaseRoute):
    """Matches the schema and its pages until all routers are loaded, even if the application replaces `app.openapi`."""

    path = ""
    name: str | None = None
    methods: set[str] | None = None
    include_in_schema = False

    def __init__(self, app: Application, routers: AppRouters) -> None:
        self._app = app
        self._routers = routers

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or self._routers.ready or not getattr(self._app, "openapi_url", None):
            return Match.NONE, {}
        path = get_route_path(scope)
        return (Match.FULL if any(getattr(self._app, url, None) == path for url in _URLS) else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        from .lazy_route import route_again

        await load_once(self._routers.load_all, self._routers.start_all)
        await route_again(self, self._routers.router, scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        raise NoMatchFound(name, path_params)


def load_before_schema(app: Application, routers: AppRouters) -> None:
    """Makes `app.openapi()` load every router first."""
    original = getattr(app, "openapi", None)
    if original is None:
        return

    def openapi() -> Any:
        routers.load_all()
        return original()

    vars(app)["openapi"] = openapi

"""One lazy router of an application. Its first request imports and includes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute
from starlette.types import Scope

from ..loading import ROUTER_EXPORT, ROUTER_LOAD_FAILED, RouterLoadError, RouterModule, describe
from .lifespan import Startup
from .prefixes import coverage
from .routes import NotARouter, routes_of

if TYPE_CHECKING:
    from .registry import AppRouters


class LazyInclusion:
    """A router that `include_lazy_routers` has declared."""

    def __init__(self, owner: AppRouters, prefix: str, target: str, options: Mapping[str, Any]) -> None:
        self._owner = owner
        self._module = RouterModule(prefix or "/", target)
        self._prefix = prefix
        self._options = options
        self._startup: Startup | None = None
        self.loaded = False
        self.routes: list[BaseRoute] = []
        self.covers = coverage(prefix)

    @property
    def prefix(self) -> str:
        return self._module.prefix

    @property
    def target(self) -> str:
        return self._module.target

    @property
    def imported(self) -> bool:
        """Whether other code has already imported its module, so that loading it is fast."""
        return self._module.imported

    @property
    def ready(self) -> bool:
        """Whether its routes can serve requests: it is loaded, and its startup handlers have run."""
        return self.loaded and not self._owner.lifespan.waits_for(self._startup)

    def load(self) -> None:
        """Imports the router and includes it in the application. Raises `RouterLoadError`; a later call tries again."""
        if self.loaded:
            return
        # Outside the lock, because the router's module can load other routers of the application.
        value = self._module.load()
        with self._owner.lock:
            if not self.loaded:
                self._include(value)

    async def start(self) -> None:
        """Runs the startup handlers of a router that was loaded after the application has started."""
        if self._startup is None or self.ready:
            return
        try:
            await self._owner.lifespan.start(self._owner.app, self._startup)
        except Exception as cause:
            raise self._error(f"its startup failed, {describe(cause)}") from cause
        self._owner.settle(self)

    def share_state(self, scope: Scope) -> None:
        """Adds the router's state to a request that arrived before the router's lifespan was entered."""
        self._owner.lifespan.share_state(scope.get("state"))

    def _include(self, value: object) -> None:
        try:
            included = routes_of(self._owner.app, value, self._prefix, self._options)
        except NotARouter as cause:
            raise RouterLoadError(self.prefix, self.target, ROUTER_EXPORT, str(cause)) from cause
        except Exception as cause:
            raise self._error(f"it cannot be included, {describe(cause)}") from cause
        self._startup = included.startup
        self._owner.lifespan.add(included.startup)
        self.routes = included.routes
        self.loaded = True
        self._owner.place(self)

    def _error(self, reason: str) -> RouterLoadError:
        return RouterLoadError(self.prefix, self.target, ROUTER_LOAD_FAILED, reason)

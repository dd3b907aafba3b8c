"""One lazy router of an application. Its first request imports and includes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute
from starlette.types import Scope

from ..loading import ROUTER_EXPORT, ROUTER_LOAD_FAILED, RouterLoadError, RouterModule, describe
from .declaration import Declaration
from .lifespan import Startup
from .prefixes import coverage
from .routes import NotARouter, routes_of

if TYPE_CHECKING:
    from .registry import AppRouters


class LazyInclusion:
    """A router that `include_lazy_routers` has declared."""

    def __init__(self, owner: AppRouters, declaration: Declaration) -> None:
        self._owner = owner
        self._declaration = declaration
        self._module = RouterModule(declaration.prefix or "/", declaration.target)
        self._startup: Startup | None = None
        # The names of its routes, as far as synthesis knows them. None: only loading the router tells.
        self.names: frozenset[str] | None = None
        self.loaded = False
        self.routes: list[BaseRoute] = []
        self.covers = coverage(declaration.prefix)

    @property
    def prefix(self) -> str:
        return self._module.prefix

    @property
    def target(self) -> str:
        return self._module.target

    @property
    def is_prepared(self) -> bool:
        """Whether other code changes it before it is included. Synthesis does not know the names of its routes then."""
        return self._declaration.is_prepared

    @property
    def imported(self) -> bool:
        """Whether other code has already imported its module, so that loading it is fast."""
        return self._module.imported

    @property
    def ready(self) -> bool:
        """Whether its routes can serve requests: it is loaded, and its startup handlers have run."""
        return self.loaded and not self._owner.lifespan.waits_for(self._startup)

    def may_have(self, name: str) -> bool:
        """Whether a route of the router can have this name: `mount:route` is below a mount."""
        return self.loaded or self.names is None or name in self.names or name.partition(":")[0] in self.names

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
            included = routes_of(self._declaration, value)
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

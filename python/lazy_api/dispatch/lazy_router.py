"""A router of the table: loaded when it is first needed, and once."""

from __future__ import annotations

from ..loading import RouterModule
from .router_kind import router_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, Protocol

    from ..answers.result import Result
    from ..flights import Flight
    from .router_kind import RouterKind

    Caller = Callable[[Flight, str | None], Result]

    class Inclusion(Protocol):
        """A router that an application includes lazily."""

        @property
        def prefix(self) -> str: ...

        names: frozenset[str] | None

        @property
        def loaded(self) -> bool: ...

        @property
        def is_prepared(self) -> bool: ...

        def load(self) -> object: ...


class LazyRouter:
    """`call` serves an event when the router is loaded."""

    def __init__(self, prefix: str, target: str, options: Mapping[str, Any], authorized: bool) -> None:
        self.prefix = prefix
        self.authorized = authorized or options.get("authorized") is True
        self.strip_prefix = options.get("strip_prefix") is not False
        # Whether a path is given with the stage that the client has sent, which the application's own links need.
        self.keeps_stage = False
        self.call: Caller | None = None
        self._module = RouterModule(prefix, target)
        self._kind: RouterKind | None = None

    @property
    def is_ready(self) -> bool:
        return self.call is not None

    def import_router(self) -> RouterKind:
        """Imports the router, but does not start it. Raises `RouterLoadError`. A later call tries again."""
        if self._kind is None:
            self._kind = router_kind(self._module.load(), self.prefix, self._module.target)
        return self._kind

    def load(self) -> RouterKind:
        """Imports the router and starts it. Raises `RouterLoadError`. A later call tries again."""
        kind = self.import_router()
        if self.call is None:
            self.call = _caller(kind, self._module.value, self)
        return kind


class Application(LazyRouter):
    """The application that includes its routers itself, and serves everything that no router has."""

    def __init__(self, target: str, authorized: bool) -> None:
        super().__init__("/", target, {"strip_prefix": False}, authorized)
        self.keeps_stage = True
        self._inclusions: dict[str, Inclusion] | None = None

    def inclusion(self, prefix: str) -> Inclusion | None:
        """The lazy part of the application at this prefix. None if the application has imported it itself."""
        if self._inclusions is None:
            self._inclusions = {one.prefix: one for one in _inclusions(self._module.value)}
        return self._inclusions.get(prefix)

    def name_routes(self, names: Mapping[str, Iterable[str]]) -> None:
        """Tells which routes each router has, so that `url_for` loads only the router with the name."""
        for prefix, of_router in names.items():
            inclusion = self.inclusion(prefix)
            # `prepare` can add routes, and change their names.
            if inclusion is not None and not inclusion.is_prepared:
                inclusion.names = frozenset(of_router)


class IncludedRouter(LazyRouter):
    """A router that the application includes lazily. The application is called for it, with the whole path."""

    def __init__(self, prefix: str, target: str, application: Application, authorized: bool) -> None:
        super().__init__(prefix, target, {"strip_prefix": False}, authorized)
        self.keeps_stage = True
        self._application = application

    def import_router(self) -> RouterKind:
        if self._kind is None:
            kind = self._application.import_router()
            inclusion = self._application.inclusion(self.prefix)
            if inclusion is not None:
                inclusion.load()
            self._kind = kind
        return self._kind

    def load(self) -> RouterKind:
        if self.call is None:
            # The application starts first: modules of routers may use what its lifespan has made.
            self._application.load()
            self.import_router()
            self.call = self._application.call
        return self.import_router()


def _inclusions(application: object) -> list[Inclusion]:
    """Only an application that has imported the package can include routers lazily."""
    import sys

    if "lazy_api.routers" not in sys.modules:
        return []
    from ..routers.registry import lazy_routers

    return list(lazy_routers(application))


def _caller(kind: RouterKind, value: Any, router: LazyRouter) -> Caller:
    """Each adapter is a separate module, which only a function that needs it loads."""
    if kind == "asgi":
        from ..asgi.call_asgi import asgi_caller

        return asgi_caller(value, router)
    if kind == "wsgi":
        from ..wsgi.call_wsgi import wsgi_caller

        return wsgi_caller(value, router)
    from .call_handler import handler_caller

    return handler_caller(value)

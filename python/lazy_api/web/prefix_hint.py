"""Detects a router that is mounted at its prefix and also declares it. Such a router responds only with 404."""

from __future__ import annotations

from ..log import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dispatch.lazy_router import LazyRouter


class PrefixHint:
    """Logs, once for each router, the probable cause of a 404."""

    def __init__(self, router: LazyRouter, application: object) -> None:
        self._application = application
        self._prefix = router.prefix
        self._applies = router.strip_prefix and router.prefix != "/"

    def see(self, status: int) -> None:
        """A router that responds with another status is mounted correctly."""
        if not self._applies:
            return
        if status == 404 and self._may_declare_prefix():
            # Without the path: it may name a person.
            log("INFO", "PREFIX_TWICE", self._message(), router=self._prefix)
            self._applies = False
        elif status != 404:
            self._applies = self._known_paths() is not None

    def _may_declare_prefix(self) -> bool:
        paths = self._known_paths()
        return paths is None or any(f"{path}/".startswith(f"{self._prefix}/") for path in paths)

    def _known_paths(self) -> list[str] | None:
        """The paths of a FastAPI or Starlette application. None for any other application."""
        routes = getattr(self._application, "routes", None)
        if not isinstance(routes, list):
            return None
        return [path for path in (getattr(route, "path", None) for route in routes) if isinstance(path, str)] or None

    def _message(self) -> str:
        return (
            f"router {self._prefix} responded with 404: it is mounted at its prefix and sees the path below it; "
            "if it declares its own prefix, set stripPrefix to false"
        )

"""Which router serves an event.

API Gateway has authorized a route, so the route alone decides, and the path is not read. Path matching is for requests
whose route does not determine the router: those of function URLs and `$default`, where one authorization applies to
all routers, and those of greedy routes, where one applies to the routers that the route stands for.
"""

from __future__ import annotations

from ..events import is_http_api, text
from ..failures.coded_error import CodedError
from .event_path import GREEDY_PARAM, EventPath
from .match import create_matcher, split_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .lazy_router import LazyRouter

    Matcher = Callable[[Sequence[str]], str | None]

DEFAULT_ROUTE = "$default"


class Dispatcher:
    """Finds the router of an event, and the prefix of the route that API Gateway matched (None for `$default`)."""

    def __init__(self, routers: Sequence[LazyRouter], greedy_routes: Mapping[str, Sequence[str]]) -> None:
        self._by_path = {path: router for router in routers for path in _route_paths(router.prefix)}
        # A greedy route wins over a router's own route of the same path: it serves that router and others.
        self._by_matching = {**greedy_routes, DEFAULT_ROUTE: [router.prefix for router in routers]}
        self._matchers: dict[str, Matcher] = {}

    def find(self, event: object) -> tuple[LazyRouter, str | None]:
        key = _route_of(event)
        own = None if key in self._by_matching else self._by_path.get(key)
        if own is not None:
            return own, own.prefix
        # Payload format 1.0 writes `$default` like a path.
        path = DEFAULT_ROUTE if key == f"/{DEFAULT_ROUTE}" else key
        matched = None if path == DEFAULT_ROUTE else path[: max(path.rfind("/"), 0)] or "/"
        prefix = self._match(event, path, matched) if path in self._by_matching else None
        router = None if prefix is None else self._by_path.get(prefix)
        if router is None:
            raise CodedError("ROUTE_UNKNOWN", f"no router serves the event's path at route \"{key}\"")
        return router, matched

    def _match(self, event: object, path: str, matched: str | None) -> str | None:
        event_path = EventPath(event, matched)
        segments = split_path(event_path.text, event_path.encoded)
        if segments is None:
            raise CodedError("PATH_REFUSED", "the path has dot segments, or is not valid percent-encoding")
        matcher = self._matchers.get(path)
        if matcher is None:
            matcher = self._matchers[path] = create_matcher(self._by_matching[path])
        return matcher(segments[max(0, event_path.lead) :])


def _route_of(event: object) -> str:
    """The path of the route that matched: HTTP APIs say `ANY /users`, payload format 1.0 says `/users`."""
    key = text(event, "routeKey" if is_http_api(event) else "resource")
    return key[key.find(" ") + 1 :]


def _route_paths(prefix: str) -> tuple[str, str]:
    """`/users` has the routes `/users` and `/users/{proxy+}`."""
    return prefix, f"{'' if prefix == '/' else prefix}/{{{GREEDY_PARAM}+}}"

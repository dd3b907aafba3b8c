"""Serves events with an ASGI application."""

from __future__ import annotations

import sys

from ..failures.coded_error import CodedError, log_failure, to_coded_error
from ..web.prefix_hint import PrefixHint
from ..web.request import read_request
from ..web.result import web_result
from .event_loop import event_loop
from .exchange import Exchange
from .lifespan import start_lifespan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..answers.result import Result
    from ..dispatch.lazy_router import Caller, LazyRouter
    from ..flights import Flight
    from ..web.request import WebRequest

_VERSIONS = {"version": "3.0", "spec_version": "2.4"}


def prepare() -> None:
    """For INIT, which runs with a full CPU: importing this module and creating the loop are most of what ASGI costs."""
    event_loop()


def asgi_caller(application: Any, router: LazyRouter) -> Caller:
    """Starts the application. Raises `RouterLoadError` if the application reports that it cannot start."""
    loop = event_loop()
    state = start_lifespan(application, router.prefix, loop)
    hint = PrefixHint(router, application)
    contains_root = _path_contains_root(application)

    def call(flight: Flight, matched: str | None) -> Result:
        request = read_request(flight, matched, router)
        exchange = Exchange(request.body)
        flight.abort = exchange.disconnect
        scope = _scope(request, flight, state)
        if not contains_root:
            scope["path"] = request.path
        try:
            loop.run(application(scope, exchange.receive, exchange.send), flight)
        except BaseException as thrown:
            _after_error(thrown, exchange, flight)
        result = _result(flight, request, exchange)
        hint.see(result["statusCode"])
        return result

    return call


def _path_contains_root(application: Any) -> bool:
    """Before 0.33, Starlette expects the path without the root path, as ASGI specified it at that time."""
    routing = sys.modules.get("starlette.routing")
    if routing is None or hasattr(routing, "get_route_path"):
        return True
    # Middleware has the application that it wraps as `app`.
    while application is not None and not isinstance(application, routing.Router):
        if any(one.__module__ == "starlette.applications" for one in type(application).__mro__):
            return False
        application = getattr(application, "app", None)
    return application is None


def _scope(request: WebRequest, flight: Flight, state: dict[str, Any]) -> dict[str, Any]:
    """`path` contains `root_path`: https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope"""
    return {
        "type": "http",
        "asgi": _VERSIONS.copy(),
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.base + request.path,
        "raw_path": request.raw_path.encode("ascii"),
        "query_string": request.query.encode("ascii"),
        "root_path": request.base,
        "headers": [(name.encode("latin-1", "replace"), _encode(value)) for name, value in request.headers],
        "client": None if request.client is None else (request.client, 0),
        "server": (request.host, 443 if request.scheme == "https" else 80),
        "state": state.copy(),
        # The names are those of Mangum.
        "aws.event": flight.event,
        "aws.context": flight.context,
    }


def _encode(value: str) -> bytes:
    """HTTP headers are Latin-1. API Gateway forwards UTF-8."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


def _after_error(thrown: BaseException, exchange: Exchange, flight: Flight) -> None:
    """Delivers a complete response despite an error: frameworks respond to errors and then raise them again."""
    if not exchange.complete:
        raise thrown
    failure = flight.failure or to_coded_error(thrown)
    flight.failure = None
    flight.over = True
    log_failure(failure, router=flight.router, request_id=flight.request_id)
    flight.error_code = failure.code


def _result(flight: Flight, request: WebRequest, exchange: Exchange) -> Result:
    status = exchange.status
    if not exchange.complete or status is None:
        part = "has sent a part of a response" if status is not None else "has sent no response"
        raise CodedError("RESULT_MALFORMED", f"the ASGI application {part}")
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise CodedError("RESULT_MALFORMED", f"the status must be from 200 to 599, got {str(status)[:20]}")
    try:
        pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in exchange.headers]
        body = exchange.body
    except (AttributeError, TypeError, ValueError) as cause:
        raise CodedError("RESULT_MALFORMED", "headers must be pairs of bytes") from cause
    return web_result(flight.event, request.method, status, pairs, body)

"""The requests that this process serves. One at a time, as Lambda sends them."""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .failures.coded_error import CodedError


class Flight:
    """One request, from its event to its result. Times are seconds of `perf_counter()`."""

    __slots__ = (
        "abort", "background", "context", "deadline", "error_code", "event", "failure", "load", "loaded", "over",
        "request_id", "router", "started", "status",
    )  # fmt: skip

    def __init__(self, event: Any, context: Any) -> None:
        self.event = event
        self.context = context
        self.request_id: str | None = getattr(context, "aws_request_id", None)
        self.started = perf_counter()
        # The prefix of the router, once it is known.
        self.router: str | None = None
        # When the router was needed. None if it was loaded already.
        self.load: float | None = None
        # When the router was loaded.
        self.loaded: float | None = None
        # When the request is answered without the router. None if the remaining time is unknown.
        self.deadline: float | None = None
        # Why the request has failed, whatever its router does later.
        self.failure: CodedError | None = None
        # The first error of work that no code awaits.
        self.background: CodedError | None = None
        # Ends the wait for an asynchronous router.
        self.abort: Callable[[], None] | None = None
        # Whether the router has responded, or responds too late.
        self.over = False
        self.status: int | None = None
        self.error_code: str | None = None


_own: ContextVar[Flight | None] = ContextVar("lazy_api_flight", default=None)
_latest: Flight | None = None


def begin(flight: Flight) -> None:
    """Makes a request the current one. Call it in the context of the request."""
    global _latest
    _latest = flight
    _own.set(flight)


def end(flight: Flight) -> None:
    """Threads without the context of a request belong to no request from now on."""
    global _latest
    if _latest is flight:
        _latest = None


def current() -> Flight | None:
    """The request that the caller belongs to. A thread that does not inherit the context belongs to the only one."""
    return _own.get() or _latest

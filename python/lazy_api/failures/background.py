"""Errors of work that no code awaits: tasks that are left behind, and threads.

Python only writes them to stderr. Here they have a line in the log, with the request that they belong to. They do not
change the response of a request that gets one: the same application responds in the same way under any other server.
A request that gets no response fails with this error instead of the time that is up.
"""

from __future__ import annotations

import threading

from ..flights import Flight, current
from .coded_error import coded, log_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from typing import Any


def note(flight: Flight | None, error: BaseException) -> None:
    """Writes the line, and remembers the first error of a request."""
    failure = coded("UNHANDLED_REJECTION", "work failed that no code awaits", error)
    if flight is None:
        log_failure(failure)
        return
    log_failure(failure, router=flight.router, request_id=flight.request_id)
    if flight.background is None:
        flight.background = failure


def on_loop_error(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """The exception handler of the event loop."""
    error = context.get("exception")
    if error is None:
        loop.default_exception_handler(context)
        return
    # From Python 3.12 on, the loop calls this in the context of the task.
    note(current(), error)


def watch_threads() -> None:
    """Notes errors of threads instead of writing them to stderr."""
    threading.excepthook = _on_thread_error


def _on_thread_error(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        note(current(), args.exc_value)

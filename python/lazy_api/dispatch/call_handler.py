"""Serves events with a Lambda proxy handler, which can be a coroutine function."""

from __future__ import annotations

from ..answers.to_result import to_result
from ..events import is_http_api

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..answers.result import Result
    from ..flights import Flight
    from .lazy_router import Caller


def handler_caller(handler: Any) -> Caller:
    def call(flight: Flight, _matched: str | None) -> Result:
        returned = handler(flight.event, flight.context)
        if hasattr(returned, "__await__"):
            from ..asgi.event_loop import event_loop

            returned = event_loop().run(returned, flight)
        return to_result(returned, is_http_api(flight.event))

    return call

"""Responds before Lambda ends the function, which would tell neither the caller nor the log what happened.

A signal interrupts synchronous code in the main thread, which is where Lambda's runtime client calls the handler. An
asynchronous router has a timer of its event loop, and the signal comes a little later, in case the router blocks the
loop.
"""

from __future__ import annotations

import signal
from time import perf_counter

from .coded_error import CodedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

    from ..flights import Flight

# Time to write the response and the log line, in seconds.
RESERVE = 0.5
# Code that catches every exception is interrupted again, after so many seconds.
AGAIN = 0.1

_armed: Flight | None = None


class Deadline(BaseException):
    """Interrupts a router. It is no `Exception`, so that code that goes on after errors does not go on."""


def install() -> bool:
    """Takes over the signal of the timer. False outside of the main thread, where signals do not arrive."""
    try:
        signal.signal(signal.SIGALRM, _interrupt)
    except (ValueError, AttributeError):
        return False
    return True


def start(flight: Flight) -> None:
    """Sets the time at which the request is answered without its router."""
    remaining = getattr(flight.context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return
    seconds = remaining() / 1000
    flight.deadline = flight.started + max(seconds - RESERVE, seconds / 2)


def arm(flight: Flight, margin: float = 0.0) -> None:
    """Lets the signal interrupt the main thread at the deadline, and so many seconds later."""
    global _armed
    if flight.deadline is not None:
        _armed = flight
        signal.setitimer(signal.ITIMER_REAL, max(flight.deadline + margin - perf_counter(), 0.001), AGAIN)


def disarm() -> None:
    global _armed
    if _armed is not None:
        _armed = None
        signal.setitimer(signal.ITIMER_REAL, 0)


def timeout(flight: Flight) -> CodedError:
    """Why a request without a response fails. An error of work that no code awaits is a better reason than the time."""
    return flight.background or CodedError("TIMEOUT", "the router did not respond in time")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    flight = _armed
    if flight is None or flight.over:
        return
    if flight.failure is None:
        flight.failure = timeout(flight)
    raise Deadline

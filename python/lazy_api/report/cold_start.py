"""Whether a caller waited for an environment to start, and how long. Times are milliseconds since 1970."""

from __future__ import annotations

import os
import time

# How long a request can have waited for the process to start. An older time is that of a test event. In milliseconds.
_LONGEST_WAIT = 60_000
# Without a time of arrival, a first request within this time after INIT is the one that the environment was started
# for. In milliseconds.
_AT_ONCE = 100
# An age that is longer is no age of an INIT. In seconds.
_MAX_AGE = 900.0
_imported = time.monotonic()


class Start:
    """How an environment started: with INIT, or by restoring a snapshot, whose INIT was long before."""

    __slots__ = ("init_ended", "init_ms", "on_demand", "process_started")

    def __init__(self, on_demand: bool, *, restored: bool = False) -> None:
        age = None if restored else process_age()
        now = time.time() * 1000
        # Whether a caller can have waited for it.
        self.on_demand = on_demand
        self.init_ms = None if age is None else age * 1000
        self.init_ended = now
        self.process_started = now - (self.init_ms or 0)


def cold_start_duration(start: Start, arrived: object, began: float, ended: float) -> float | None:
    """The duration as the caller saw it. None if the request came after INIT, because then no caller waited.

    `arrived` is by the clock of the endpoint, and no number if a test or a direct invocation made the event. The clocks
    of endpoint and function can differ, so the duration is never less than the function's own time.
    """
    if not start.on_demand:
        return None
    is_time = isinstance(arrived, int | float) and not isinstance(arrived, bool)
    if not is_time or arrived < start.process_started - _LONGEST_WAIT:  # type: ignore[operator]
        return ended - start.process_started if began - start.init_ended < _AT_ONCE else None
    if arrived >= start.init_ended:  # type: ignore[operator]
        return None
    return max(ended - arrived, ended - began)  # type: ignore[operator]


def process_age() -> float:
    """In seconds. Only Linux tells it; elsewhere the time starts with the import of this module."""
    try:
        with open("/proc/self/stat", "rb") as file:
            started = int(file.read().rpartition(b")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, ValueError, IndexError, AttributeError):
        age = -1.0
    since_import = time.monotonic() - _imported
    return age if since_import <= age <= _MAX_AGE else since_import

"""The event loop of the environment. It survives requests, so that connections and locks of routers stay valid.

It runs only while a request is served or INIT waits for an application, because Lambda calls the handler and freezes
the environment between two calls.
"""

from __future__ import annotations

import asyncio
import threading
import warnings
from time import perf_counter

from ..failures import deadline
from ..failures.background import on_loop_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Any

    from ..flights import Flight

# How long after the loop's timer the signal arrives, as a fraction of the time that remains then.
_SIGNAL_MARGIN = 0.1
# How long a router can clean up after its deadline, in seconds.
_CLEANUP = 0.1
# How long tasks can clean up when the process ends, in seconds.
_END = 1.0


class EventLoop:
    def __init__(self) -> None:
        self.loop = _current_loop() or asyncio.new_event_loop()
        # Code that asks for the loop outside of a coroutine gets this one.
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(on_loop_error)
        self._root = _root_task(self.loop)
        # This runs before Python waits for threads. The threads of AnyIO end with the root task.
        getattr(threading, "_register_atexit", _nothing)(self._end)

    def run(self, work: Awaitable[Any], flight: Flight | None) -> Any:
        """Runs a coroutine until it ends, or until the request fails."""
        task = self.loop.create_task(work if asyncio.iscoroutine(work) else _awaited(work))
        task.add_done_callback(self._stop)
        timer = None
        if flight is not None and flight.deadline is not None:
            timer = self.loop.call_at(self._at(flight.deadline), self._time_out, flight)
            deadline.arm(flight, _SIGNAL_MARGIN)
        try:
            # The request does not end if other code stops the loop.
            while not (task.done() or (flight is not None and flight.failure is not None)):
                self.loop.run_forever()
        except deadline.Deadline:
            pass
        finally:
            if timer is not None:
                timer.cancel()
            if task.done():
                _ignore(task)
        if not task.done():
            self._abandon(task, flight)
        return task.result()

    def wait_for(self, future: asyncio.Future[Any]) -> None:
        """Runs until a future is done."""
        future.add_done_callback(self._stop)
        while not future.done():
            self.loop.run_forever()

    def _end(self) -> None:
        if self.loop.is_closed() or self.loop.is_running():
            return
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.wait_for(self.loop.create_task(asyncio.wait(tasks, timeout=_END)))
        self.loop.close()

    def _at(self, time: float) -> float:
        """Converts a time of `perf_counter()` to a time of the loop."""
        return self.loop.time() + time - perf_counter()

    def _stop(self, _done: object) -> None:
        self.loop.stop()

    def _time_out(self, flight: Flight) -> None:
        if not flight.over and flight.failure is None:
            flight.failure = deadline.timeout(flight)
        self.loop.stop()

    def _abandon(self, task: asyncio.Task[Any], flight: Flight | None) -> None:
        """Gives the task a moment to clean up, and ignores what it does afterwards."""
        if flight is not None and flight.abort is not None:
            flight.abort()
        task.cancel()
        task.add_done_callback(_ignore)
        handle = self.loop.call_later(_CLEANUP, self.loop.stop)
        try:
            self.loop.run_forever()
        except deadline.Deadline:
            pass
        finally:
            handle.cancel()
        raise deadline.Deadline


async def _awaited(work: Awaitable[Any]) -> Any:
    """Wraps an awaitable in a coroutine, because tasks accept only coroutines."""
    return await work


def _current_loop() -> asyncio.AbstractEventLoop | None:
    """The loop that the function's modules received when they were imported. Their connections belong to it."""
    try:
        with warnings.catch_warnings():
            # Some versions of Python warn and create a loop if there is none.
            warnings.simplefilter("ignore")
            loop = asyncio.get_event_loop()
    except RuntimeError:
        return None
    return None if loop.is_closed() or loop.is_running() else loop


def _nothing(_call: object) -> None:
    """Without this hook, Python waits for AnyIO's threads when it ends. Lambda does not end processes this way."""


def _ignore(task: asyncio.Task[Any]) -> None:
    """Retrieves the error, so that asyncio does not report it."""
    if not task.cancelled():
        task.exception()


def _root_task(loop: asyncio.AbstractEventLoop) -> asyncio.Task[Any]:
    """A task that never ends. AnyIO ties its worker threads to the task that the loop runs for.

    Without it, each request with a synchronous endpoint would start a thread and end it.
    """
    task = loop.create_task(_forever())
    mark = getattr(asyncio.base_events, "_run_until_complete_cb", None)
    if mark is not None:
        task.add_done_callback(mark)
    return task


async def _forever() -> None:
    await asyncio.get_running_loop().create_future()


_event_loop: EventLoop | None = None


def event_loop() -> EventLoop:
    """The event loop of this environment. The first call creates it."""
    global _event_loop
    if _event_loop is None or _event_loop.loop.is_closed():
        _event_loop = EventLoop()
    return _event_loop

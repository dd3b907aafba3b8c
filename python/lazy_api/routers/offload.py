"""Imports routers in a thread, so that the event loop serves other requests in the meantime."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context

import anyio
from anyio.lowlevel import RunVar
from starlette.concurrency import run_in_threadpool

# Only one import runs at a time. With this lock, requests wait for it, and not the threads of the pool.
_lock: RunVar[anyio.Lock] = RunVar("lazy_api_import_lock")


async def load_once(load: Callable[[], None], start: Callable[[], Awaitable[None]], in_thread: bool = True) -> None:
    """Loads, in a thread unless the module is imported already, and then starts in the event loop."""
    async with _lock_of_loop():
        # A new context, because what a module sets up must not depend on the request that needs it first.
        if in_thread:
            await run_in_threadpool(Context().run, _load_with_loop, load, _running_loop())
        else:
            Context().run(load)
        await start()


def _lock_of_loop() -> anyio.Lock:
    try:
        return _lock.get()
    except LookupError:
        lock = anyio.Lock()
        _lock.set(lock)
        return lock


def _load_with_loop(load: Callable[[], None], loop: asyncio.AbstractEventLoop | None) -> None:
    """Gives modules that ask for the event loop the same one as if the application imported them."""
    asyncio.set_event_loop(loop)
    try:
        load()
    finally:
        asyncio.set_event_loop(None)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None

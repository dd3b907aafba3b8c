"""Startup and shutdown of routers that are loaded after the application has started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from inspect import isawaitable
from typing import Any

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

Handler = Callable[[], Any]
Context = Callable[[Any], AbstractAsyncContextManager[Any]]


class Startup:
    """What a router adds to the lifespan of its application."""

    def __init__(self, on_startup: list[Handler], on_shutdown: list[Handler], context: Context | None) -> None:
        self.on_startup = on_startup
        self.on_shutdown = on_shutdown
        self.context = context

    def __bool__(self) -> bool:
        return bool(self.on_startup or self.context)


class LateLifespan:
    """Wraps the lifespan of an application, so that a router can join it at any time."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._original: Context = router.lifespan_context
        self._contexts: list[Context] = []
        self._waiting: list[Startup] = []
        self._late: list[_HeldContext] = []
        self._runs_handlers = False
        # The dictionary that the server copies into the scope of each request.
        self._state: dict[str, Any] | None = None
        self._late_state: dict[str, Any] = {}
        self._started = False
        self._serve: Callable[[Scope, Receive, Send], Awaitable[None]] = router.lifespan
        vars(router).update(lifespan=self._note_state, lifespan_context=self._run)
        # An application with its own lifespan does not run the handlers, so it does not run this one either.
        _handlers(router, "on_startup").append(self._note_handlers)

    def add(self, startup: Startup) -> None:
        """Adds a router before the start, or for the next start. The shutdown handlers run at the next shutdown."""
        _handlers(self._router, "on_startup").extend(startup.on_startup)
        _handlers(self._router, "on_shutdown").extend(startup.on_shutdown)
        if startup.context:
            self._contexts.append(startup.context)
        if self._started and startup:
            self._waiting.append(startup)

    def waits_for(self, startup: Startup | None) -> bool:
        """Whether a router was added after the application has started, and has not been started."""
        return any(other is startup for other in self._waiting)

    async def start(self, app: object, startup: Startup) -> None:
        """Starts a router that was added while the application is running."""
        if self._runs_handlers:
            for handler in startup.on_startup:
                result = handler()
                if isawaitable(result):
                    await result
        if startup.context:
            held = _HeldContext(startup.context(app))
            self._late_state = {**(await held.enter() or {}), **self._late_state}
            self._late.append(held)
            self.share_state(self._state)
        self._waiting.remove(startup)

    def share_state(self, state: dict[str, Any] | None) -> None:
        """Adds the state of late lifespans. Values of the application's own lifespan take precedence."""
        if state is not None:
            for name, value in self._late_state.items():
                state.setdefault(name, value)

    async def _note_state(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._state = scope.get("state")
        await self._serve(scope, receive, send)

    def _note_handlers(self) -> None:
        self._runs_handlers = True

    @asynccontextmanager
    async def _run(self, app: object) -> AsyncIterator[Any]:
        self._runs_handlers = False
        async with self._original(app) as state, AsyncExitStack() as stack:
            for context in list(self._contexts):
                state = _merge(await stack.enter_async_context(context(app)), state)
            self._started = True
            try:
                yield state
            finally:
                self._started = False
                self._waiting = []
                self._late_state = {}
                while self._late:
                    await self._late.pop().leave()


class _HeldContext:
    """A context that one task enters and leaves, because task groups require that."""

    def __init__(self, context: AbstractAsyncContextManager[Any]) -> None:
        self._context = context
        self._entered = asyncio.Event()
        self._left = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._state: Mapping[str, Any] | None = None

    async def enter(self) -> Mapping[str, Any] | None:
        if not _on_asyncio():
            self._state = await self._context.__aenter__()
            return self._state
        self._task = asyncio.create_task(self._hold())
        entered = asyncio.create_task(self._entered.wait())
        try:
            await asyncio.wait([self._task, entered], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._task.cancel()
            raise
        finally:
            entered.cancel()
        if self._task.done():
            self._task.result()
        return self._state

    async def leave(self) -> None:
        self._left.set()
        if self._task:
            await self._task
        else:
            await self._context.__aexit__(None, None, None)

    async def _hold(self) -> None:
        async with self._context as self._state:
            self._entered.set()
            await self._left.wait()


def _on_asyncio() -> bool:
    """Hypercorn can run an application with Trio instead of asyncio."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _merge(more: Mapping[str, Any] | None, state: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return None if more is None and state is None else {**(more or {}), **(state or {})}


def _handlers(router: Router, name: str) -> list[Handler]:
    """Starlette 1.0 removed these handlers. FastAPI still has them."""
    handlers: list[Handler] = getattr(router, name, [])
    return handlers

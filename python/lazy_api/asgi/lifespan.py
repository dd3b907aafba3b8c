"""Starts an application once in each environment: https://asgi.readthedocs.io/en/latest/specs/lifespan.html"""

from __future__ import annotations

from ..loading import ROUTER_LOAD_FAILED, RouterLoadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future, Task
    from typing import Any

    from .event_loop import EventLoop

# The tasks of the applications wait for a shutdown that Lambda does not announce. The loop does not keep them.
_tasks: list[Task[None]] = []


def start_lifespan(application: Any, prefix: str, loop: EventLoop) -> dict[str, Any]:
    """Returns the state that the application shares with its requests."""
    state: dict[str, Any] = {}
    started: Future[str | None] = loop.loop.create_future()
    task = loop.loop.create_task(_run(application, state, started))
    try:
        loop.wait_for(started)
    except BaseException:
        task.cancel()
        raise
    problem = started.result()
    if problem is not None:
        raise RouterLoadError(prefix, _name(application), ROUTER_LOAD_FAILED, problem) from RuntimeError(problem)
    if not task.done():
        _tasks.append(task)
    return state


async def _run(application: Any, state: dict[str, Any], started: Future[str | None]) -> None:
    received = False

    async def receive() -> dict[str, Any]:
        nonlocal received
        if received:
            await started.get_loop().create_future()
        received = True
        return {"type": "lifespan.startup"}

    async def send(message: dict[str, Any]) -> None:
        if started.done():
            return
        if message["type"] == "lifespan.startup.complete":
            started.set_result(None)
        elif message["type"] == "lifespan.startup.failed":
            started.set_result(f"its startup failed: {message.get('message', '').strip()}")

    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state}
    try:
        await application(scope, receive, send)
    except Exception:
        # According to the specification, such an application does not support the lifespan.
        pass
    finally:
        if not started.done():
            started.set_result(None)


def _name(application: object) -> str:
    return f"{type(application).__module__}.{type(application).__qualname__}"

"""Hooks of Lambda SnapStart: before the snapshot, and after each restore.

They do nothing outside of functions with SnapStart, so the same module runs under uvicorn, in tests, and in Lambda.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Hook = TypeVar("Hook", bound=Callable[[], Any])

# https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-python.html
_LIBRARY = "snapshot_restore_py"


def before_snapshot(hook: Hook) -> Hook:
    """Calls a function before Lambda takes the snapshot: use it to close connections, which do not survive a snapshot.

    The function has no parameters, and can be a coroutine function. The last one that is registered is called first.
    If it raises, Lambda does not publish the version. Can be used as a decorator.
    """
    return _register("register_before_snapshot", hook)


def after_restore(hook: Hook) -> Hook:
    """Calls a function each time that an environment starts from the snapshot, before its first request.

    The function has no parameters, and can be a coroutine function. The first one that is registered is called first.
    All of them together have 10 seconds. Can be used as a decorator.
    """
    return _register("register_after_restore", hook)


def _register(kind: str, hook: Hook) -> Hook:
    """The library is a part of Lambda's runtime."""
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        from importlib import import_module

        getattr(import_module(_LIBRARY), kind)(_call, hook)
    return hook


def _call(hook: Callable[[], Any]) -> None:
    outcome = hook()
    if hasattr(outcome, "__await__"):
        from ..asgi.event_loop import event_loop

        event_loop().run(outcome, None)

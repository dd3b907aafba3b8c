"""What INIT does: loads what the plan says, and never fails."""

from __future__ import annotations

import os
import signal
from time import monotonic

from ..collector import Suspended
from ..failures.coded_error import CodedError, coded, log_failure, to_coded_error
from ..loading import import_cleanly
from ..log import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import FrameType
    from typing import Any

    from ..dispatch.lazy_router import Application, LazyRouter

# Lambda's limit for INIT is 10 s on demand: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
# Other environments have more time. In seconds.
_BUDGET = 8.0
_BUDGET_AHEAD_OF_DEMAND = 120.0
# No caller waits for these INITs, so everything is loaded.
_AHEAD_OF_DEMAND = ("provisioned-concurrency", "snap-start")


class _TimeUp(BaseException):
    """Interrupts an import that takes the rest of INIT."""


def run_init(
    modules: Iterable[str], prefixes: frozenset[str], routers: Sequence[LazyRouter], application: Application | None
) -> int:
    """Returns the number of modules that could not be loaded."""
    everything = os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in _AHEAD_OF_DEMAND
    budget = _BUDGET_AHEAD_OF_DEMAND if everything else _BUDGET
    chosen = [
        router for router in routers if router is not application and (everything or router.prefix in prefixes)
    ]
    # The plan was made for a process that has imported the application.
    loads: list[tuple[str | None, Callable[[], Any]]] = []
    if application is not None:
        loads.append((application.prefix, application.load))
    loads += [(None, _importer(name)) for name in modules]
    loads += [(router.prefix, router.load) for router in chosen]
    with Suspended():
        return _run(loads, budget)


def _run(loads: Iterable[tuple[str | None, Callable[[], Any]]], budget: float) -> int:
    failures = 0
    end = monotonic() + budget
    before = _interrupt_at(budget)
    try:
        for router, load in loads:
            if monotonic() >= end:
                raise _TimeUp
            failures += not _succeeds(load, router)
    except _TimeUp:
        log("WARN", "INIT_TIMEOUT", f"INIT goes on after {budget * 1000:.0f} ms")
    finally:
        _stop_interrupting(before)
    return failures


def _succeeds(load: Callable[[], Any], router: str | None) -> bool:
    try:
        load()
    except _TimeUp:
        raise
    except BaseException as thrown:
        log_failure(to_coded_error(thrown), router=router)
        return False
    return True


def _importer(name: str) -> Callable[[], object]:
    def load() -> object:
        try:
            return import_cleanly(name)
        except (Exception, SystemExit) as cause:
            raise _import_error(name, cause) from cause

    return load


def _import_error(name: str, cause: BaseException) -> CodedError:
    return coded("ROUTER_LOAD_FAILED", f"the module {name} cannot be imported", cause)


def _interrupt_at(seconds: float) -> Any:
    """Returns the previous handler. None outside of the main thread, where signals do not arrive."""
    try:
        before = signal.signal(signal.SIGALRM, _on_signal)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    except (ValueError, AttributeError):
        return None
    return before


def _stop_interrupting(before: Any) -> None:
    if before is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _on_signal(_signal: int, _frame: FrameType | None) -> None:
    raise _TimeUp

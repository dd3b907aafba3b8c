"""A pytest plugin that makes the tests of FastAPI and Starlette include every router lazily.

`LAZY_API_SHIM=fastapi` turns `app.include_router(router)` into `include_lazy_routers`. `LAZY_API_SHIM=starlette` turns
the routes that are passed to an application or a router into lazy ones. Without the variable, nothing changes. In any
case, the outcome of each test goes to the file that `LAZY_API_OUTCOMES` names.
"""

from __future__ import annotations

import json
import os
import sys
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_including: ContextVar[bool] = ContextVar("including", default=False)
_targets = ModuleType("lazy_shim_targets")
_outcomes: dict[str, str] = {}
_included: list[Any] = []


def pytest_configure(config: pytest.Config) -> None:
    sys.modules[_targets.__name__] = _targets
    shim = os.environ.get("LAZY_API_SHIM")
    if shim == "fastapi":
        _shim_fastapi()
    if shim == "starlette":
        _shim_starlette()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.outcome != "passed" or report.when == "call":
        previous = _outcomes.get(report.nodeid, "passed")
        _outcomes[report.nodeid] = report.outcome if previous == "passed" else previous


def pytest_sessionfinish(session: pytest.Session) -> None:
    loaded = sum(inclusion.loaded for inclusion in _included)
    result = {"outcomes": _outcomes, "included": len(_included), "loaded": loaded}
    Path(os.environ["LAZY_API_OUTCOMES"]).write_text(json.dumps(result, indent=1, sort_keys=True))


def _target(value: object) -> str:
    name = f"target_{len(vars(_targets))}"
    setattr(_targets, name, value)
    return f"{_targets.__name__}:{name}"


def _shim_fastapi() -> None:
    from fastapi import FastAPI

    from lazy_api import include_lazy_routers
    from lazy_api.routers import routes

    include_router, include = FastAPI.include_router, routes._include

    def include_lazily(app: FastAPI, router: Any, *, prefix: str = "", **options: Any) -> None:
        if _including.get():
            include_router(app, router, prefix=prefix, **options)
        else:
            _included.extend(include_lazy_routers(app, {prefix: _target(router)}, **options))

    def include_for_lazy_route(*args: Any) -> Any:
        token = _including.set(True)
        try:
            return include(*args)
        finally:
            _including.reset(token)

    FastAPI.include_router = include_lazily  # type: ignore[assignment]
    routes._include = include_for_lazy_route


def _shim_starlette() -> None:
    from starlette.routing import Router

    from lazy_api import include_lazy_routers

    initialize = Router.__init__

    def initialize_lazily(router: Router, routes: Any = None, *args: Any, **options: Any) -> None:
        initialize(router, None, *args, **options)
        if not _including.get():
            for prefix, value in _lazy_parts(list(routes or [])):
                _included.extend(include_lazy_routers(router, {prefix: _target(value)}))

    Router.__init__ = initialize_lazily  # type: ignore[method-assign]


def _lazy_parts(routes: list[Any]) -> list[tuple[str, list[Any]]]:
    """A mount of plain routes becomes a lazy router at its path, and what is between two of them one at the root."""
    from starlette.routing import Mount, Router

    parts: list[tuple[str, list[Any]]] = []
    for route in routes:
        is_plain = type(route) is Mount and type(route.app) is Router and not route.name and route.path and route.routes
        if is_plain:
            parts.append((route.path, list(route.routes)))
        elif parts and not parts[-1][0]:
            parts[-1][1].append(route)
        else:
            parts.append(("", [route]))
    return parts

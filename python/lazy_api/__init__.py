"""Lazy routers for FastAPI, Starlette, and AWS Lambda.

Each public name is loaded when you import it, so that importing one does not load the others.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .loading import RouterLoadError as RouterLoadError
    from .routers import LazyInclusion as LazyInclusion
    from .routers import LazyRouterError as LazyRouterError
    from .routers import include_lazy_routers as include_lazy_routers
    from .routers import lazy_routers as lazy_routers

_PUBLIC = {
    "LazyInclusion": "routers",
    "LazyRouterError": "routers",
    "RouterLoadError": "loading",
    "include_lazy_routers": "routers",
    "lazy_routers": "routers",
}


def __getattr__(name: str) -> object:
    home = _PUBLIC.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})

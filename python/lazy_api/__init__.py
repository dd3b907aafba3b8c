"""Lazy routers for FastAPI, Starlette, and AWS Lambda.

Each public name is loaded when you import it, so that importing one does not load the others.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .loading import RouterLoadError as RouterLoadError
    from .logger import Logger as Logger
    from .logger import get_logger as get_logger
    from .routers import LazyInclusion as LazyInclusion
    from .routers import LazyRouterError as LazyRouterError
    from .routers import include_lazy_routers as include_lazy_routers
    from .routers import lazy_routers as lazy_routers
    from .secrets import get_parameter as get_parameter
    from .secrets import get_secret as get_secret
    from .secrets import get_secret_binary as get_secret_binary
    from .secrets import get_secret_string as get_secret_string
    from .secrets.errors import SecretError as SecretError
    from .snapshot import after_restore as after_restore
    from .snapshot import before_snapshot as before_snapshot

_PUBLIC = {
    "LazyInclusion": "routers",
    "LazyRouterError": "routers",
    "Logger": "logger",
    "RouterLoadError": "loading",
    "SecretError": "secrets.errors",
    "after_restore": "snapshot",
    "before_snapshot": "snapshot",
    "get_logger": "logger",
    "get_parameter": "secrets",
    "get_secret": "secrets",
    "get_secret_binary": "secrets",
    "get_secret_string": "secrets",
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

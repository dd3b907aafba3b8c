"""How a router is called, from what its module exports.

It reads the code of the function that would be called instead of using `inspect`, which takes longer to import than
the rest of the runtime.
"""

from __future__ import annotations

from ..loading import ROUTER_EXPORT, RouterLoadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Literal

    RouterKind = Literal["asgi", "wsgi", "lambda"]

# `inspect.CO_VARARGS`
_VARIABLE_ARGUMENTS = 0x04
_ASGI_NAMES = frozenset(["receive", "send"])
_WSGI_NAMES = frozenset(["environ", "start_response"])
_ADVICE = (
    "an APIRouter needs its application: give the construct app=\"main:app\" and call include_lazy_routers(app, ...) "
    "there, or export a FastAPI() application that includes the router"
)


def router_kind(value: object, prefix: str, target: str) -> RouterKind:
    """Raises `RouterLoadError` for anything that cannot serve requests."""
    if _is_api_router(value):
        raise RouterLoadError(prefix, target, ROUTER_EXPORT, _ADVICE)
    if hasattr(value, "wsgi_app"):
        return "wsgi"
    parameters = _parameters(value)
    if parameters is None:
        what = f"it is neither an ASGI or WSGI application nor a handler (event, context), got {type(value).__name__}"
        raise RouterLoadError(prefix, target, ROUTER_EXPORT, what)
    if _ASGI_NAMES.intersection(parameters):
        return "asgi"
    return "wsgi" if _WSGI_NAMES.intersection(parameters) else "lambda"


def _is_api_router(value: object) -> bool:
    return any(one.__module__ == "fastapi.routing" and one.__name__ == "APIRouter" for one in type(value).__mro__)


def _parameters(value: object) -> tuple[str, ...] | None:
    """The names of the positional parameters. None if the value cannot be called with two."""
    if not callable(value) or isinstance(value, type):
        return None
    found = _code_of(value, 0)
    if found is None:
        return ("event", "context")
    code, bound = found
    names = code.co_varnames[bound : code.co_argcount]
    if code.co_flags & _VARIABLE_ARGUMENTS and len(names) < 2:
        return ("event", "context")
    return names if len(names) >= 2 else None


def _code_of(value: object, bound: int, depth: int = 10) -> tuple[CodeType, int] | None:
    """The code that runs, and how many of its first parameters are given already. Looks behind decorators."""
    if depth == 0 or isinstance(value, type):
        return None
    wrapped = getattr(value, "__wrapped__", None)
    if wrapped is not None:
        return _code_of(wrapped, bound, depth - 1)
    if hasattr(value, "func") and hasattr(value, "keywords"):
        return _code_of(value.func, bound + len(value.args), depth - 1)  # type: ignore[attr-defined]
    if hasattr(value, "__func__"):
        return _code_of(value.__func__, bound + 1, depth - 1)
    code = getattr(value, "__code__", None)
    if code is not None:
        return code, bound
    call = getattr(value, "__call__", None)  # noqa: B004 - the method is needed, not whether there is one
    return _code_of(call, bound, depth - 1) if hasattr(call, "__func__") or hasattr(call, "__code__") else None

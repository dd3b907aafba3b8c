"""Prefixes: which are valid, which paths they cover, and in which order routers are included."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from starlette.routing import compile_path

from .errors import LazyRouterError

try:
    from starlette._utils import get_route_path as get_route_path
except ImportError:
    # Before Starlette 0.33, a mount takes its own path out of `scope["path"]`.
    def get_route_path(scope: MutableMapping[str, Any]) -> str:
        return str(scope["path"])


def check_prefix(prefix: object) -> str:
    """A prefix starts with a slash and does not end with one. The root is the empty prefix."""
    if prefix in ("", "/"):
        return ""
    if not isinstance(prefix, str) or not prefix.startswith("/") or prefix.endswith("/") or "//" in prefix:
        advice = 'it must start with "/" and must not end with "/", like "/api/v1/providers"'
        raise LazyRouterError("ROUTER_PREFIX", f"prefix {prefix!r} is not valid; {advice}")
    return prefix


def coverage(prefix: str) -> Callable[[str], bool]:
    """Whether a path is the prefix or below it: `/providers` does not cover `/providers-archive`."""
    if not prefix:
        return lambda path: True
    if "{" not in prefix:
        below = f"{prefix}/"
        return lambda path: path == prefix or path.startswith(below)
    patterns = [compile_path(prefix)[0], compile_path(f"{prefix}/{{lazy_rest:path}}")[0]]
    return lambda path: any(pattern.match(path) for pattern in patterns)


def most_specific_first(prefixes: list[str]) -> list[str]:
    """The same order, but a prefix moves in front of the first one that covers it.

    API Gateway gives a request to the longest prefix that matches, so `/users/admins` comes before `/users`.
    """
    ordered: list[str] = []
    for prefix in prefixes:
        at = next((i for i, other in enumerate(ordered) if _covers(other, prefix)), len(ordered))
        ordered.insert(at, prefix)
    return ordered


def repeated_end(prefix: str, paths: Sequence[str]) -> str:
    """The longest end of a prefix that every path starts with: "/users" of "/api/users", if all are below "/users"."""
    segments = prefix.split("/")[1:] if paths else []
    ends = ("/" + "/".join(segments[i:]) for i in range(len(segments)))
    return next((end for end in ends if all(f"{path}/".startswith(f"{end}/") for path in paths)), "")


def _covers(general: str, special: str) -> bool:
    pattern, path = general.split("/"), special.split("/")
    if len(pattern) > len(path):
        return False
    return all(a == b or (a.startswith("{") and not b.startswith("{")) for a, b in zip(pattern, path, strict=False))

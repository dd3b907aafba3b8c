"""`include_lazy_routers`: declares the routers of an application without importing them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature
from typing import Any, TypedDict, Unpack

from starlette.routing import Router

from ..loading import parse_target
from .declaration import Declaration, Step
from .discovery import discover_routers, locate
from .errors import LazyRouterError
from .inclusion import LazyInclusion
from .prefixes import check_prefix, most_specific_first
from .registry import routers_of
from .routes import Application, is_api_router


class IncludeOptions(TypedDict, total=False):
    """The options of FastAPI's `include_router`."""

    tags: list[Any] | None
    dependencies: Sequence[Any] | None
    default_response_class: Any
    responses: dict[int | str, dict[str, Any]] | None
    callbacks: list[Any] | None
    deprecated: bool | None
    include_in_schema: bool
    generate_unique_id_function: Callable[[Any], str]
    max_body_size: int | None
    form_limits: Any


def include_lazy_routers(  # noqa: PLR0913 - all but two are options with a name
    app: Application,
    routers: str | os.PathLike[str] | Mapping[str, str] | Router,
    *,
    prefix: str = "",
    lazy: bool = True,
    attribute: str = "router",
    prepare: Callable[[Any], object] | None = None,
    **options: Unpack[IncludeOptions],
) -> list[LazyInclusion]:
    """Includes routers in an application, each of which is imported by its first request.

    `routers` is a directory of router modules, relative to the file of the module that calls, or a mapping of prefixes
    to `module:attribute`. The other options are those of `app.include_router`, and apply to each router. With
    `lazy=False`, all routers are imported at once, in the same order.

    A prefix that another one covers comes after it: `/users/admins` before `/users`. Otherwise the order is that of the
    mapping, or of the names of the files. The prefix is complete: if the router has one of its own that repeats the end
    of it, like `APIRouter(prefix="/users")` in `users.py`, the routes do not repeat it.

    `prepare` is called with each router after its import, before it is included: `prepare=add_pagination`.
    It can be called again for the same router, so it must not add anything twice.

    An `APIRouter` can have lazy routers too. Pass it in place of the application, and then as `routers` of a second
    call, in place of `app.include_router(api_router)`.

    Returns the lazy routers that the application has got: none for an `APIRouter`.

    Raises `LazyRouterError` if the call cannot work. A router that cannot be loaded raises `RouterLoadError`, on a
    request, or here with `lazy=False`.
    """
    _check_options(app, options)
    step = Step(app, check_prefix(prefix), options, prepare)
    if is_api_router(routers):
        return _include_nested(step, routers, lazy)
    targets = _targets(routers, attribute, sys._getframe(1).f_globals)
    declarations = [
        Declaration(targets[each], (step._replace(prefix=step.prefix + each),), lazy)
        for each in most_specific_first(list(targets))
    ]
    return [inclusion for declaration in declarations for inclusion in _declare(declaration)]


def _include_nested(step: Step, routers: Any, lazy: bool) -> list[LazyInclusion]:
    from .nested import parts_of

    if not hasattr(step.owner, "include_router"):
        raise LazyRouterError("ROUTER_TARGET", f"{type(step.owner).__name__} cannot include an APIRouter; use FastAPI")
    inclusions: list[LazyInclusion] = []
    for part in parts_of(routers):
        if isinstance(part, Declaration):
            inclusions += _declare(part.inside(step, lazy))
        else:
            step.owner.include_router(part, prefix=step.prefix, **step.options)
    return inclusions


def _declare(declaration: Declaration) -> list[LazyInclusion]:
    if is_api_router(declaration.owner):
        from .nested import declare

        declare(declaration.owner, declaration)
        return []
    inclusion = routers_of(declaration.owner).add(declaration)
    if not declaration.lazy:
        inclusion.load()
    return [inclusion]


def _targets(routers: object, attribute: str, caller: Mapping[str, object]) -> dict[str, str]:
    if isinstance(routers, Mapping):
        return _check_mapping(routers)
    if isinstance(routers, str | os.PathLike):
        directory, root = locate(routers, caller)
        return discover_routers(directory, root, attribute)
    kind = type(routers).__name__
    message = f"routers must be a directory, a mapping of prefixes to targets, or an APIRouter, got {kind}"
    raise LazyRouterError("ROUTER_TARGET", message)


def _check_mapping(routers: Mapping[object, object]) -> dict[str, str]:
    targets: dict[str, str] = {}
    for prefix, target in routers.items():
        checked = check_prefix(prefix)
        if checked in targets:
            raise LazyRouterError("ROUTER_TWICE", f'two routers have the prefix "{checked or "/"}"; keep one')
        if not isinstance(target, str):
            message = f'the router of "{prefix}" must be text, like "api.users:router", got {type(target).__name__}'
            raise LazyRouterError("ROUTER_TARGET", f"{message}; a router that is imported already cannot be lazy")
        try:
            parse_target(target)
        except ValueError as cause:
            raise LazyRouterError("ROUTER_TARGET", f'the router of "{prefix}" is not valid: {cause}') from cause
        targets[checked] = target
    if not targets:
        message = 'the mapping is empty; add a router, like {"/users": "api.users:router"}'
        raise LazyRouterError("ROUTERS_EMPTY", message)
    return targets


def _check_options(app: Application, options: Mapping[str, Any]) -> None:
    """At once, because `include_router` is called much later."""
    include_router = getattr(app, "include_router", None)
    if include_router is None:
        if options:
            names = ", ".join(sorted(options))
            raise LazyRouterError("ROUTER_OPTION", f"{names} needs a FastAPI application, got {type(app).__name__}")
        return
    parameters = signature(include_router).parameters.values()
    if any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters):
        return
    known = sorted({parameter.name for parameter in parameters} - {"router", "prefix"})
    unknown = sorted(set(options) - set(known))
    if unknown:
        message = f"{unknown[0]} is not an option of include_router; it has {', '.join(known)}"
        raise LazyRouterError("ROUTER_OPTION", message)

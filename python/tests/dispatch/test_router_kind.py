"""How a router is called, from what its module exports."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from flask import Flask
from mangum import Mangum
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from lazy_api.dispatch.router_kind import router_kind
from lazy_api.loading import RouterLoadError


async def asgi(scope: Any, receive: Any, send: Any) -> None: ...


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    return []


def handler(event: Any, context: Any) -> None: ...


async def async_handler(event: Any, context: Any, extra: Any = None) -> None: ...


class Resolver:
    def __call__(self, event: Any, context: Any) -> None: ...

    def method(self, event: Any, context: Any) -> None: ...


class Bottle:
    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        return []


@functools.wraps(handler)
def decorated(*args: Any, **kwargs: Any) -> None: ...


def with_session(session: Any, event: Any, context: Any) -> None: ...


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (FastAPI(), "asgi"),
        (Starlette(), "asgi"),
        (GZipMiddleware(Starlette()), "asgi"),
        (asgi, "asgi"),
        (Flask("app"), "wsgi"),
        (Flask("app").wsgi_app, "wsgi"),
        (Bottle(), "wsgi"),
        (wsgi, "wsgi"),
        (handler, "lambda"),
        (async_handler, "lambda"),
        (decorated, "lambda"),
        (Resolver(), "lambda"),
        (Resolver().method, "lambda"),
        (functools.partial(with_session, None), "lambda"),
        (Mangum(FastAPI()), "lambda"),
        (lambda *args: None, "lambda"),
    ],
)
def test_what_frameworks_give_is_recognized(value: object, kind: str) -> None:
    assert router_kind(value, "/users", "users:router") == kind


@pytest.mark.parametrize("value", [None, {}, "text", lambda event: None, FastAPI])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(RouterLoadError) as error:
        router_kind(value, "/users", "users:router")
    assert error.value.code == "ROUTER_EXPORT"


def test_a_router_that_needs_its_application_is_refused_with_advice() -> None:
    with pytest.raises(RouterLoadError, match=r"include_lazy_routers\(app"):
        router_kind(APIRouter(), "/users", "users:router")

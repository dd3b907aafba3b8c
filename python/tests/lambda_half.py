"""What the tests of the Lambda half share: events, contexts, and functions whose routers are in a module."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from lazy_api.entry import create_lazy_api

Handler = Callable[..., dict[str, Any]]


class Context:
    aws_request_id = "the-request"

    def __init__(self, remaining: int = 30_000) -> None:
        self._remaining = remaining

    def get_remaining_time_in_millis(self) -> int:
        return self._remaining


def http_event(path: str = "/users/7", route: str = "ANY /users/{proxy+}", **members: Any) -> dict[str, Any]:
    """An event of an HTTP API. The greedy parameter is what the route leaves of the path."""
    method = members.pop("method", "GET")
    context = {"stage": "$default", "domainName": "api.example.com", "http": {"method": method, "path": path}}
    prefix = route.partition(" ")[2].removesuffix("/{proxy+}")
    parameters = {"proxy": path.removeprefix(prefix).removeprefix("/")} if "{proxy+}" in route else {}
    return {
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "headers": {},
        "pathParameters": parameters, "requestContext": context, "isBase64Encoded": False, **members,
    }  # fmt: skip


def rest_event(path: str = "/users/7", resource: str = "/users/{proxy+}", **members: Any) -> dict[str, Any]:
    stage = members.pop("stage", "prod")
    context = {"stage": stage, "domainName": "id.execute-api.eu-central-1.amazonaws.com", "path": f"/{stage}{path}"}
    prefix = resource.removesuffix("/{proxy+}")
    return {
        "resource": resource, "path": path, "httpMethod": "GET", "headers": {}, "multiValueHeaders": {},
        "queryStringParameters": None, "multiValueQueryStringParameters": None,
        "pathParameters": {"proxy": path.removeprefix(prefix).removeprefix("/")}, "requestContext": context,
        "body": None, "isBase64Encoded": False, **members,
    }  # fmt: skip


def serve(router: Any, **options: Any) -> Handler:
    """The handler of a function with one router at /users."""
    name = f"router_module_{id(router)}"
    module = ModuleType(name)
    vars(module)["router"] = router
    sys.modules[name] = module
    row = options.pop("row", {})
    handler, init, _ = create_lazy_api([("/users", f"{name}:router", row)], **options)
    init()

    def call(event: Any = None, *, remaining: int = 30_000) -> dict[str, Any]:
        return handler(http_event() if event is None else event, Context(remaining))

    return call


def code_of(result: dict[str, Any]) -> str:
    return str(json.loads(result["body"])["code"])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]

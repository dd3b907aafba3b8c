"""The adapter and Mangum, with the same application and the same events.

`python -m tests.asgi.test_mangum` prints both as a table, and what a warm request costs.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from mangum import Mangum

from ..lambda_half import Context, http_event, rest_event, serve

Result = dict[str, Any]


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Responds with what it has received, in the way that the path asks for."""
    if scope["type"] != "http":
        return
    message = await receive()
    seen = {
        "path": scope["path"],
        "root_path": scope["root_path"],
        "query": scope["query_string"].decode("latin-1"),
        "headers": [[name.decode(), value.decode()] for name, value in scope["headers"] if name[:2] == b"x-"],
        "cookie": [value.decode() for name, value in scope["headers"] if name == b"cookie"],
        "body": message["body"].decode("latin-1"),
    }
    headers = [(b"content-type", b"application/json")]
    body = json.dumps(seen).encode()
    if scope["path"].endswith("/binary"):
        headers, body = [(b"content-type", b"image/png")], b"\x89PNG\xff"
    if scope["path"].endswith("/empty"):
        headers, body = [], b""
    if scope["path"].endswith("/cookies"):
        headers += [(b"set-cookie", b"a=1; Path=/"), (b"set-cookie", b"b=2, 3"), (b"x-a", b"1"), (b"x-a", b"2")]
    if scope["path"].endswith("/svg"):
        headers, body = [(b"content-type", b"image/svg+xml")], b"<svg/>"
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def of_function(**options: Any) -> Callable[[Any], Result]:
    """The application is not mounted, because Mangum does not mount either."""
    return serve(application, row={"strip_prefix": False}, **options)


def of_mangum(event: Any) -> Result:
    asyncio.set_event_loop(asyncio.new_event_loop())
    result: Result = Mangum(application, lifespan="off")(event, Context())
    asyncio.get_event_loop().close()
    return result



def v2(path: str = "/users/7", **members: Any) -> dict[str, Any]:
    stage = members.pop("stage", "$default")
    event = http_event(path, **members)
    event["requestContext"]["http"]["sourceIp"] = "203.0.113.7"
    event["requestContext"]["stage"] = stage
    return event


def rest(path: str = "/users/7", **members: Any) -> dict[str, Any]:
    event = rest_event(path, **members)
    event["requestContext"]["identity"] = {"sourceIp": "203.0.113.7"}
    return event


# What both see in the same way.
SAME = {
    "HTTP API: a plain request": v2(),
    "HTTP API: repeated headers": v2(headers={"x-many": "1,2"}),
    "HTTP API: a query string with escapes": v2(rawQueryString="a=1&a=2&b=%C3%BC&c=%20"),
    "HTTP API: text": v2(method="POST", body="Zoë"),
    "HTTP API: an empty body": v2(method="POST", body=""),
    "HTTP API: base64": v2(method="POST", body="AP+A", isBase64Encoded=True),
    "HTTP API: a binary response": v2("/users/binary"),
    "REST API: repeated parameters": rest(
        queryStringParameters={"a": "2"}, multiValueQueryStringParameters={"a": ["1", "2"], "b": ["x y"]}
    ),
    "REST API: base64": rest(body="AP+A", isBase64Encoded=True),
    "REST API: cookies": rest(multiValueHeaders={"Cookie": ["a=1; b=2"]}),
}

# What differs, and what the function sees or responds. Mangum's own value is not asserted: it can change.
DIFFERENT: dict[str, tuple[dict[str, Any], Callable[[Result], Any], Any]] = {
    "HTTP API: a stage is the root path": (
        v2("/prod/users/7", pathParameters={"proxy": "7"}, stage="prod"),
        lambda result: (seen(result)["root_path"], seen(result)["path"]),
        ("/prod", "/prod/users/7"),
    ),
    "REST API: a base path mapping is the root path": (
        rest("/v1/users/7", pathParameters={"proxy": "7"}),
        lambda result: (seen(result)["root_path"], seen(result)["path"]),
        ("/v1", "/v1/users/7"),
    ),
    "HTTP API: cookies are in one header": (
        v2(cookies=["a=1", "b=2"], headers={"cookie": "a=1;b=2"}),
        lambda result: seen(result)["cookie"],
        ["a=1; b=2"],
    ),
    "REST API: repeated headers stay separate": (
        rest(multiValueHeaders={"X-Many": ["1", "2"]}),
        lambda result: seen(result)["headers"],
        [["x-many", "1"], ["x-many", "2"]],
    ),
    "REST API: repeated headers and cookies of the response": (
        rest("/users/cookies"),
        lambda result: (result["multiValueHeaders"]["set-cookie"], result["multiValueHeaders"]["x-a"]),
        (["a=1; Path=/", "b=2, 3"], ["1, 2"]),
    ),
    "HTTP API: a response without a body is no base64": (
        v2("/users/empty"),
        lambda result: (result["body"], result["isBase64Encoded"]),
        ("", False),
    ),
    "HTTP API: SVG is text": (
        v2("/users/svg"),
        lambda result: (result["body"], result["isBase64Encoded"]),
        ("<svg/>", False),
    ),
    "HTTP API: an escape of the path stays one": (
        v2("/users/100%", pathParameters={"proxy": "100%"}),
        lambda result: seen(result)["path"],
        "/users/100%",
    ),
}


def seen(result: Result) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(result["body"])
    return value


def comparable(result: Result) -> Any:
    headers = {**result.get("headers", {}), **{n: v[0] for n, v in result.get("multiValueHeaders", {}).items()}}
    body = seen(result) if headers.get("content-type") == "application/json" else result["body"]
    return result["statusCode"], headers, body, result["isBase64Encoded"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", SAME)
def test_the_adapter_agrees_with_mangum(name: str) -> None:
    assert comparable(of_function()(SAME[name])) == comparable(of_mangum(SAME[name]))


@pytest.mark.parametrize("name", DIFFERENT)
def test_where_the_adapter_differs_from_mangum(name: str) -> None:
    event, read, expected = DIFFERENT[name]
    assert read(of_function()(event)) == expected


def attempt(work: Callable[[], Any]) -> str:
    try:
        return str(work())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def print_table() -> None:
    print("| event | this adapter | Mangum |\n|---|---|---|")
    for name, event in SAME.items():
        print(f"| {name} | the same | {comparable(of_function()(event)) == comparable(of_mangum(event))} |")
    for name, (event, read, _) in DIFFERENT.items():
        print(f"| {name} | {attempt(lambda: read(of_function()(event)))} | {attempt(lambda: read(of_mangum(event)))} |")  # noqa: B023


def warm_cost(call: Callable[[Any], Any], event: Any) -> float:
    """The fastest of many short series, in milliseconds."""

    def series() -> float:
        began = perf_counter()
        for _ in range(100):
            call(event)
        return (perf_counter() - began) * 10

    return min(series() for _ in range(30))


def print_costs() -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())
    function, context = of_function(), Context()
    for name, event in {"HTTP API": v2(headers={f"x-{i}": "v" * 20 for i in range(15)}), "REST API": rest()}.items():
        own = warm_cost(function, event)
        off = Mangum(application, lifespan="off")
        auto = Mangum(application)
        print(f"{name}: {own:.3f} ms, Mangum {warm_cost(lambda e: auto(e, context), event):.3f} ms")  # noqa: B023
        print(f"{name}: without lifespan, Mangum {warm_cost(lambda e: off(e, context), event):.3f} ms")  # noqa: B023


if __name__ == "__main__":
    print_table()
    print_costs()

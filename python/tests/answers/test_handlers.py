"""What Lambda proxy handlers in Python can return, beyond what JSON has."""

from __future__ import annotations

import asyncio
import decimal
import http
import time
from typing import Any

import pytest

from ..lambda_half import code_of, rest_event, serve


@pytest.mark.parametrize(
    ("returned", "body"),
    [
        ({"price": decimal.Decimal("1.5"), "count": decimal.Decimal(3)}, '{"price":1.5,"count":3}'),
        (("a", 1), '["a",1]'),
        ({"name": "Zoë"}, '{"name":"Zoë"}'),
    ],
)
def test_a_result_without_a_status_is_the_body(returned: Any, body: str) -> None:
    result = serve(lambda event, context: returned)()
    assert (result["statusCode"], result["body"]) == (200, body)


@pytest.mark.parametrize("status", [http.HTTPStatus.CREATED, 201, 201.0, "201"])
def test_any_number_can_be_the_status(status: Any) -> None:
    assert serve(lambda event, context: {"statusCode": status})(rest_event())["statusCode"] == 201


@pytest.mark.parametrize(
    ("returned", "code"),
    [
        ({1, 2}, "RESULT_NOT_SERIALIZABLE"),
        ({"statusCode": 200, "headers": {"a": {1}}}, "RESULT_NOT_SERIALIZABLE"),
        ({"statusCode": 200, "body": b"bytes"}, "RESULT_NOT_SERIALIZABLE"),
        ({"statusCode": 200, "headers": {"a": float("nan")}}, "RESULT_NOT_SERIALIZABLE"),
        ({"statusCode": 200, "body": {"a": 1}}, "RESULT_MALFORMED"),
    ],
)
def test_what_api_gateway_would_not_understand_is_refused(returned: Any, code: str) -> None:
    assert code_of(serve(lambda event, context: returned)()) == code


def test_a_coroutine_function_is_awaited() -> None:
    async def handler(event: Any, context: Any) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"statusCode": 204}

    assert serve(handler)()["statusCode"] == 204


def test_a_handler_that_catches_everything_is_interrupted_again() -> None:
    def handler(event: Any, context: Any) -> dict[str, Any]:
        try:
            time.sleep(30)
        except BaseException:
            time.sleep(30)
        return {"statusCode": 204}

    began = time.perf_counter()
    assert code_of(serve(handler)(remaining=100)) == "TIMEOUT"
    assert time.perf_counter() - began < 5

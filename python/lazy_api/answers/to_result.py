"""Converts the value that a Lambda proxy handler returned to a result that API Gateway understands."""

from __future__ import annotations

import json

from ..failures.coded_error import CodedError, coded
from .result import json_result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .result import Result

    Check = Callable[[Any], bool]

_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def to_result(returned: Any, http_api: bool) -> Result:
    """Raises an error with a code if API Gateway would not understand it."""
    if http_api and not (isinstance(returned, dict) and returned.get("statusCode") is not None):
        return _infer(returned)
    if not isinstance(returned, dict):
        raise _malformed("be")
    return _pick(returned, http_api)


def _infer(returned: Any) -> Result:
    """In payload format 2.0, a result without a status code is the body of a response with status 200.

    See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    if returned is None or (isinstance(returned, dict) and "statusCode" in returned):
        raise _malformed("have statusCode" if returned else "be")
    return json_result(200, returned if isinstance(returned, str) else to_json(returned))


def to_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_to_plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as cause:
        raise coded("RESULT_NOT_SERIALIZABLE", "the result cannot be written as JSON", cause) from cause


def _to_plain(value: Any) -> Any:
    """Serializes the numbers of DynamoDB, as Lambda's runtime client does."""
    if type(value).__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _pick(fields: dict[str, Any], http_api: bool) -> Result:
    """Keeps only the members of the payload format, because REST APIs refuse any other."""
    result: Result = {}
    for name, check in _MEMBERS.items():
        value = _without_null(fields.get(name))
        if value is None:
            continue
        if not check(value):
            to_json(value)
            raise _malformed(f"have {name}")
        if name != ("multiValueHeaders" if http_api else "cookies"):
            result[name] = value
    if "statusCode" not in result:
        raise _malformed("have statusCode")
    result["statusCode"] = int(result["statusCode"])
    return result


def _without_null(value: Any) -> Any:
    return {name: one for name, one in value.items() if one is not None} if isinstance(value, dict) else value


def _is_value(value: Any) -> bool:
    """Rejects line breaks, which would begin another header."""
    if isinstance(value, str):
        return not ("\n" in value or "\r" in value or "\0" in value)
    return isinstance(value, int | float) and value == value and value not in (float("inf"), float("-inf"))


def _is_status(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) == 3 and value.isascii() and value.isdigit() and "1" <= value[0] <= "5"
    return isinstance(value, int | float) and not isinstance(value, bool) and value in range(100, 600)


def _is_name(name: Any) -> bool:
    """https://www.rfc-editor.org/rfc/rfc9110#name-tokens"""
    return isinstance(name, str) and name != "" and _TOKEN.issuperset(name)


def _is_headers(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_name(name) and _is_value(one) for name, one in value.items())


def _is_multi_headers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _is_name(name) and isinstance(one, list | tuple) and all(_is_value(item) for item in one)
        for name, one in value.items()
    )


def _is_cookies(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) and _is_value(one) for one in value)


_MEMBERS: dict[str, Check] = {
    "statusCode": _is_status,
    "headers": _is_headers,
    "multiValueHeaders": _is_multi_headers,
    "cookies": _is_cookies,
    "body": lambda value: isinstance(value, str),
    "isBase64Encoded": lambda value: isinstance(value, bool),
}


def _malformed(must: str) -> CodedError:
    return CodedError("RESULT_MALFORMED", f"the result must {must} as in the response of a Lambda proxy integration")

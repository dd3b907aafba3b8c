"""The results that the function returns to Lambda, in either payload format."""

from __future__ import annotations

import json
import os

from ..failures.coded_error import CodedError, status_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Result = dict[str, Any]

# The largest JSON document that Lambda accepts from a function, in bytes:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
LAMBDA_MAX_RESULT_BYTES = 6_291_556
# JSON encodes a character in at most six bytes, so a shorter result is not measured. The rest is for the headers.
SAFE_BODY_LENGTH = 1_000_000

_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    500: "Internal Server Error",
    504: "Gateway Timeout",
}
# Lambda's runtime client escapes all characters beyond ASCII, except in these environments.
_PLAIN_UNICODE = ("AWS_Lambda_python3.12", "AWS_Lambda_python3.13", "AWS_Lambda_python3.14", "AWS_Lambda_python3.15")


def json_result(status: int, body: str) -> Result:
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": body,
        "isBase64Encoded": False,
    }


def failure_result(code: str, request_id: str | None) -> Result:
    """The runtime's own response. It has no message, stack, or path: the log has them, under the same request ID."""
    status = status_of(code)
    content = {"message": _REASONS[status], "code": code, "requestId": request_id}
    if request_id is None:
        del content["requestId"]
    return json_result(status, json.dumps(content, separators=(",", ":")))


def check_size(result: Result) -> Result:
    """Replaces a result that Lambda would refuse, because it is too large, with an error."""
    body = result.get("body")
    if body is None or len(body) < SAFE_BODY_LENGTH:
        return result
    size = _json_bytes(result)
    if size <= LAMBDA_MAX_RESULT_BYTES:
        return result
    raise CodedError("RESULT_TOO_LARGE", f"the result has {size} bytes as JSON, the limit is {LAMBDA_MAX_RESULT_BYTES}")


def _json_bytes(result: Result) -> int:
    escapes = os.environ.get("AWS_EXECUTION_ENV") not in _PLAIN_UNICODE
    return len(json.dumps(result, ensure_ascii=escapes).encode("utf-8", "backslashreplace"))

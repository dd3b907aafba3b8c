"""From the response of a web application to a result in the payload format of the event."""

from __future__ import annotations

from binascii import b2a_base64

from ..answers.text_body import decode_utf8, is_text_type
from ..events import is_http_api
from ..failures.coded_error import CodedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..answers.result import Result

# Statuses that have no body: https://fetch.spec.whatwg.org/#null-body-status
_NO_BODY = (204, 205, 304)
# Headers of a connection. The endpoint has its own: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
_OF_THE_CONNECTION = frozenset(
    ["connection", "keep-alive", "proxy-connection", "trailer", "transfer-encoding", "upgrade"]
)
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")


def web_result(event: object, method: str, status: int, pairs: list[tuple[str, str]], body: bytes) -> Result:
    """Names of headers are in lower case."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for name, value in pairs:
        _check(name, value)
        if name == "set-cookie":
            cookies.append(value)
        elif name not in _OF_THE_CONNECTION:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    result: Result = {"statusCode": status, **_shape(headers, cookies, is_http_api(event))}
    _set_body(result, b"" if method == "HEAD" or status in _NO_BODY else body, headers)
    return result


def _check(name: str, value: str) -> None:
    """Rejects line breaks, which would begin another header."""
    if not name or not _TOKEN.issuperset(name) or "\n" in value or "\r" in value or "\0" in value:
        raise CodedError("RESULT_MALFORMED", "the response has a header whose name or value HTTP does not allow")


def _shape(headers: dict[str, str], cookies: list[str], http_api: bool) -> Result:
    if http_api:
        return {"headers": headers, "cookies": cookies} if cookies else {"headers": headers}
    multi = {name: [value] for name, value in headers.items()}
    return {"multiValueHeaders": {**multi, "set-cookie": cookies} if cookies else multi}


def _set_body(result: Result, body: bytes, headers: dict[str, str]) -> None:
    is_text = not body or ("content-encoding" not in headers and is_text_type(headers.get("content-type", "")))
    text = decode_utf8(body) if is_text else None
    result["body"] = b2a_base64(body, newline=False).decode("ascii") if text is None else text
    result["isBase64Encoded"] = text is None

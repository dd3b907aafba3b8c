"""Reads the request from an event of either payload format, for ASGI and WSGI applications."""

from __future__ import annotations

from binascii import a2b_base64
from urllib.parse import quote, unquote, urlencode

from ..events import is_http_api, mapping, text
from ..failures.coded_error import CodedError, coded
from .mount import mount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..dispatch.lazy_router import LazyRouter
    from ..flights import Flight

# All visible ASCII characters except the one that ends the query string.
_QUERY_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "#")
_HOST = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-:")
# These headers are replaced by values that match the request that the router receives.
_REPLACED = frozenset(["host", "x-forwarded-prefix", "transfer-encoding", "content-length"])


class WebRequest:
    """`base` and `path` are decoded; `raw_path` is both of them as in the URL. Names of headers are in lower case."""

    __slots__ = ("base", "body", "client", "headers", "host", "method", "path", "query", "raw_path", "scheme")

    base: str
    body: bytes
    client: str | None
    headers: list[tuple[str, str]]
    host: str
    method: str
    path: str
    query: str
    raw_path: str
    scheme: str


def read_request(flight: Flight, matched: str | None, router: LazyRouter) -> WebRequest:
    """Raises an error with a code for an event that is not a request, or that a router must not receive."""
    try:
        return _read(flight.event, matched, router)
    except CodedError:
        raise
    except Exception as cause:
        raise coded("REQUEST_INVALID", "the event is not a request", cause) from cause


def _read(event: dict[str, Any], matched: str | None, router: LazyRouter) -> WebRequest:
    mounted = mount(event, matched, router)
    if mounted.has_dot_segment():
        raise CodedError("PATH_REFUSED", 'the path has "." or ".." segments, which many frameworks resolve')
    context = mapping(event, "requestContext")
    http = mapping(context, "http") if is_http_api(event) else event
    request = WebRequest()
    request.method = http["method" if http is not event else "httpMethod"].upper()
    request.base, request.path = unquote(mounted.base), unquote(mounted.path)
    request.raw_path = mounted.base + mounted.path
    request.query = _query_of(event)
    request.body = _body_of(event)
    request.client = text(http if http is not event else mapping(context, "identity"), "sourceIp") or None
    _set_headers(request, event, text(context, "domainName"))
    return request


def _body_of(event: dict[str, Any]) -> bytes:
    body = event.get("body")
    if not body:
        return b""
    # Too much padding is ignored.
    return a2b_base64(body + "==") if event.get("isBase64Encoded") else body.encode()


def _query_of(event: dict[str, Any]) -> str:
    """Payload format 1.0 decodes the query string."""
    if not is_http_api(event):
        multi = event.get("multiValueQueryStringParameters")
        return urlencode(list(_pairs(event.get("queryStringParameters") if multi is None else multi)))
    query = text(event, "rawQueryString")
    return quote(query, safe=_QUERY_SAFE) if query else ""


def _set_headers(request: WebRequest, event: dict[str, Any], domain: str) -> None:
    multi = None if is_http_api(event) else event.get("multiValueHeaders")
    headers = [(name.lower(), value) for name, value in _pairs(event.get("headers") if multi is None else multi)]
    has_length = any(name == "content-length" for name, _ in headers)
    _set_origin(request, headers, domain)
    cookies = event.get("cookies") if is_http_api(event) else None
    # A function URL sends the cookies in both places.
    kept = [one for one in headers if one[0] not in _REPLACED and not (cookies and one[0] == "cookie")]
    kept.insert(0, ("host", request.host))
    if cookies:
        kept.append(("cookie", "; ".join(cookies)))
    if request.body or has_length:
        kept.append(("content-length", str(len(request.body))))
    request.headers = kept


def _set_origin(request: WebRequest, headers: list[tuple[str, str]], domain: str) -> None:
    """Without a domain name, the event comes from a test or a local server, and only the `Host` header has the host."""
    request.scheme, request.host = "https", domain
    if domain:
        return
    given = dict(reversed(headers))
    if given.get("x-forwarded-proto") == "http":
        request.scheme = "http"
    host = given.get("host", "")
    request.host = host if host and _HOST.issuperset(host) else "localhost"


def _pairs(given: Any) -> Iterator[tuple[str, str]]:
    """The pairs of an event's single-value or multi-value map."""
    for name, values in (given or {}).items():
        for value in values if isinstance(values, list) else (values,):
            if value is not None:
                yield name, value if isinstance(value, str) else str(value)

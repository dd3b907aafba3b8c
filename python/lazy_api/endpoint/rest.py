"""What only REST APIs need."""

from __future__ import annotations

from binascii import a2b_base64

from ..answers.text_body import decode_utf8, is_text_type
from ..events import header, is_http_api

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ..answers.result import Result


def decode_text_body(event: Any) -> Any:
    """A REST API that takes binary bodies passes on all bodies in base64. Routers get text as from other endpoints."""
    if not isinstance(event, dict) or is_http_api(event):
        return event
    content = event.get("body")
    if not content or not event.get("isBase64Encoded") or not is_text_type(header(event, "content-type") or ""):
        return event
    body = decode_utf8(a2b_base64(content + "=="))
    return event if body is None else {**event, "body": body, "isBase64Encoded": False}


def cors_adder(options: Mapping[str, Any]) -> Callable[[Any, Result], Result]:
    """REST APIs add no CORS headers to responses of the function. So the function adds them, unless the router has."""
    origins: list[str] = options["allowOrigins"]

    def add(event: Any, result: Result) -> Result:
        single, multi = result.get("headers") or {}, result.get("multiValueHeaders") or {}
        if any(name.lower() == "access-control-allow-origin" for name in (*single, *multi)):
            return result
        cors = _cors_headers(options, origins, header(event, "origin"))
        if "*" not in origins:
            cors["vary"] = [*_values_of(single, "vary"), *_values_of(multi, "vary"), "origin"]
        added = {**result, "multiValueHeaders": {**_without(multi, cors), **cors}}
        if result.get("headers") is not None:
            added["headers"] = _without(single, cors)
        return added

    return add


def _cors_headers(options: Mapping[str, Any], origins: list[str], origin: str | None) -> dict[str, list[str]]:
    if "*" not in origins and origin not in origins:
        return {}
    headers = {"access-control-allow-origin": ["*" if "*" in origins else origin or ""]}
    if options["allowCredentials"]:
        headers["access-control-allow-credentials"] = ["true"]
    if options["exposeHeaders"]:
        headers["access-control-expose-headers"] = [",".join(options["exposeHeaders"])]
    return headers


def _values_of(headers: Mapping[str, Any], wanted: str) -> list[str]:
    values = [value for name, value in headers.items() if name.lower() == wanted]
    return [str(one) for value in values for one in (value if isinstance(value, list | tuple) else (value,))]


def _without(headers: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() not in others}

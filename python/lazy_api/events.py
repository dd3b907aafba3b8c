"""Reads events without trust: whoever can invoke the function directly can send anything."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeGuard

    # What API Gateway and function URLs send: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
    Event = dict[str, Any]


def is_http_api(event: object) -> TypeGuard[Event]:
    """Whether an event has payload format 2.0: from an HTTP API or a function URL."""
    return isinstance(event, dict) and event.get("version") == "2.0"


def mapping(parent: object, name: str) -> dict[str, Any]:
    """The member of an event that is an object, or an empty one."""
    value = parent.get(name) if isinstance(parent, dict) else None
    return value if isinstance(value, dict) else {}


def text(parent: object, name: str) -> str:
    """The member of an event that is text, or empty text."""
    value = parent.get(name) if isinstance(parent, dict) else None
    return value if isinstance(value, str) else ""


def header(event: object, wanted: str) -> str | None:
    """The value of a header. The name is in lower case."""
    for name, value in mapping(event, "headers").items():
        if name.lower() == wanted and isinstance(value, str):
            return value
    return None

"""Responds to preflight requests, without a router.

HTTP APIs of API Gateway replace these CORS headers by their own:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from __future__ import annotations

from ..events import is_http_api, mapping, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ..answers.result import Result


def preflight(options: Mapping[str, Any]) -> Callable[[object], Result | None]:
    """None for other requests. Only the route tells them apart, because any request can have the method."""
    origins: list[str] = options["allowOrigins"]

    def answer(event: object) -> Result | None:
        if not (is_http_api(event) and text(event, "routeKey").startswith("OPTIONS ")):
            return None
        headers = dict(options["headers"])
        origin = "*" if "*" in origins else text(mapping(event, "headers"), "origin")
        if origin in origins:
            headers["access-control-allow-origin"] = origin
        return {"statusCode": 204, "headers": headers}

    return answer

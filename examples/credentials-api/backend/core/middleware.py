"""The middleware of every request: it gives the request an ID, logs it, and sets the headers of the response."""

import json
import sys
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RequestContextMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = Headers(scope=scope).get("x-request-id") or str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers.setdefault("cache-control", "no-store")
                _log(scope, request_id, message["status"], started)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _log(scope: Scope, request_id: str, status: int, started: float) -> None:
    milliseconds = round((time.perf_counter() - started) * 1000, 1)
    entry = {"method": scope["method"], "path": scope["path"], "status": status, "ms": milliseconds, "id": request_id}
    print(json.dumps(entry), file=sys.stderr)

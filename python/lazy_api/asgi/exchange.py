"""One request and response in the messages of ASGI: https://asgi.readthedocs.io/en/latest/specs/www.html"""

from __future__ import annotations

from asyncio import get_running_loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Iterable
    from typing import Any


class Exchange:
    """The application receives `receive` and `send`."""

    __slots__ = ("_body", "_chunks", "_gone", "complete", "headers", "status")

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self._chunks: list[bytes] = []
        # Done when the client has disconnected: after the response, or at the deadline.
        self._gone: Future[None] | bool = False
        # None until the response starts.
        self.status: int | None = None
        self.headers: Iterable[tuple[bytes, bytes]] = ()
        self.complete = False

    @property
    def body(self) -> bytes:
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    async def receive(self) -> dict[str, Any]:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        if self._gone is False:
            self._gone = get_running_loop().create_future()
        if self._gone is not True:
            await self._gone
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if self._gone is True and not self.complete:
            raise OSError("the time of the request is up")
        if kind == "http.response.start":
            self._start(message)
        elif kind == "http.response.body":
            self._write(message)

    def disconnect(self) -> None:
        """Tells the application that the client has disconnected."""
        gone, self._gone = self._gone, True
        if not isinstance(gone, bool) and not gone.done():
            gone.set_result(None)

    def _start(self, message: dict[str, Any]) -> None:
        if self.status is not None:
            raise RuntimeError("the response has started already")
        self.status = message["status"]
        self.headers = message.get("headers", ())

    def _write(self, message: dict[str, Any]) -> None:
        if self.status is None:
            raise RuntimeError("the response has not started yet: send http.response.start first")
        if self.complete:
            raise RuntimeError("the response is complete already")
        body = message.get("body", b"")
        if body:
            self._chunks.append(bytes(body))
        if not message.get("more_body", False):
            self.complete = True
            self.disconnect()

"""Serves events with a WSGI application: https://peps.python.org/pep-3333/"""

from __future__ import annotations

from ..failures.coded_error import CodedError
from ..web.prefix_hint import PrefixHint
from ..web.request import read_request
from ..web.result import web_result
from .environ import environ_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Any

    from ..answers.result import Result
    from ..dispatch.lazy_router import Caller, LazyRouter
    from ..flights import Flight
    from ..web.request import WebRequest

    ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Response:
    """The response that the application writes."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.headers: list[tuple[str, str]] = []
        self.chunks: list[bytes] = []

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: ErrorInfo | None = None
    ) -> Callable[[bytes], None]:
        """`start_response`. An error can replace the status and the headers until a part of the body is written."""
        if exc_info is not None:
            if self.chunks:
                raise exc_info[1].with_traceback(exc_info[2])
        elif self.status is not None:
            raise AssertionError("start_response is called again without exc_info")
        self.status, self.headers = status, headers
        return self.write

    def write(self, chunk: bytes) -> None:
        if self.status is None and chunk:
            raise AssertionError("a part of the body comes before start_response")
        if chunk:
            self.chunks.append(bytes(chunk))

    def read(self, content: Iterable[bytes]) -> None:
        """Always calls `close`, so that the application can clean up."""
        try:
            for chunk in content:
                self.write(chunk)
        finally:
            close = getattr(content, "close", None)
            if close is not None:
                close()


def wsgi_caller(application: Any, router: LazyRouter) -> Caller:
    hint = PrefixHint(router, application)

    def call(flight: Flight, matched: str | None) -> Result:
        request = read_request(flight, matched, router)
        response = Response()
        response.read(application(environ_of(request, flight), response.start))
        result = _result(flight, request, response)
        hint.see(result["statusCode"])
        return result

    return call


def _result(flight: Flight, request: WebRequest, response: Response) -> Result:
    if response.status is None:
        raise CodedError("RESULT_MALFORMED", "the WSGI application has not called start_response")
    status = response.status[:3] if isinstance(response.status, str) else ""
    if len(status) != 3 or not status.isdigit() or not "200" <= status <= "599":
        raise CodedError("RESULT_MALFORMED", "the status must begin with a number from 200 to 599")
    try:
        pairs = [(name.lower(), value + "") for name, value in response.headers]
    except (AttributeError, TypeError, ValueError) as cause:
        raise CodedError("RESULT_MALFORMED", "headers must be pairs of text") from cause
    return web_result(flight.event, request.method, int(status), pairs, b"".join(response.chunks))

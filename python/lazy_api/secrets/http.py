"""Sends HTTP requests over persistent connections, with a limit on concurrent requests."""

from __future__ import annotations

import http.client
from threading import BoundedSemaphore, Lock
from time import monotonic
from urllib.parse import urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Connection = http.client.HTTPConnection

# The errors of a connection that the other side has closed.
_CLOSED = (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, http.client.CannotSendRequest)


class Host:
    """One scheme, name, and port."""

    def __init__(self, origin: str, connections: int) -> None:
        self._parts = urlsplit(origin)
        self._places = BoundedSemaphore(connections)
        self._lock = Lock()
        self._idle: list[Connection] = []

    def send(
        self, method: str, path: str, headers: Mapping[str, str], timeout: float, body: str | None = None
    ) -> tuple[int, str]:
        """Returns the status and the body. Raises TimeoutError, or another OSError or HTTPException."""
        end = monotonic() + timeout
        if not self._places.acquire(timeout=timeout):
            raise TimeoutError
        try:
            return self._exchange((method, path, None if body is None else body.encode(), dict(headers)), end)
        finally:
            self._places.release()

    def close(self) -> None:
        """Closes the connections that no request uses."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _exchange(self, request: tuple[str, str, bytes | None, dict[str, str]], end: float) -> tuple[int, str]:
        kept = self._take()
        if kept is not None:
            try:
                return self._ask(kept, request, end)
            except _CLOSED:
                # For example, the environment was frozen. A new connection does not count as another attempt.
                pass
        return self._ask(self._connect(), request, end)

    def _ask(
        self, connection: Connection, request: tuple[str, str, bytes | None, dict[str, str]], end: float
    ) -> tuple[int, str]:
        try:
            connection.timeout = max(0.001, end - monotonic())
            if connection.sock is not None:
                connection.sock.settimeout(connection.timeout)
            connection.request(*request)
            response = connection.getresponse()
            content = response.read().decode("utf-8", "replace")
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
        return response.status, content

    def _take(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _connect(self) -> Connection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        return kind(self._parts.hostname or "", self._parts.port)


_hosts: dict[str, Host] = {}
_hosts_lock = Lock()


def host(origin: str, connections: int) -> Host:
    """All requests to a host share its limit."""
    with _hosts_lock:
        if origin not in _hosts:
            _hosts[origin] = Host(origin, connections)
        return _hosts[origin]


def close_all() -> None:
    with _hosts_lock:
        for one in _hosts.values():
            one.close()

"""A stand-in for the native module of awslambdaric, which exists only for Linux and for some versions of Python.

It has the functions of that module. The Runtime API is on this machine, so one connection is enough.
"""

from __future__ import annotations

import os
import socket

_INVOCATION = "/2018-06-01/runtime/invocation"
_CHUNK = 65536

# The status, the headers by lower-case name, and the body.
_Answer = tuple[int, dict[str, str], bytes]


class _Connection:
    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._host = address
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> _Answer:
        sent = f"content-type: {content_type}\r\ncontent-length: {len(body)}\r\n" if method == "POST" else ""
        request = f"{method} {_INVOCATION}{path} HTTP/1.1\r\nhost: {self._host}\r\n{sent}\r\n"
        self._socket.sendall(request.encode() + body)
        head, rest = self._read_head()
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(status.split()[1]), headers, self._read_body(rest, int(headers.get("content-length", 0)))

    def _read_head(self) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, _, rest = received.partition(b"\r\n\r\n")
        return head, rest

    def _read_body(self, received: bytes, length: int) -> bytes:
        chunks, missing = [received], length - len(received)
        while missing > 0:
            chunks.append(self._receive())
            missing -= len(chunks[-1])
        return b"".join(chunks)

    def _receive(self) -> bytes:
        chunk = self._socket.recv(_CHUNK)
        if not chunk:
            raise RuntimeError("the Runtime API has closed the connection")
        return chunk


_connection: _Connection | None = None


def _ask(method: str, path: str, body: bytes = b"", content_type: str = "") -> _Answer:
    global _connection
    if _connection is None:
        _connection = _Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    return _connection.ask(method, path, body, content_type)


def initialize_client(user_agent: str) -> None:
    """The Runtime API does not read the user agent."""


def next() -> tuple[bytes, dict[str, str | int | None]]:
    """Waits for the next invocation."""
    status, headers, body = _ask("GET", "/next")
    if status != 200:
        raise RuntimeError("Failed to get next")
    return body, {
        "Lambda-Runtime-Aws-Request-Id": headers["lambda-runtime-aws-request-id"],
        "Lambda-Runtime-Trace-Id": headers.get("lambda-runtime-trace-id"),
        "Lambda-Runtime-Invoked-Function-Arn": headers["lambda-runtime-invoked-function-arn"],
        "Lambda-Runtime-Deadline-Ms": int(headers["lambda-runtime-deadline-ms"]),
        "Lambda-Runtime-Client-Context": headers.get("lambda-runtime-client-context"),
        "Content-Type": headers.get("content-type"),
        "Lambda-Runtime-Cognito-Identity": headers.get("lambda-runtime-cognito-identity"),
        "Lambda-Runtime-Aws-Tenant-Id": headers.get("lambda-runtime-aws-tenant-id"),
    }


def post_invocation_result(
    invoke_id: str, data: bytes, content_type: str = "application/json", invocation_id: str | None = None
) -> None:
    if _ask("POST", f"/{invoke_id}/response", data, content_type)[0] != 202:
        raise RuntimeError("Failed to post invocation response")


def post_error(invoke_id: str, error: str, xray_fault: str, invocation_id: str | None = None) -> None:
    if _ask("POST", f"/{invoke_id}/error", error.encode(), "application/json")[0] != 202:
        raise RuntimeError("Failed to post invocation error")

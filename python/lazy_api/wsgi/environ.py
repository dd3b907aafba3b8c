"""Converts a request to the environment of WSGI: https://peps.python.org/pep-3333/#environ-variables"""

from __future__ import annotations

import sys
from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..flights import Flight
    from ..web.request import WebRequest


def environ_of(request: WebRequest, flight: Flight) -> dict[str, Any]:
    host, _, port = request.host.partition(":")
    target = request.raw_path + (f"?{request.query}" if request.query else "")
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": _native(request.base),
        "PATH_INFO": _native(request.path),
        "QUERY_STRING": request.query,
        "SERVER_NAME": host,
        "SERVER_PORT": port or ("443" if request.scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": request.client or "",
        # Other servers use these names for the path that the client sent.
        "REQUEST_URI": target,
        "RAW_URI": target,
        **_headers(request.headers),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "aws.event": flight.event,
        "aws.context": flight.context,
    }


def _headers(headers: list[tuple[str, str]]) -> dict[str, str]:
    """Leaves out names with an underscore, as other servers do, because they could imitate names with a hyphen."""
    joined: dict[str, str] = {}
    for name, value in headers:
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        native = _native(value) if not value.isascii() else value
        joined[key] = f"{joined[key]}{'; ' if key == 'HTTP_COOKIE' else ', '}{native}" if key in joined else native
    return joined


def _native(text: str) -> str:
    """Encodes text as UTF-8, with each byte as a character of Latin-1."""
    return text.encode("utf-8", "replace").decode("latin-1")

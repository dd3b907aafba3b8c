"""Sends requests to the built asset, as events of API Gateway, in a process that has only the asset to import from."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]


class AssetTransport(httpx.BaseTransport):
    """One execution environment: it runs one request at a time."""

    def __init__(self, asset: str) -> None:
        program = Path(__file__).with_name("asset_process.py")
        command = [sys.executable, "-I", "-S", str(program), asset]
        self._process = subprocess.Popen(command, cwd=asset, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        index = json.loads((Path(asset) / "manifest.json").read_text())
        self._prefixes = [router["prefix"] for router in index["routers"] if router["prefix"] != "/"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self._process.stdin.write(json.dumps(self._event(request)) + "\n")
        self._process.stdin.flush()
        return _response(json.loads(self._process.stdout.readline()))

    def _event(self, request: httpx.Request) -> Json:
        """In payload format 2.0, as an HTTP API with two routes for each prefix sends it."""
        path = request.url.path
        prefix = next((each for each in self._prefixes if f"{path}/".startswith(f"{each}/")), "")
        rest = path.removeprefix(prefix).removeprefix("/")
        return {
            "version": "2.0",
            "routeKey": f"ANY {prefix}/{{proxy+}}" if rest or not prefix else f"ANY {prefix}",
            "rawPath": path,
            "rawQueryString": request.url.query.decode(),
            "headers": _headers(request),
            "pathParameters": {"proxy": rest} if rest else None,
            "requestContext": {
                "domainName": request.url.host,
                "http": {"method": request.method, "path": path, "sourceIp": "203.0.113.7", "userAgent": "pytest"},
                "requestId": "pytest",
                "stage": "$default",
            },
            "body": base64.b64encode(request.content).decode(),
            "isBase64Encoded": True,
        }


def _headers(request: httpx.Request) -> dict[str, str]:
    """Repeated headers are joined."""
    return {name: ",".join(request.headers.get_list(name)) for name in request.headers}


def _response(result: Json) -> httpx.Response:
    body = result.get("body", "")
    content = base64.b64decode(body) if result.get("isBase64Encoded") else body.encode()
    headers = [*result.get("headers", {}).items(), *(("set-cookie", cookie) for cookie in result.get("cookies", ()))]
    return httpx.Response(result["statusCode"], headers=headers, content=content)

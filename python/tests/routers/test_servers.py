"""The same application under the servers that people use."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from ..conftest import Write

SERVERS = {
    "uvicorn": ["uvicorn", "main:app", "--port", "{port}"],
    "hypercorn": ["hypercorn", "main:app", "--bind", "127.0.0.1:{port}"],
    "hypercorn with Trio": ["hypercorn", "main:app", "--bind", "127.0.0.1:{port}", "--worker-class", "trio"],
}
FILES = {
    "main.py": """
        import os
        from fastapi import FastAPI
        from lazy_api import include_lazy_routers
        app = FastAPI()

        @app.get("/health")
        async def health():
            return "ok"

        include_lazy_routers(app, "routers")
    """,
    "routers/__init__.py": "",
    "routers/slow.py": """
        import time
        from fastapi import APIRouter
        router = APIRouter()
        started = []
        router.add_event_handler("startup", lambda: started.append("started"))
        time.sleep(1)

        @router.get("/")
        async def read():
            return started[:1]
    """,
    "routers/broken.py": "raise OSError('no network')",
}


@contextmanager
def serve(command: list[str], root: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [part.format(port=port) for part in command]
    package = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, str(root)])}
    process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=root, env=environment, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/health")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urlopen(url)
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(url)


def get(url: str) -> tuple[int, str, float]:
    try:
        with urlopen(url) as response:
            return response.status, response.read().decode(), time.monotonic()
    except HTTPError as error:
        return error.code, error.read().decode(), time.monotonic()


@pytest.mark.parametrize("server", SERVERS)
def test_a_slow_import_delays_only_the_requests_that_need_it(write: Write, server: str) -> None:
    with serve(SERVERS[server], write(FILES)) as url, ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(get, f"{url}/slow/") for _ in range(2)]
        time.sleep(0.2)
        status, _, healthy_at = get(f"{url}/health")
        results = [future.result() for future in slow]
        assert status == 200
        assert [(status, body) for status, body, _ in results] == [(200, '["started"]')] * 2
        assert healthy_at < min(at for _, _, at in results)
        assert [get(f"{url}{path}")[0] for path in ("/broken", "/health", "/slow", "/openapi.json")] == [
            500,
            200,
            200,
            500,
        ]

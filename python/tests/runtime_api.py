"""Runs a function in Lambda's runtime client: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any

from .lambda_half import lines

PACKAGE = Path(__file__).resolve().parents[1]
# How long a step may take, in seconds.
LIMIT = 30


class LambdaProcess:
    """A process of the runtime client, and the Runtime API that it talks to."""

    def __init__(self, directory: Path, **environment: str) -> None:
        self._events: Queue[Any] = Queue()
        self._results: Queue[tuple[str, Any]] = Queue()
        # The client waits for the restore after it has run the hooks before the snapshot.
        self.snapshot_taken = Event()
        self._restored = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self._log = directory / "log"
        self._process = self._start(directory, environment)

    def __enter__(self) -> LambdaProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._server.shutdown()
        self._server.server_close()

    def invoke(self, event: Any) -> Any:
        self._events.put(event)
        kind, result = self._results.get(timeout=LIMIT)
        assert kind == "response", result
        return result

    def restore(self) -> None:
        assert self.snapshot_taken.wait(LIMIT), self.log
        self._restored.set()

    def fails(self) -> str:
        """How the process reports that it cannot start."""
        kind, _ = self._results.get(timeout=LIMIT)
        self._process.wait(LIMIT)
        return kind

    @property
    def log(self) -> str:
        return self._log.read_text()

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        return lines("".join(line for line in self.log.splitlines(keepends=True) if line.startswith("{")))

    def _start(self, directory: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        variables = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": "api",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "PYTHONPATH": os.pathsep.join([str(directory), str(PACKAGE)]),
            "PATH": os.environ["PATH"],
            **environment,
        }
        command = [sys.executable, "-m", "awslambdaric", "lazy_api_index.handler"]
        with self._log.open("wb") as log:
            return subprocess.Popen(command, cwd=directory, env=variables, stdout=log, stderr=subprocess.STDOUT)

    def _handler(api) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path.endswith("/restore/next"):
                    api.snapshot_taken.set()
                    api._restored.wait(LIMIT)
                    return self._respond(200, b"")
                event = api._events.get()
                return self._respond(200, json.dumps(event).encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                kind = self.path.partition("/runtime/")[2].rpartition("/")
                # `response` and `error` of an invocation, `init/error`, `restore/error`.
                name = kind[2] if kind[0].startswith("invocation") else "/".join((kind[0], kind[2]))
                self._respond(202, b'{"status":"OK"}')
                api._results.put((name, json.loads(body)))

            def _respond(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Lambda-Runtime-Aws-Request-Id", "the-request")
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + LIMIT * 1000))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

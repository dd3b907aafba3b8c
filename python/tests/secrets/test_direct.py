"""Secrets without the extension, as functions with SnapStart read them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any

import pytest

from lazy_api.secrets import SecretError, get_secret_string, http, remote
from lazy_api.snapshot import renew

KEYS = {"AccessKeyId": "AKIDCONTAINER", "SecretAccessKey": "the-key", "Token": "the-token", "Expiration": "2030"}


class Servers:
    """The server of the credentials, and Secrets Manager."""

    def __init__(self) -> None:
        self.keys: Any = KEYS
        self.value = "hunter2"
        self.delays = {"GET": 0.0, "POST": 0.0}
        self.requests: list[dict[str, str]] = []
        self.connections: set[int] = set()


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    state = Servers()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            is_allowed = self.headers["authorization"] == "the-authorization" and self.path == "/keys?version=1"
            self._respond(200 if is_allowed else 403, state.keys)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            state.requests.append(dict(self.headers.items()))
            state.connections.add(self.client_address[1])
            self._respond(200, {"SecretString": state.value})

        def _respond(self, status: int, body: object) -> None:
            sleep(state.delays[self.command])
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    config = {"secrets": {"DB": "db"}, "parameters": {}, "timeout": 2000, "connections": 3, "ttl": 300_000}
    monkeypatch.setenv("LAZY_API_SECRETS", json.dumps({**config, "staleOnError": 0}))
    monkeypatch.setenv("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"{origin}/")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{origin}/keys?version=1")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-authorization")
    yield state
    remote.forget()
    http._hosts.clear()
    server.shutdown()
    server.server_close()


def test_requests_are_signed_with_the_keys_that_lambda_serves(servers: Servers) -> None:
    assert get_secret_string("DB") == "hunter2"
    (request,) = servers.requests
    assert "Credential=AKIDCONTAINER/" in request["authorization"]
    assert request["x-amz-security-token"] == "the-token"


def test_the_function_remembers_a_value_itself(servers: Servers) -> None:
    get_secret_string("DB")
    servers.value = "rotated"
    assert get_secret_string("DB") == "hunter2"
    assert get_secret_string("DB", refresh=True) == "rotated"
    assert get_secret_string("DB") == "rotated"
    assert len(servers.requests) == 2


def test_no_value_and_no_connection_gets_into_the_snapshot(servers: Servers) -> None:
    get_secret_string("DB")
    servers.value = "rotated"
    renew._forget_secrets()
    assert get_secret_string("DB") == "rotated"
    assert len(servers.connections) == 2


def test_the_request_for_the_keys_counts_toward_the_timeout(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = json.loads(os.environ["LAZY_API_SECRETS"])
    monkeypatch.setenv("LAZY_API_SECRETS", json.dumps({**config, "timeout": 500}))
    # Each is in time, both are not.
    servers.delays = {"GET": 0.3, "POST": 0.4}
    with pytest.raises(SecretError, match="AWS did not respond in time"):
        get_secret_string("DB")


def test_credentials_that_are_unavailable_are_explained_without_their_values(servers: Servers) -> None:
    servers.keys = {"AccessKeyId": "AKIDCONTAINER", "SecretAccessKey": "the-key"}
    with pytest.raises(SecretError) as error:
        get_secret_string("DB")
    assert error.value.code == "SECRET_UNAVAILABLE"
    assert "credentials responded with 200" in str(error.value.__cause__)
    assert "the-key" not in f"{error.value}{error.value.__cause__}"

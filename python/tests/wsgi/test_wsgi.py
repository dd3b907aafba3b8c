"""WSGI applications in the Lambda half."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest
from flask import Flask, request

from ..lambda_half import code_of, http_event, serve


def test_a_flask_application_is_mounted_at_its_prefix() -> None:
    app = Flask("users")

    @app.post("/<name>")
    def endpoint(name: str) -> dict[str, Any]:
        return {"name": name, "root": request.script_root, "body": request.get_json(), "query": request.args["q"]}

    event = http_event("/users/ü", method="POST", body='{"a":1}', headers={"content-type": "application/json"})
    result = serve(app)({**event, "rawQueryString": "q=%C3%BC"})
    assert (result["statusCode"], result["headers"]["content-type"]) == (200, "application/json")
    assert '"name":"\\u00fc","query":"\\u00fc","root":"/users"' in result["body"]


def test_the_environment_is_as_pep_3333_says() -> None:
    seen: dict[str, Any] = {}

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        start_response("200 OK", [])
        return []

    headers = {"x-a": "1", "x_a": "2", "content-type": "text/plain"}
    serve(app)(http_event("/users/ü", method="POST", body="abc", headers=headers))
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == ("/users", "/\u00c3\u00bc")
    assert (seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"], seen["HTTP_X_A"]) == ("3", "text/plain", "1")
    assert (seen["SERVER_NAME"], seen["SERVER_PORT"], seen["wsgi.url_scheme"]) == ("api.example.com", "443", "https")
    assert seen["wsgi.errors"] is sys.stderr
    assert seen["wsgi.input"].read() == b"abc"


class Content:
    """An iterable that fails at a place, and knows whether it was closed."""

    def __init__(self, *chunks: bytes | None) -> None:
        self.chunks = iter(chunks)
        self.closed = False

    def __iter__(self) -> Content:
        return self

    def __next__(self) -> bytes:
        chunk = next(self.chunks)
        if chunk is None:
            raise RuntimeError("the stream failed")
        return chunk

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(("content", "status"), [(Content(b"a", b"b"), 200), (Content(b"a", None), 500)])
def test_the_content_is_closed_in_any_case(content: Content, status: int) -> None:
    def app(environ: Any, start_response: Any) -> Content:
        start_response("200 OK", [("content-type", "text/plain")])
        return content

    assert serve(app)()["statusCode"] == status
    assert content.closed


def test_content_that_blocks_is_closed_when_the_time_is_up() -> None:
    content = Content()

    def block() -> bytes:
        time.sleep(30)
        return b""

    content.chunks = iter(block, None)

    def app(environ: Any, start_response: Any) -> Content:
        start_response("200 OK", [])
        return content

    assert code_of(serve(app)(remaining=100)) == "TIMEOUT"
    assert content.closed


def test_an_error_replaces_the_head_before_the_body_is_written() -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("x-a", "1")])
        try:
            raise RuntimeError("broken")
        except RuntimeError:
            start_response("503 Sorry", [("content-type", "text/plain")], sys.exc_info())
        return [b"sorry"]

    result = serve(app)()
    assert (result["statusCode"], result["headers"], result["body"]) == (503, {"content-type": "text/plain"}, "sorry")


def test_an_error_after_a_part_of_the_body_is_raised_again(capsys: pytest.CaptureFixture[str]) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])(b"part")
        try:
            raise RuntimeError("broken")
        except RuntimeError:
            start_response("503 Sorry", [], sys.exc_info())
        return []

    assert code_of(serve(app)()) == "HANDLER_FAILED"
    assert "broken" in capsys.readouterr().out


@pytest.mark.parametrize("calls", [0, 2])
def test_start_response_is_called_once(calls: int) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        for _ in range(calls):
            start_response("200 OK", [])
        return []

    assert serve(app)()["statusCode"] == 500


def test_what_is_written_comes_before_what_is_returned() -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("content-type", "text/plain")])(b"one ")
        return [b"two"]

    assert serve(app)()["body"] == "one two"

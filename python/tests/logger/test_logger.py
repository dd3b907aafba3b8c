"""The logger of routers: what the conformance vectors do not show."""

from __future__ import annotations

import datetime
import decimal
import threading
from typing import Any

import pytest

from lazy_api.logger import get_logger

from ..lambda_half import lines, serve


def test_errors_are_shown_with_their_stack_and_causes(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            raise KeyError("inner")
        except KeyError as cause:
            raise RuntimeError("outer") from cause
    except RuntimeError as error:
        get_logger().error("failed", error=error)
    shown = lines(capsys.readouterr().out)[0]["error"]
    assert (shown["name"], shown["message"], shown["cause"]["name"]) == ("RuntimeError", "outer", "KeyError")
    assert shown["stack"].startswith("Traceback") and shown["stack"].endswith("RuntimeError: outer")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (decimal.Decimal("1.5"), "1.5"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (b"x", "b'x'"),
        ("\ud800", "\ud800"),
        ({1: 2}, {"1": 2}),
    ],
)
def test_values_that_json_does_not_know_are_shown_as_text(
    value: object, shown: object, capsys: pytest.CaptureFixture[str]
) -> None:
    get_logger().info("asked", value=value)
    assert lines(capsys.readouterr().out)[0]["value"] == shown


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError("no")


circular: dict[str, Any] = {}
circular["self"] = circular


@pytest.mark.parametrize("value", [circular, Hostile(), float("nan")])
def test_values_that_cannot_be_shown_do_not_fail_the_request(value: object, capsys: pytest.CaptureFixture[str]) -> None:
    get_logger().info("asked", value=value)
    line = lines(capsys.readouterr().out)[0]
    assert (line["message"], "fieldsNotShown" in line) == ("asked", True)


def test_a_thread_that_a_router_starts_belongs_to_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    def handler(event: Any, context: Any) -> dict[str, Any]:
        thread = threading.Thread(target=get_logger().info, args=["working"])
        thread.start()
        thread.join()
        return {"statusCode": 204}

    serve(handler)()
    line = lines(capsys.readouterr().out)[0]
    assert (line["requestId"], line["router"]) == ("the-request", "/users")

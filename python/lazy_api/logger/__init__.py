"""What routers log with: one JSON document per line, which already names the request and the router.

Lambda's JSON log format knows no router, and puts the text of a `logging` record into another document. See
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
"""

from __future__ import annotations

import json
import os
import sys
from time import time

from ..flights import current
from ..log import describe_error, timestamp, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# Lambda's names, from the least important.
_LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
_OWN = ("timestamp", "level", "message", "requestId", "router")
# By these, CloudWatch, Lambda, and the saved queries recognize lines, metrics, and dimensions.
_RESERVED = frozenset(
    [
        *_OWN, "_aws", "type", "time", "record", "code", "totalMs", "routerLoadMs", "fields",
        "ColdStartDuration", "InitAndLoadDuration", "RouterLoadDuration", "RequestDuration",
        "Requests", "ServerErrors", "RouterLoadFailures", "Router", "FunctionName", "ExecutedVersion",
    ]
)  # fmt: skip
# In bytes: Lambda passes on 256 KB.
_MAX_LINE = 200_000
# In characters, of which each has at most six bytes in JSON.
_MAX_TEXT = 16_000


class Logger:
    """Writes lines with the request's ID and the router's prefix. Its methods never raise an error.

    A field with a reserved name is shown below the member `fields`, so that what a caller sends can be logged and makes
    no metrics. Errors are shown with their stack and causes.
    """

    __slots__ = ("_common", "_lowest")

    def __init__(self, /, **common: Any) -> None:
        self._common = common
        self._lowest = _lowest_level()

    def debug(self, message: str, /, **fields: Any) -> None:
        """Writes a line of level DEBUG."""
        self._log("DEBUG", message, fields)

    def info(self, message: str, /, **fields: Any) -> None:
        """Writes a line of level INFO."""
        self._log("INFO", message, fields)

    def warn(self, message: str, /, **fields: Any) -> None:
        """Writes a line of level WARN."""
        self._log("WARN", message, fields)

    def error(self, message: str, /, **fields: Any) -> None:
        """Writes a line of level ERROR. Give the exception as a field: `log.error("failed", error=error)`."""
        self._log("ERROR", message, fields)

    def _log(self, level: str, message: str, fields: Mapping[str, Any]) -> None:
        if _LEVELS.index(level) >= self._lowest:
            _write(level, message, {**self._common, **fields})


def get_logger(**common: Any) -> Logger:
    """A logger for router code, with fields that all of its lines have.

    It leaves out lines below the level in the variable `LAZY_API_LOG_LEVEL`, or else below the function's application
    log level, or else below INFO.
    """
    return Logger(**common)


def _lowest_level() -> int:
    for name in (os.environ.get("LAZY_API_LOG_LEVEL"), os.environ.get("AWS_LAMBDA_LOG_LEVEL")):
        if name is not None and name.upper() in _LEVELS:
            return _LEVELS.index(name.upper())
    return _LEVELS.index("INFO")


def _write(level: str, message: object, fields: Mapping[str, Any]) -> None:
    """Never raises: a line that cannot be written must not fail a request."""
    flight = current()
    own: dict[str, Any] = {"timestamp": timestamp(time()), "level": level, "message": message}
    if flight is not None:
        own.update((name, value) for name, value in _request(flight) if value is not None)
    try:
        try:
            line = _render(_compose(own, fields))
        except Exception as error:
            line = _render({**own, "message": _text(message), "fieldsNotShown": _text(error)})
        write(line)
    except Exception:
        sys.stdout.flush()


def _request(flight: Any) -> tuple[tuple[str, str | None], ...]:
    return ("requestId", flight.request_id), ("router", flight.router)


def _compose(own: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The logger's own members come first, for people who read."""
    line = dict(own)
    for name, value in fields.items():
        if name in _RESERVED:
            line.setdefault("fields", {})[name] = value
        else:
            line[name] = value
    return line


def _render(line: Mapping[str, Any]) -> str:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=_to_plain, allow_nan=False)
    size = len(text.encode("utf-8", "backslashreplace"))
    if size > _MAX_LINE:
        raise ValueError(f"the line had {size} bytes, the limit is {_MAX_LINE}")
    return text


def _to_plain(value: Any) -> Any:
    """Errors tell their stack. Anything else that JSON does not know is shown as text."""
    return describe_error(value) if isinstance(value, BaseException) else str(value)


def _text(value: object) -> str:
    try:
        return str(value)[:_MAX_TEXT]
    except Exception:
        return "cannot be shown"

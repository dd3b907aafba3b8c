"""Writes the runtime's own lines to stdout: one JSON document per line. Never headers, query strings, or bodies.

It does not use `logging`, because Lambda's JSON log format puts the text of a record into another document.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from time import gmtime, time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_CAUSES = 5
# In characters, of which each has at most six bytes in JSON: a line with all its causes stays below the 256 KB that
# Lambda passes on.
MAX_TEXT = 2_000


def log(level: str, code: str, message: str, cause: BaseException | None = None, **fields: Any) -> None:
    """Writes a line about a failure or a notice. Never raises: a missing line must not fail a request."""
    line: dict[str, Any] = {"timestamp": timestamp(time()), "level": level, "message": message[:MAX_TEXT], "code": code}
    line.update((name, value) for name, value in fields.items() if value is not None)
    if cause is not None:
        line["error"] = describe_error(cause)
    # There is no other place to write to.
    with suppress(Exception):
        write(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


def write(line: str) -> None:
    """Writes text and its line break at once, so that threads do not mix their lines."""
    try:
        sys.stdout.write(line + "\n")
    except UnicodeEncodeError:
        # A lone surrogate becomes the escape that JSON has for it.
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stdout.flush()


def timestamp(seconds: float) -> str:
    """ISO 8601, in UTC, with milliseconds."""
    whole, milliseconds = divmod(int(seconds * 1000), 1000)
    year, month, day, hour, minute, second, *_ = gmtime(whole)
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}.{milliseconds:03d}Z"


def describe_error(error: BaseException, depth: int = MAX_CAUSES) -> dict[str, Any]:
    """An error and its causes. Each access can raise, because an error of router code can be anything."""
    described: dict[str, Any] = {"name": type(error).__name__, "message": "cannot be shown"}
    # What could be read is shown.
    with suppress(Exception):
        described["message"] = str(error)[:MAX_TEXT]
        described["stack"] = _stack(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None and depth > 0:
            described["cause"] = describe_error(cause, depth - 1)
    return described


def _stack(error: BaseException) -> str:
    """The traceback. Its end says most, so the oldest calls are left out if it is too long."""
    import traceback

    last = "".join(traceback.format_exception_only(type(error), error))[:MAX_TEXT // 2]
    room = MAX_TEXT - len(last) - 100
    kept: list[str] = []
    for frame in reversed(traceback.format_tb(error.__traceback__)):
        room -= len(frame)
        if room < 0:
            kept.append("  ...\n")
            break
        kept.append(frame)
    return "".join(["Traceback (most recent call last):\n", *reversed(kept), last]).rstrip("\n")

"""Asks again, with pauses of random length, as long as another attempt can help."""

from __future__ import annotations

from random import random
from time import monotonic, sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .errors import SecretError
    from .value import SecretValue

# How often a failure that counts is tried again.
_RETRIES = 3


class Final(Exception):
    """Another attempt does not help. If the time ran out, the reason for the attempt before tells more."""

    def __init__(self, error: SecretError, *, late: bool = False) -> None:
        super().__init__()
        self.error = error
        self.late = late


class Again(Exception):
    """Another attempt can help, after about `wait` seconds. It `counts` as one of the few that a failure gets."""

    def __init__(self, error: SecretError, wait: float, *, counts: bool) -> None:
        super().__init__()
        self.error = error
        self.wait = wait
        self.counts = counts


def retry(attempt: Callable[[float], SecretValue], timeout: float) -> SecretValue:
    """`attempt` gets the time that is left, in seconds."""
    end = monotonic() + timeout
    reason: SecretError | None = None
    failures = 0
    while True:
        try:
            return attempt(max(0.001, end - monotonic()))
        except Final as final:
            error = reason if final.late and reason is not None else final.error
        except Again as again:
            failures += again.counts
            pause = again.wait * (0.5 + random())
            error = reason = again.error
            if failures <= _RETRIES and monotonic() + pause < end:
                sleep(pause)
                continue
        raise error

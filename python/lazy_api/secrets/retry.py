"""Repeats a request, with random pauses, as long as another attempt can help."""

from __future__ import annotations

from random import random
from time import monotonic, sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .errors import SecretError
    from .value import SecretValue

# The number of attempts after a failure that counts.
_RETRIES = 3


class Final(Exception):
    """Another attempt does not help. After a timeout, the reason of the previous attempt is more useful."""

    def __init__(self, error: SecretError, *, late: bool = False) -> None:
        super().__init__()
        self.error = error
        self.late = late


class Again(Exception):
    """Another attempt can help after about `wait` seconds. `counts` says whether it is one of the limited attempts."""

    def __init__(self, error: SecretError, wait: float, *, counts: bool) -> None:
        super().__init__()
        self.error = error
        self.wait = wait
        self.counts = counts


def retry(attempt: Callable[[float], SecretValue], timeout: float) -> SecretValue:
    """Passes the remaining time to `attempt`, in seconds."""
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

"""The error of a call that cannot work. It is raised when the application starts, not on a request."""

from __future__ import annotations


class LazyRouterError(ValueError):
    """What the caller passed is wrong. The message says what to do, and the code is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

"""The error for invalid arguments. It is raised when the application starts, not on a request."""

from __future__ import annotations


class LazyRouterError(ValueError):
    """An argument is invalid. The message says what to do. The code does not change between versions."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

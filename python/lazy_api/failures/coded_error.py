"""A failure with a stable code. Its text goes to the log only. The caller sees the code and the request ID."""

from __future__ import annotations

from ..loading import ROUTER_LOAD_FAILED, RouterLoadError
from ..log import log

# The statuses other than 500, as in the contract.
STATUS = {
    "PATH_REFUSED": 400,
    "REQUEST_INVALID": 400,
    "AUTHORIZER_CONTEXT_MISSING": 401,
    "ROUTE_UNKNOWN": 404,
    "METHOD_UNSUPPORTED": 405,
    "TIMEOUT": 504,
}


class CodedError(Exception):
    """An error that the runtime responds to with its own code."""

    def __init__(self, code: str, message: str, *, router: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.router = router


def status_of(code: str) -> int:
    return STATUS.get(code, 500)


def coded(code: str, message: str, cause: BaseException, *, router: str | None = None) -> CodedError:
    """An error with a cause, which the log shows."""
    error = CodedError(code, message, router=router)
    error.__cause__ = cause
    return error


def to_coded_error(thrown: BaseException) -> CodedError:
    """Any error as one with a code."""
    if isinstance(thrown, CodedError):
        return thrown
    if isinstance(thrown, RouterLoadError):
        return _load_error(thrown)
    return coded("HANDLER_FAILED", "the router threw", thrown)


def _load_error(error: RouterLoadError) -> CodedError:
    """The log shows why the import failed. That an attribute is missing is in the message already."""
    if error.code == ROUTER_LOAD_FAILED and error.__cause__ is not None:
        return coded(error.code, f"router {error.prefix} cannot be loaded", error.__cause__, router=error.prefix)
    return CodedError(error.code, str(error), router=error.prefix)


def log_failure(failure: CodedError, *, router: str | None = None, request_id: str | None = None) -> None:
    """Writes the line about a failure. It shows the cause, because the stack of the rest says nothing."""
    level = "WARN" if status_of(failure.code) < 500 else "ERROR"
    log(level, failure.code, failure.message, failure.__cause__, router=failure.router or router, requestId=request_id)

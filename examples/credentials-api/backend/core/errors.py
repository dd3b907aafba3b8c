"""The errors that routers raise, and the responses that the application makes of them."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError


class Problem(Exception):
    """An error that the caller can understand."""

    status = 400

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFound(Problem):
    status = 404

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"There is no {kind} {key}")


class Conflict(Problem):
    status = 409


class Forbidden(Problem):
    status = 403


class Unavailable(Problem):
    """Another service fails."""

    status = 502


def add_exception_handlers(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(IntegrityError, _integrity_error)


def _problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return JSONResponse({"detail": error.detail}, status_code=error.status)


def _integrity_error(_request: Request, _error: Exception) -> JSONResponse:
    """A duplicate, or a reference to a row that does not exist."""
    return JSONResponse({"detail": "The data conflicts with data that exists"}, status_code=409)

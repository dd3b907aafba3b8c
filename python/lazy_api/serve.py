"""Serves one event, whatever happens meanwhile: there is exactly one result, and one line about the request."""

from __future__ import annotations

from contextlib import suppress
from contextvars import copy_context

from .answers.result import check_size, failure_result
from .failures import deadline
from .failures.coded_error import CodedError, log_failure, to_coded_error
from .flights import Flight, begin, end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .answers.result import Result
    from .report.report import Reporter

    Answer = Callable[[Flight], Result]
    Finish = Callable[[Any, Result], Result]


class Server:
    """`answer` finds and calls the router. `finish` completes each result, also the runtime's own."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.prepare: Callable[[Any], Any] | None = None
        self.finish: Finish | None = None
        self.reporter: Reporter | None = None
        # Whether a signal can interrupt synchronous code.
        self.interrupts = False

    def handle(self, event: Any, context: Any) -> Result:
        """Never raises. Each request has a copy of the context variables."""
        flight = Flight(event, context)
        return copy_context().run(self._handle, flight)

    def _handle(self, flight: Flight) -> Result:
        begin(flight)
        try:
            result = self._serve(flight)
        except BaseException as thrown:
            flight.over = True
            result = self._fail(flight, thrown)
        finally:
            deadline.disarm()
            end(flight)
        flight.status = result["statusCode"]
        self._report(flight)
        return result

    def _serve(self, flight: Flight) -> Result:
        deadline.start(flight)
        if self.interrupts:
            deadline.arm(flight)
        if self.prepare is not None:
            flight.event = self.prepare(flight.event)
        result = self._answer(flight)
        flight.over = True
        if flight.failure is not None:
            raise flight.failure
        return check_size(self.finish(flight.event, result) if self.finish is not None else result)

    def _fail(self, flight: Flight, thrown: BaseException) -> Result:
        failure = flight.failure or to_coded_error(thrown)
        flight.error_code = failure.code
        # The line about work that no code awaits is written already.
        if failure is not flight.background:
            log_failure(failure, router=flight.router, request_id=flight.request_id)
        return self._finished(flight, failure)

    def _finished(self, flight: Flight, failure: CodedError) -> Result:
        result = failure_result(failure.code, flight.request_id)
        try:
            return self.finish(flight.event, result) if self.finish is not None else result
        except Exception:
            return result

    def _report(self, flight: Flight) -> None:
        if self.reporter is None:
            return
        # A missing line must not fail a request.
        with suppress(Exception):
            self.reporter.answered(flight)

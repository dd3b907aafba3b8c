"""One line for each request, which is also where its metrics come from.

Written to stdout as it is: `logging` would put it into a document of Lambda's, and CloudWatch would see no metrics.
"""

from __future__ import annotations

import json
import os
from math import floor
from time import perf_counter, time

from ..events import is_http_api, mapping
from ..log import timestamp, write
from .cold_start import Start, cold_start_duration
from .emf import embed_metrics

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..flights import Flight

    Line = dict[str, Any]
    Metrics = dict[str, float]

_LOAD_FAILED = ("ROUTER_LOAD_FAILED", "ROUTER_EXPORT")
# What a caller chooses is cut, in characters: a line must stay below the 256 KB that Lambda passes on.
_MAX_METHOD = 32
_MAX_ID = 128
_MAX_PATH = 2048
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
_MAX_DIMENSION = 1024


class Reporter:
    def __init__(self, options: Mapping[str, bool]) -> None:
        self._every_request = options["everyRequest"]
        self._path = options["path"]
        self._per_router = options["perRouterMetrics"]
        self._init_type = os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE")
        self._own = {"FunctionName": os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")}
        if options["perVersionMetrics"]:
            self._own["ExecutedVersion"] = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "")
        # How the environment started, until its first request is answered.
        self._start: Start | None = None

    def init_done(self, failures: int) -> None:
        self._start = Start(self._init_type == "on-demand")
        if failures:
            line = {"level": "ERROR", "message": f"INIT could not load {failures} modules", "initType": self._init_type}
            _write(line, {"RouterLoadFailures": failures}, self._own)
        if self._init_type == "snap-start":
            from ..snapshot import after_restore

            # After the hooks of routers, which callers wait for.
            after_restore(self._restored)

    def _restored(self) -> None:
        """An environment has started from a snapshot, and callers wait for it as for one with INIT."""
        self._start = Start(on_demand=True, restored=True)

    def answered(self, flight: Flight) -> None:
        """An event that did not come through an API has no line, and neither has a request that needs none."""
        first, self._start = self._start, None
        if not (isinstance(flight.event, dict) and isinstance(flight.event.get("requestContext"), dict)):
            return
        now = perf_counter()
        ended = int(time() * 1000)
        total = _round(now - flight.started)
        arrived = mapping(flight.event, "requestContext").get(_arrival(flight.event))
        cold = None if first is None else cold_start_duration(first, arrived, ended - total, ended)
        is_ordinary = cold is None and flight.load is None and (flight.status or 500) < 500
        if is_ordinary and not self._every_request:
            return
        line = self._line(flight, first, cold is not None, now)
        line["totalMs"] = total
        dimensions = dict(self._own)
        if self._per_router and flight.router:
            dimensions["Router"] = flight.router[:_MAX_DIMENSION]
        _write(line, self._metrics(line, cold), dimensions)

    def _line(self, flight: Flight, first: Start | None, is_cold: bool, now: float) -> Line:
        event, context = flight.event, mapping(flight.event, "requestContext")
        http_api = is_http_api(event)
        method = _cut(mapping(context, "http").get("method") if http_api else event.get("httpMethod"), _MAX_METHOD)
        return {
            "level": "INFO",
            "message": f"{method or '-'} {flight.router or '-'} {flight.status}",
            "requestId": flight.request_id,
            "apiRequestId": _cut(context.get("requestId"), _MAX_ID),
            "router": flight.router,
            "method": method,
            "status": flight.status,
            "errorCode": flight.error_code,
            "path": _cut(event.get("rawPath" if http_api else "path"), _MAX_PATH) if self._path else None,
            "coldStart": is_cold,
            "initType": self._init_type,
            "initMs": None if first is None or first.init_ms is None else _round(first.init_ms / 1000),
            "routerLoadMs": flight.load and _round((flight.loaded or now) - flight.load),
            "handlerMs": flight.loaded and _round(now - flight.loaded),
        }

    def _metrics(self, line: Line, cold: float | None) -> Metrics:
        load = line["routerLoadMs"]
        metrics: Metrics = {}
        if cold is not None:
            metrics["ColdStartDuration"] = _round(cold / 1000)
            if line["initMs"] is not None:
                metrics["InitAndLoadDuration"] = _round((line["initMs"] + (load or 0)) / 1000)
        if self._every_request:
            metrics["Requests"] = 1
            if cold is None:
                metrics["RequestDuration"] = line["totalMs"]
        if load is not None:
            metrics["RouterLoadDuration"] = load
        metrics["ServerErrors"] = int((line["status"] or 0) >= 500)
        if line["handlerMs"] is None and line["errorCode"] in _LOAD_FAILED:
            metrics["RouterLoadFailures"] = 1
        return metrics


def _write(line: Line, metrics: Metrics, dimensions: Mapping[str, str]) -> None:
    now = time()
    known = {name: value for name, value in line.items() if value is not None}
    document = {"timestamp": timestamp(now), **known, **embed_metrics(int(now * 1000), metrics, dimensions)}
    write(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _arrival(event: object) -> str:
    """The name of the time at which the endpoint got the request."""
    return "timeEpoch" if is_http_api(event) else "requestTimeEpoch"


def _cut(value: object, length: int) -> str | None:
    """A direct invocation of the function can send anything."""
    return value[:length] if isinstance(value, str) else None


def _round(seconds: float) -> float:
    """In milliseconds. Microseconds are noise."""
    rounded = floor(seconds * 100_000 + 0.5) / 100
    return int(rounded) if rounded.is_integer() else rounded

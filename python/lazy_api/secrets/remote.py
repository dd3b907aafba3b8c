"""Values from AWS: by the Parameters and Secrets extension if there is one, otherwise by asking AWS itself."""

from __future__ import annotations

import json
import os
from threading import Event, Lock
from time import monotonic

from ..log import log
from .errors import SecretError
from .value import SecretValue, Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Key = tuple[str, str, str | None]


class _Request:
    """A request that calls at the same time share."""

    def __init__(self) -> None:
        self.done = Event()
        self.value: SecretValue | None = None
        self.error: Exception | None = None


_lock = Lock()
_underway: dict[tuple[Key, bool], _Request] = {}
# Values that were read around the extension, with their time: what the extension remembers is older.
_refreshed: dict[Key, tuple[SecretValue, float]] = {}
# The last good values, where stale ones can be used.
_last: dict[Key, tuple[SecretValue, float]] = {}


def read_remotely(kind: str, name: str, version_stage: str | None, refresh: bool) -> SecretValue:
    config = _config()
    wanted = Wanted(kind, name, _identify(config, kind, name), version_stage)
    key = (kind, name, version_stage)
    newer = _young(_refreshed.get(key), config["ttl"])
    if newer is not None and not refresh:
        return newer
    try:
        value = _shared(wanted, key, config, refresh or config.get("port") is None)
    except SecretError as failure:
        stale = _young(_last.get(key), config["staleOnError"])
        if stale is None:
            raise
        message = "a value may be out of date, because no newer one is available"
        log("WARN", "SECRET_STALE", message, failure, secret=name)
        return stale
    if refresh and config["ttl"] > 0:
        _refreshed[key] = (value, monotonic())
    if config["staleOnError"] > 0:
        _last[key] = (value, monotonic())
    return value


def _young(remembered: tuple[SecretValue, float] | None, limit: float) -> SecretValue | None:
    """A value that is younger than so many milliseconds."""
    if remembered is None:
        return None
    return remembered[0] if (monotonic() - remembered[1]) * 1000 < limit else None


def _shared(wanted: Wanted, key: Key, config: dict[str, Any], direct: bool) -> SecretValue:
    with _lock:
        request = _underway.get((key, direct))
        is_first = request is None
        if request is None:
            request = _underway[(key, direct)] = _Request()
    if is_first:
        _perform(request, wanted, config, (key, direct))
    request.done.wait()
    if request.value is not None:
        return request.value
    raise request.error or SecretError("SECRET_UNAVAILABLE", f"{wanted.name} is unavailable: the call was interrupted")


def _perform(request: _Request, wanted: Wanted, config: dict[str, Any], flight: tuple[Key, bool]) -> None:
    try:
        request.value = _fetch(wanted, config, flight[1])
    except Exception as error:
        request.error = error
    finally:
        with _lock:
            del _underway[flight]
        request.done.set()


def _fetch(wanted: Wanted, config: dict[str, Any], direct: bool) -> SecretValue:
    """Each way is a separate module, which only a function that needs it loads."""
    if direct:
        from .direct import fetch_from_aws

        return fetch_from_aws(wanted, config)
    from .extension import fetch_from_extension

    return fetch_from_extension(wanted, config)


def _config() -> dict[str, Any]:
    text = os.environ.get("LAZY_API_SECRETS")
    if text is None:
        message = "the construct declares no secrets and parameters: name them in its props"
        raise SecretError("SECRET_UNKNOWN", message)
    config: dict[str, Any] = json.loads(text)
    return config


def _identify(config: dict[str, Any], kind: str, name: str) -> str:
    if name in config[kind]:
        return str(config[kind][name])
    declared = ", ".join(config[kind]) or "nothing"
    raise SecretError("SECRET_UNKNOWN", f"the construct declares no {name} in {kind}, but {declared}")

"""Loads every router when a deployment asks for it, before the new version gets traffic."""

from __future__ import annotations

import json

from ..answers.result import json_result
from ..failures.coded_error import log_failure, to_coded_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..answers.result import Result
    from ..dispatch.lazy_router import LazyRouter

# No request through an API can look like it, because API Gateway and function URLs put everything that a caller sends
# into separate members.
_EVENT = {"lazyApi": "verify"}


def pre_traffic_check(routers: Sequence[LazyRouter]) -> Callable[[object], Result | None]:
    """None for any other event. The log says why a router does not load."""

    def answer(event: object) -> Result | None:
        if event != _EVENT:
            return None
        codes = {router.prefix: _load(router) for router in sorted(routers, key=lambda one: one.prefix)}
        loaded = [prefix for prefix, code in codes.items() if code is None]
        failed = [{"router": prefix, "code": code} for prefix, code in codes.items() if code is not None]
        return json_result(500 if failed else 200, json.dumps({"loaded": loaded, "failed": failed}))

    return answer


def _load(router: LazyRouter) -> str | None:
    """The code of the failure."""
    try:
        router.load()
    except Exception as thrown:
        failure = to_coded_error(thrown)
        log_failure(failure, router=router.prefix)
        return failure.code
    return None

"""What the generated entry calls: from a table of lazy routers to Lambda's handler."""

from __future__ import annotations

import os
from time import perf_counter

from .collector import Suspended
from .dispatch.dispatcher import Dispatcher
from .dispatch.lazy_router import Application, IncludedRouter, LazyRouter
from .failures import deadline
from .failures.background import watch_threads
from .serve import Server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, Protocol

    from .answers.result import Result
    from .dispatch.router_kind import RouterKind
    from .flights import Flight

    Handler = Callable[[Any, Any], Result]
    # The prefix, the target "module:attribute", and the options: `strip_prefix` and `authorized`.
    Row = tuple[str, str, Mapping[str, Any]]

    class Init(Protocol):
        def __call__(
            self,
            modules: Iterable[str] = (),
            routers: Iterable[str] = (),
            *,
            asgi: bool = False,
            names: Mapping[str, Iterable[str]] | None = None,
        ) -> None: ...


def create_lazy_api(
    routers: Sequence[Row],
    app: str | None = None,
    traits: Mapping[str, Any] | None = None,
    *,
    report: Mapping[str, bool] | None = None,
    pre_traffic: bool = False,
) -> tuple[Handler, Init, Callable[[str], RouterKind]]:
    """Returns Lambda's handler, INIT, and a function that imports one router for verification.

    INIT gets what the preload plan says, whether a router is an ASGI application, and the names of routes by prefix.
    `traits` is what synthesis knows about the endpoint (`EndpointTraits`), and `report` the options of the request log.
    """
    known = traits or {}
    table, application = _table(routers, app, frozenset(known.get("authorizedPrefixes", ())))
    server = Server(_answerer(table, known, pre_traffic))
    server.interrupts = deadline.install()
    _add_extras(server, known)
    if report is not None:
        from .report.report import Reporter

        server.reporter = Reporter(report)

    def init(
        modules: Iterable[str] = (),
        routers: Iterable[str] = (),
        *,
        asgi: bool = False,
        names: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        from .init.run_init import run_init

        watch_threads()
        if asgi:
            from .asgi.call_asgi import prepare

            prepare()
        if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
            from .snapshot.renew import renew_after_restore

            renew_after_restore()
        failures = run_init(modules, frozenset(routers), table, application)
        if names and application is not None and application.is_ready:
            application.name_routes(names)
        if server.reporter is not None:
            server.reporter.init_done(failures)

    return server.handle, init, _loader(table)


def _loader(table: Sequence[LazyRouter]) -> Callable[[str], RouterKind]:
    by_prefix = {router.prefix: router for router in table}
    # The start of an application can need a network, which verification does not have.
    return lambda prefix: by_prefix[prefix].import_router()


def _table(
    rows: Sequence[Row], app: str | None, authorized: frozenset[str]
) -> tuple[list[LazyRouter], Application | None]:
    """With an application, the routers are parts of it, and it serves everything else."""
    if app is None:
        return [LazyRouter(prefix, target, options, prefix in authorized) for prefix, target, options in rows], None
    application = Application(app, "/" in authorized)
    parts = [row for row in rows if row[0] != "/" and row[1] != app]
    table: list[LazyRouter] = [
        IncludedRouter(prefix, target, application, prefix in authorized or options.get("authorized") is True)
        for prefix, target, options in parts
    ]
    return [*table, application], application


def _answerer(table: Sequence[LazyRouter], traits: Mapping[str, Any], pre_traffic: bool) -> Callable[[Flight], Result]:
    dispatcher = Dispatcher(table, traits.get("greedyRoutes", {}))
    own_answers = list(_own_answers(table, traits, pre_traffic))

    def answer(flight: Flight) -> Result:
        for own in own_answers:
            answered = own(flight.event)
            if answered is not None:
                return answered
        router, matched = dispatcher.find(flight.event)
        flight.router = router.prefix
        if router.authorized:
            from .endpoint.authorizer import check_authorizer

            check_authorizer(flight.event)
        if not router.is_ready:
            flight.load = perf_counter()
            with Suspended():
                router.load()
        flight.loaded = perf_counter()
        call = router.call
        assert call is not None
        return call(flight, matched)

    return answer


def _own_answers(
    table: Sequence[LazyRouter], traits: Mapping[str, Any], pre_traffic: bool
) -> Iterable[Callable[[Any], Result | None]]:
    """What the runtime responds to itself, without a router."""
    if traits.get("preflight") is not None:
        from .endpoint.preflight import preflight

        yield preflight(traits["preflight"])
    if pre_traffic:
        from .rollout.pre_traffic import pre_traffic_check

        yield pre_traffic_check(table)


def _add_extras(server: Server, traits: Mapping[str, Any]) -> None:
    """What only some endpoints need."""
    if traits.get("binaryBodies"):
        from .endpoint.rest import decode_text_body

        server.prepare = decode_text_body
    if traits.get("cors") is not None:
        from .endpoint.rest import cors_adder

        server.finish = cors_adder(traits["cors"])

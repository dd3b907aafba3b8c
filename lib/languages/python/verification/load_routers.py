"""routers/verification/loader-process.ts runs this file. It loads each router of a built asset in a process of its own.

The asset is a copy with nothing around it. The only other directory that imports can come from has the locked packages
for this machine, if the command names one. What several routers need is imported once, in a process whose copies load
these routers: no router meets a package that it does not need.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _lazy_api_causes as causes

# A process costs as much time as the import of a smaller package. In bytes.
_LARGE = 50_000


def main():
    given = host.read_input()
    asset = os.path.dirname(given["main"])
    packages, shared = sys.argv[1:-1], json.loads(sys.argv[-1])
    sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
    host.use_paths([asset, *packages])
    host.refuse_network()
    import lazy_api_main

    limit = given["limitMs"]

    def load(router, then=None):
        return _report_outcome(lambda: _load(lazy_api_main, router, asset), router, limit, then)

    app = next((router for router in given["routers"] if _is_app(lazy_api_main, router["prefix"])), None)
    others = [router for router in given["routers"] if router is not app]
    if app is None:
        _load_all(others, shared, load, limit)
    else:
        _load_with_app(app, others, load, lambda: _load_all(others, shared, load, limit))
    host.end()


def _load_with_app(app, others, load, load_others):
    """The process that has imported the application goes on with its routers."""

    def go_on(outcome):
        if outcome["state"] == "loaded" or "lazyPrefixes" in outcome:
            host.set_limit(0)
            load_others()

    outcome = load(app, go_on)
    if outcome["state"] == "failed" and "lazyPrefixes" not in outcome:
        # None of its routers can load without it.
        for router in others:
            host.report({"prefix": router["prefix"], **outcome})


def _load_all(routers, shared, load, limit):
    """Imports what all of these routers need, and loads them, in a copy of the process."""
    prefixes = {router["prefix"] for router in routers}
    common = [group for group in shared if len(prefixes) > 1 and prefixes <= set(group["prefixes"])]
    rest = [group for group in shared if group not in common and len(prefixes & set(group["prefixes"])) > 1]

    def go_on():
        for group in common:
            _import_all(group["modules"])
        _load_in_parts(routers, rest, load, limit)

    if not common:
        go_on()
    elif host.in_child(go_on, limit * (len(routers) + 2)) is not None:
        # A module cannot be imported without its router. The routers decide whether that matters.
        for router in routers:
            load(router)


def _load_in_parts(routers, shared, load, limit):
    """The routers that share the largest package are the first part."""
    large = [group for group in shared if group["bytes"] >= _LARGE]
    if not large:
        for router in routers:
            load(router)
        return
    largest = max(large, key=lambda group: group["bytes"] * sum(_needs(router, group) for router in routers))
    _load_all([router for router in routers if _needs(router, largest)], shared, load, limit)
    _load_all([router for router in routers if not _needs(router, largest)], shared, load, limit)


def _needs(router, group):
    return router["prefix"] in group["prefixes"]


def _import_all(modules):
    from importlib import import_module

    for name in modules:
        try:
            import_module(name)
        except (Exception, SystemExit):
            # Such as psycopg_binary, which only psycopg can import. The routers decide whether that matters.
            return


def _is_app(main_module, prefix):
    return main_module.APP is not None and prefix == "/"


def _report_outcome(load, router, limit, then):
    """The outcome comes through a pipe. Without one, the router has ended the process."""
    host.report({"prefix": router["prefix"], "state": "loading"})
    reader, writer = os.pipe()

    def run():
        os.close(reader)
        outcome = load()
        with os.fdopen(writer, "w") as stream:
            json.dump(outcome, stream)
        if then:
            then(outcome)

    child = host.start_child(run, limit)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    outcome = json.loads(text) if text else _ended(router, host.end_of(child), limit)
    host.report({"prefix": router["prefix"], **outcome})
    if text:
        host.end_of(child)
    return outcome


def _ended(router, ending, limit):
    if ending == "by time-out":
        waits = "it may wait for something that this machine does not have"
        return _failure(router, f"it did not load within {limit / 1000:g} seconds; {waits}", ended="by time-out")
    return _failure(router, f"the process {ending or 'ended'} while it loaded", ended="by exit")


def _failure(router, message, **fields):
    return {"state": "failed", "chunk": router["file"], "message": message, **fields}


def _load(main_module, router, asset):
    is_app = _is_app(main_module, router["prefix"])
    try:
        kind = _load_app(main_module, router) if is_app else main_module.load(router["prefix"])
    except BaseException as error:
        return {"state": "failed", **causes.describe(error, router["file"], asset)}
    return kind if isinstance(kind, dict) else {"state": "loaded", "kind": kind}


def _load_app(main_module, router):
    from importlib import import_module

    module, _, attribute = main_module.APP.partition(":")
    app = import_module(module)
    for name in attribute.split("."):
        if not hasattr(app, name):
            return _failure(router, f'"{module}" has no attribute "{name}"{_similar(app)}', advice="app")
        app = getattr(app, name)
    if not _is_asgi(app):
        got = f"got an object of the type {type(app).__name__}"
        message = f'"{main_module.APP}" must be an ASGI application, such as FastAPI(), {got}'
        return _failure(router, message, advice="app")
    problem = _difference(app, {prefix: target for prefix, target, *_ in main_module.ROUTERS})
    if problem:
        return _failure(router, problem, advice="prefixes", lazyPrefixes=True)
    return "asgi"


def _similar(module):
    """An application, or otherwise a router."""
    values = getattr(module, "__dict__", {})
    kinds = [[name for name in sorted(values) if hasattr(type(values[name]), method)] for method in ("add_middleware", "add_route")]
    names = kinds[0] or kinds[1]
    return f'; did you mean "{names[0]}"?' if names else ""


def _is_asgi(app):
    """An ASGI application is a coroutine function of scope, receive and send, or an object with such a `__call__`."""
    from inspect import iscoroutinefunction

    return iscoroutinefunction(app) or (
        callable(app) and not isinstance(app, type) and iscoroutinefunction(app.__call__)
    )


def _difference(app, declared):
    """How the routers of the construct and of the application differ. Both are targets by prefix."""
    from lazy_api import lazy_routers

    inclusions = lazy_routers(app)
    included = {inclusion.prefix: inclusion.target for inclusion in inclusions}
    missing = [prefix for prefix in declared if prefix not in included]
    extra = [f"{prefix} ({target})" for prefix, target in sorted(included.items()) if prefix not in declared]
    other = [prefix for prefix, target in declared.items() if included.get(prefix, target) != target]
    parts = [
        *([f"the construct declares {', '.join(missing)}, which the application does not include lazily"] if missing else []),
        *([f"the application includes {', '.join(extra)}, which the construct does not declare"] if extra else []),
        *(f"{prefix} is {declared[prefix]} in the construct, but {included[prefix]} in the application" for prefix in other),
    ]
    return "; ".join([*parts, *(_refused_routers(app, inclusions) if missing else [])])


def _refused_routers(app, inclusions):
    """FastAPI 0.137 and later read the routes of an included APIRouter when they are needed: lazy ones fail then."""
    names = [inclusion.names for inclusion in inclusions]
    # Without names, none of them is loaded to look for the route.
    for inclusion in inclusions:
        inclusion.names = frozenset()
    try:
        app.url_path_for("lazy_api")
    except Exception as error:
        return [str(error)] if getattr(error, "code", None) == "LAZY_APP" else []
    finally:
        for inclusion, before in zip(inclusions, names):
            inclusion.names = before
    return []


main()

"""routers/verification/loader-process.ts runs this file. It loads each router of a built asset in a process of its own.

The asset is a copy with nothing around it. The only other directory that imports can come from has the locked packages
for this machine, if the command names one. A package that several routers need is imported once, in a process whose
copies load these routers: no router meets a package that it does not need.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _lazy_api_causes as causes


def main():
    given = host.read_input()
    asset = os.path.dirname(given["main"])
    packages, shared = sys.argv[1:-1], json.loads(sys.argv[-1])
    sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
    host.use_paths([asset, *packages])
    host.refuse_network()
    import lazy_api_main

    limit = given["limitMs"]

    def load(router):
        outcome = _outcome(lazy_api_main, router, asset, limit)
        host.report({"prefix": router["prefix"], **outcome})
        return outcome

    app = next((router for router in given["routers"] if _is_app(lazy_api_main, router["prefix"])), None)
    others = [router for router in given["routers"] if router is not app]
    # The application comes first: the processes of the other routers then start with it.
    outcome = load(app) if app else {"state": "loaded"}
    if outcome["state"] == "failed" and "lazyPrefixes" not in outcome:
        # None of its routers can load without it.
        for router in others:
            host.report({"prefix": router["prefix"], **outcome})
    else:
        if app:
            _import_app(lazy_api_main.APP)
        _load_all(others, shared, load, limit)
    host.end()


def _load_all(routers, shared, load, limit):
    """Imports what all of these routers need. Those that need another package follow in a copy of the process."""
    prefixes = {router["prefix"] for router in routers}
    if len(routers) > 1:
        for group in shared:
            if prefixes <= set(group["prefixes"]):
                _import_all(group["modules"])
    rest = [
        group
        for group in shared
        if not prefixes <= set(group["prefixes"]) and len(prefixes & set(group["prefixes"])) > 1
    ]
    if not rest:
        for router in routers:
            load(router)
        return
    largest = max(rest, key=lambda group: group["bytes"] * len(prefixes & set(group["prefixes"])))
    needing = [router for router in routers if router["prefix"] in largest["prefixes"]]
    if host.in_child(lambda: _load_all(needing, rest, load, limit), limit * (len(needing) + 2)) is not None:
        # A package cannot be imported alone. The routers decide whether that matters.
        for router in needing:
            load(router)
    _load_all([router for router in routers if router not in needing], rest, load, limit)


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


def _outcome(main_module, router, asset, limit):
    """The outcome comes through a pipe. Without one, the router has ended the process."""
    host.report({"prefix": router["prefix"], "state": "loading"})
    reader, writer = os.pipe()

    def load():
        outcome = _load(main_module, router, asset)
        with os.fdopen(writer, "w") as stream:
            json.dump(outcome, stream)

    ending = host.in_child(load, limit)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    if text:
        return json.loads(text)
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
    app = _import_app(main_module.APP)
    if not _is_asgi(app):
        got = f"got an object of the type {type(app).__name__}"
        message = f'"{main_module.APP}" must be an ASGI application, such as FastAPI(), {got}'
        return _failure(router, message, advice="app")
    problem = _prefix_problem(app, [prefix for prefix, *_ in main_module.ROUTERS])
    if problem:
        return _failure(router, problem, advice="prefixes", lazyPrefixes=True)
    return "asgi"


def _import_app(target):
    from importlib import import_module

    module, _, attribute = target.partition(":")
    value = import_module(module)
    for name in attribute.split("."):
        value = getattr(value, name)
    return value


def _is_asgi(app):
    """An ASGI application is a coroutine function of scope, receive and send, or an object with such a `__call__`."""
    from inspect import iscoroutinefunction

    return iscoroutinefunction(app) or (
        callable(app) and not isinstance(app, type) and iscoroutinefunction(app.__call__)
    )


def _prefix_problem(app, declared):
    """How the prefixes of the construct and of the application differ."""
    from lazy_api import lazy_routers

    included = sorted({inclusion.prefix for inclusion in lazy_routers(app)})
    missing = [prefix for prefix in declared if prefix not in included]
    extra = [prefix for prefix in included if prefix not in declared]
    parts = [
        *([f"the construct declares {', '.join(missing)}, which the application does not include"] if missing else []),
        *([f"the application includes {', '.join(extra)}, which the construct does not declare"] if extra else []),
    ]
    return "; ".join([*parts, *(_refused_routers(app) if missing else [])])


def _refused_routers(app):
    """FastAPI 0.137 and later read the routes of an included APIRouter when they are needed: lazy ones fail then."""
    try:
        app.url_path_for("lazy_api")
    except Exception as error:
        return [str(error)] if getattr(error, "code", None) == "LAZY_APP" else []
    return []


main()

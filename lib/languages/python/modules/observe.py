"""modules/observe.ts runs this file. It records which modules the application and each router import.

All routers are imported one after the other in one process, because thirty processes would import the same packages
thirty times. Modules that an earlier router has imported are not hidden: what counts is what the code of each module
asks for. With a plan, the file imports the plan's modules one after the other instead, as INIT does.
"""

import importlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host
from _lazy_api_recorder import Recorder


def _describe(error):
    return f"{type(error).__name__}: {host.text_of(error)}"


def _import(name):
    try:
        importlib.import_module(name)
    except BaseException as error:
        return _describe(error)
    return None


def _observe(recorder, scope, module, attribute=None):
    recorder.clear()
    error = _import(module)
    names = _route_names(_attribute(sys.modules.get(module), attribute)) if attribute else None
    host.report(
        {
            "scope": scope,
            "modules": recorder.found(),
            "edges": list(recorder.edges),
            "error": error,
            "routeNames": None if names is None else sorted(names),
        }
    )


def _attribute(value, path):
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _route_names(router):
    """The names that `url_for` finds in a router of FastAPI or Starlette. None if some of its routes are unknown."""
    # FastAPI 0.137 and later keep included routers as they are.
    routes = router if isinstance(router, (list, tuple)) else getattr(router, "routes", None)
    if not isinstance(routes, (list, tuple)):
        return None
    names = set()
    for route in routes:
        name = getattr(route, "name", None)
        found = {name} if isinstance(name, str) and name else _route_names(getattr(route, "original_router", route))
        if found is None:
            return None
        names |= found
    return names


def _observe_routers(recorder, routers, limit_ms):
    """Imports routers in a copy of the process, until one ends it. Returns the routers after that one."""
    reader, writer = os.pipe()

    def observe_all():
        for scope, module, attribute in routers:
            host.set_limit(limit_ms)
            _observe(recorder, scope, module, attribute)
            os.write(writer, b".")

    ending = host.in_child(observe_all, limit_ms)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        done = len(stream.read())
    if ending is None or done == len(routers):
        return []
    error = f"the import {_took(ending)}"
    host.report({"scope": routers[done][0], "modules": [], "edges": [], "error": error, "routeNames": None})
    return routers[done + 1 :]


def _run_plan(recorder, modules):
    for name in modules:
        recorder.clear()
        error = None if name in sys.modules else _import(name)
        modules = [
            found["name"]
            for found in recorder.found()
            if found["name"] == name or (found["file"] and not found["standard"])
        ]
        host.report({"step": name, "modules": modules, "error": error})


def main():
    given = host.read_input()
    host.use_paths(given["paths"])
    host.refuse_network()
    recorder = Recorder()
    sys.meta_path.insert(0, recorder)
    recorder.watch_statements()
    for scope, module in given["first"]:
        _observe(recorder, scope, module)
    routers = given["routers"]
    while routers:
        routers = _observe_routers(recorder, routers, given["limitMs"])
    if given["plan"]:
        _run_plan(recorder, given["plan"])
    host.end()


def _took(ending):
    return "took too long" if ending == "by time-out" else f"ended the process, which {ending}"


main()

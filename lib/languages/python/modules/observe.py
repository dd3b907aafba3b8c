"""modules/observe.ts runs this file. It records which modules the application and each router import.

All routers are imported one after the other in one process, because thirty processes would import the same packages
thirty times. Modules that an earlier router has imported are not hidden: what counts is what the code of each module
asks for. With a plan, the file imports the plan's modules one after the other instead, as INIT does.
"""

import builtins
import importlib
import os
import sys
from time import perf_counter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host


class Recorder:
    """A finder in front of the others: it hears of each module that is not imported yet."""

    def __init__(self):
        self.records = {}
        self.edges = {}
        self.running = []

    def clear(self):
        self.records, self.edges = {}, {}

    def find_spec(self, name, path=None, target=None):
        spec = next(
            filter(None, (_found(finder, name, path, target) for finder in sys.meta_path if finder is not self)), None
        )
        if spec is not None:
            self.records[name] = {"name": name, "file": _file_of(spec), "standard": _is_standard(spec)}
            self._add_edge(name)
            self._watch(spec)
        return spec

    def _watch(self, spec):
        loader = spec.loader
        execute = getattr(loader, "exec_module", None)
        if execute is None or isinstance(loader, type):
            return

        def watched(module):
            record = self.records.get(spec.name, {})
            started, memory = perf_counter(), _memory_kb()
            self.running.append(spec.name)
            try:
                return execute(module)
            finally:
                self.running.pop()
                record.update(ms=round((perf_counter() - started) * 1000, 3), kb=_memory_kb() - memory)

        try:
            loader.exec_module = watched
        except AttributeError:
            return

    def watch_statements(self):
        """Import statements also lead to modules that are imported already. The finder is not asked about these."""
        imported, called = builtins.__import__, importlib.import_module

        def watched_import(name, globals=None, locals=None, fromlist=(), level=0):
            module = imported(name, globals, locals, fromlist, level)
            if self.running:
                self._add_names(_absolute(name, globals, level), fromlist or ())
            return module

        def watched_call(name, package=None):
            module = called(name, package)
            self._add_edge(module.__name__)
            return module

        builtins.__import__, importlib.import_module = watched_import, watched_call

    def _add_names(self, imported, names):
        self._add_edge(imported)
        variables = getattr(sys.modules.get(imported), "__dict__", {})
        for item in names:
            value, name = variables.get(item), f"{imported}.{item}"
            if value is not None and value is sys.modules.get(name):
                self._add_edge(name)
            elif "__getattr__" in variables:
                # The package imports the part that has this name when it is asked for the first time (PEP 562).
                self._add_edge(getattr(value, "__module__", None))

    def _add_edge(self, name):
        """The module whose code is running is the reason for an import, directly or through functions that it calls."""
        if (
            self.running
            and isinstance(name, str)
            and (name in sys.modules or name in self.records)
            and name != self.running[-1]
        ):
            self.edges[self.running[-1], name] = None

    def found(self):
        """The modules that were imported and are still there, in the order in which their imports began."""
        return [record for name, record in self.records.items() if name in sys.modules]


def _found(finder, name, path, target):
    find = getattr(finder, "find_spec", None)
    return find(name, path, target) if find else None


def _file_of(spec):
    return os.path.abspath(spec.origin) if spec.has_location and spec.origin else None


def _is_standard(spec):
    return spec.name.partition(".")[0] in sys.stdlib_module_names


def _absolute(name, globals, level):
    if level == 0:
        return name
    package = globals.get("__package__") or globals.get("__name__", "").rpartition(".")[0]
    base = package.rsplit(".", level - 1)[0] if level > 1 else package
    return f"{base}.{name}" if name else base


def _memory_kb():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except OSError:
        return 0


def _describe(error):
    return f"{type(error).__name__}: {error}"


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

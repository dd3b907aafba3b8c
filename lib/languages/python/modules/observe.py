"""modules/observe.ts runs this file. It records which modules the application and each router import.

It imports the application first. Each router is then imported in a copy of the process, so that one router's imports do not
hide another's. With a plan, it imports the plan's modules one after the other instead, as INIT does.
"""

import builtins
import os
import sys
from importlib import import_module
from time import perf_counter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "host"))
import _lazy_api_host as host  # noqa: E402

_OWN_FILES = (os.path.abspath(__file__), os.path.abspath(host.__file__))


class Recorder:
    """A finder in front of the others: it hears of each module that is not imported yet."""

    def __init__(self):
        self.records = {}
        self.edges = {}
        self.running = []

    def clear(self):
        self.records, self.edges = {}, {}

    def find_spec(self, name, path=None, target=None):
        spec = next(filter(None, (_found(finder, name, path, target) for finder in sys.meta_path if finder is not self)), None)
        if spec is not None:
            # The module whose code is running is the reason for this import, directly or through functions that it calls.
            cause = self.running[-1] if self.running else None
            self.records[name] = {"name": name, "file": _file_of(spec), "standard": _is_standard(spec), "by": _importer(), "cause": cause}
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
        """Import statements also lead to modules that are imported already."""
        original = builtins.__import__

        def watched(name, globals=None, locals=None, fromlist=(), level=0):
            module = original(name, globals, locals, fromlist, level)
            importer = (globals or {}).get("__name__")
            if isinstance(importer, str):
                self._add_edges(importer, _absolute(name, globals, level), fromlist or ())
            return module

        builtins.__import__ = watched

    def _add_edges(self, importer, imported, names):
        for name in (imported, *(f"{imported}.{item}" for item in names)):
            if name in sys.modules and name != importer:
                self.edges[importer, name] = None

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


def _importer():
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith("<frozen importlib") and os.path.abspath(file) not in _OWN_FILES and "/importlib/" not in file:
            return frame.f_globals.get("__name__")
        frame = frame.f_back
    return None


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
        import_module(name)
    except BaseException as error:
        return _describe(error)
    return None


def _observe(recorder, scope, module):
    recorder.clear()
    error = _import(module)
    host.report({"scope": scope, "modules": recorder.found(), "edges": list(recorder.edges), "error": error})


def _run_plan(recorder, modules):
    for name in modules:
        recorder.clear()
        error = None if name in sys.modules else _import(name)
        host.report({"step": name, "modules": [record["name"] for record in recorder.found()], "error": error})


def main():
    given = host.read_input()
    host.use_paths(given["paths"])
    host.refuse_network()
    recorder = Recorder()
    sys.meta_path.insert(0, recorder)
    recorder.watch_statements()
    for scope, module in given["first"]:
        _observe(recorder, scope, module)
    for scope, module in given["routers"]:
        ending = host.in_child(lambda scope=scope, module=module: _observe(recorder, scope, module), given["limitMs"])
        if ending is not None:
            host.report({"scope": scope, "modules": [], "edges": [], "error": f"the import {_took(ending)}"})
    if given["plan"]:
        _run_plan(recorder, given["plan"])
    host.end()


def _took(ending):
    return "took too long" if ending == "by time-out" else f"ended the process, which {ending}"


main()

"""Records which modules import which."""

import builtins
import importlib
import os
import sys
from time import perf_counter


class Recorder:
    """A finder in front of the others: it is asked for each module that is not imported yet.

    With `entry`, the module that Lambda loads first, imports by functions count that INIT and requests call.
    """

    def __init__(self, entry=None):
        self._entry = entry
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
            self._add_edge(self._importer(None), name)
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
            # A direct call of `__import__` has no globals.
            importer = self._importer(globals or sys._getframe(1).f_globals)
            if importer:
                self._add_names(importer, _absolute(name, globals, level), fromlist or ())
            return module

        def watched_call(name, package=None):
            module = called(name, package)
            self._add_edge(self._importer(sys._getframe(1).f_globals), module.__name__)
            return module

        builtins.__import__, importlib.import_module = watched_import, watched_call

    def _importer(self, globals):
        """The module whose code is running is the reason for an import, directly or through functions that it calls."""
        if self.running and self.running[-1] != self._entry:
            return self.running[-1]
        return globals.get("__name__") if globals and self._entry else None

    def _add_names(self, importer, imported, names):
        self._add_edge(importer, imported)
        variables = getattr(sys.modules.get(imported), "__dict__", {})
        for item in names:
            value, name = variables.get(item), f"{imported}.{item}"
            if value is not None and value is sys.modules.get(name):
                self._add_edge(importer, name)
            elif "__getattr__" in variables:
                # The package imports the part that has this name when it is asked for the first time (PEP 562).
                self._add_edge(importer, getattr(value, "__module__", None))

    def _add_edge(self, importer, name):
        if importer and name != importer and isinstance(name, str) and (name in sys.modules or name in self.records):
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

"""Imports the module of a router when it is first needed, and imports it again after a failure.

The module uses only the standard library, because both halves of the package use it: the half that the application
imports, and the half that runs in Lambda.
"""

from __future__ import annotations

import sys
from importlib import import_module
from threading import RLock
from time import monotonic
from types import FunctionType, ModuleType, TracebackType

ROUTER_LOAD_FAILED = "ROUTER_LOAD_FAILED"
ROUTER_EXPORT = "ROUTER_EXPORT"

# Seconds after the first, the second, and each later failure, as in the JavaScript runtime. A failed import can take
# seconds, so not every request repeats it.
_WAITS = (1.0, 10.0, 60.0)

# A mistake in the code does not go away, and a missing module does not appear.
_PERMANENT = (SyntaxError, ModuleNotFoundError)

# One import at a time: two threads that import modules with a cycle between them would each see half of the other.
_importing = RLock()


class RouterLoadError(Exception):
    """A router that cannot be loaded. `__cause__` is what its module raised."""

    def __init__(self, prefix: str, target: str, code: str, reason: str = "") -> None:
        super().__init__(f"router {prefix} ({target}) cannot be loaded" + (f": {reason}" if reason else ""))
        self.prefix = prefix
        self.target = target
        self.code = code
        self.reason = reason


class RouterModule:
    """A router that is imported by its first `load()`. Any number of threads can call it."""

    def __init__(self, prefix: str, target: str) -> None:
        self.prefix = prefix
        self.target = target
        self.module, self.attribute = parse_target(target)
        self.loaded = False
        self._value: object = None
        self._busy = False
        self._failure: BaseException | None = None
        self._failures = 0
        self._retry_at = 0.0

    @property
    def value(self) -> object:
        """The router, which is loaded first if it is not loaded yet."""
        return self.load()

    @property
    def imported(self) -> bool:
        """Whether the module is imported completely, by this router or by other code."""
        spec = getattr(sys.modules.get(self.module), "__spec__", None)
        return self.module in sys.modules and not getattr(spec, "_initializing", False)

    def load(self) -> object:
        """Returns the router. Raises `RouterLoadError`; a later call tries again."""
        if self.loaded:
            return self._value
        with _importing:
            if not self.loaded:
                self._value = self._import()
                self.loaded = True
            return self._value

    def _import(self) -> object:
        if self._busy:
            raise self._error(ROUTER_LOAD_FAILED, "its import needs the router itself; remove the import cycle")
        self._check_wait()
        self._busy = True
        try:
            module = import_cleanly(self.module)
        except (Exception, SystemExit) as cause:
            self._remember(cause)
            raise self._error(ROUTER_LOAD_FAILED, describe(cause)) from cause
        finally:
            self._busy = False
        self._failure, self._failures = None, 0
        return self._export(module)

    def _export(self, module: ModuleType) -> object:
        value: object = module
        for name in self.attribute.split("."):
            try:
                value = getattr(value, name)
            except AttributeError as cause:
                raise self._error(ROUTER_EXPORT, _without_attribute(module, name)) from cause
        return value

    def _check_wait(self) -> None:
        if self._failure is None:
            return
        permanent = isinstance(self._failure, _PERMANENT)
        if permanent or monotonic() < self._retry_at:
            raise self._error(ROUTER_LOAD_FAILED, describe(self._failure)) from self._failure

    def _remember(self, cause: BaseException) -> None:
        self._failure = cause
        self._retry_at = monotonic() + _WAITS[min(self._failures, len(_WAITS) - 1)]
        self._failures += 1

    def _error(self, code: str, reason: str) -> RouterLoadError:
        return RouterLoadError(self.prefix, self.target, code, reason)


def parse_target(target: str) -> tuple[str, str]:
    """The module and the attribute of `module:attribute`."""
    module, colon, attribute = target.partition(":")
    if not (colon and attribute and module) or "/" in module or module.startswith("."):
        raise ValueError(f'target must be "module:attribute", like "api.v1.providers:router", got "{target}"')
    return module, attribute


def import_cleanly(name: str) -> ModuleType:
    """Imports a module. A failure leaves nothing in `sys.modules` that has seen a module that failed."""
    before = set(sys.modules)
    try:
        return import_module(name)
    except BaseException as error:
        _forget(_failed_modules(error), before)
        raise


def describe(error: BaseException) -> str:
    """An error in one line, as the last line of a traceback shows it."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _failed_modules(error: BaseException) -> set[str]:
    """The modules whose code an error has ended: Python has removed them, but not what they had imported."""
    names: set[str] = set()
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        names |= _modules_on(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return {name for name in names if name not in sys.modules}


def _modules_on(traceback: TracebackType | None) -> set[str]:
    names = set()
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_name == "<module>":
            names.add(str(frame.f_globals.get("__name__")))
        traceback = traceback.tb_next
    return names


def _forget(failed: set[str], before: set[str]) -> None:
    """Removes new modules that belong to a failed package or hold a part of one. The others keep their one instance."""
    if not failed:
        return
    new = {name: module for name, module in sys.modules.items() if name not in before and not _is_native(module)}
    origins = {name: _origins(module) for name, module in new.items()}
    gone = set(failed)
    while found := {name for name in new if name not in gone and _depends(name, origins[name], gone)}:
        gone |= found
    for name in gone & new.keys():
        sys.modules.pop(name, None)
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(child, None)


def _is_native(module: ModuleType) -> bool:
    """Most native modules cannot be loaded twice in a process."""
    return type(getattr(module, "__loader__", None)).__name__ in ("ExtensionFileLoader", "BuiltinImporter")


def _depends(name: str, origins: set[object], gone: set[str]) -> bool:
    parents = name.split(".")
    return not gone.isdisjoint(origins) or any(".".join(parents[:i]) in gone for i in range(1, len(parents)))


def _origins(module: ModuleType) -> set[object]:
    """The modules that the values of a module come from."""
    return {_origin(value) for value in tuple(getattr(module, "__dict__", {}).values())}


def _origin(value: object) -> str | None:
    """It asks only for types, because a lazy object can raise anything."""
    kind = type(value)
    if issubclass(kind, ModuleType):
        name = vars(value).get("__name__")
    else:
        name = getattr(value if issubclass(kind, type | FunctionType) else kind, "__module__", None)
    return name if isinstance(name, str) else None


def _without_attribute(module: ModuleType, name: str) -> str:
    similar = sorted(key for key, value in vars(module).items() if hasattr(type(value), "add_route"))
    advice = f'; did you mean "{similar[0]}"?' if similar else ""
    return f'module "{module.__name__}" has no attribute "{name}"{advice}'

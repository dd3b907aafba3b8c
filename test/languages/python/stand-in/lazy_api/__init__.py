"""A stand-in for the runtime package: as much of it as synthesis uses."""

from importlib import import_module

_INCLUDED = {}


class RouterLoadError(Exception):
    def __init__(self, prefix, target, code, reason=""):
        super().__init__(f"router {prefix} ({target}) cannot be loaded: {reason}")
        self.code = code


class LazyInclusion:
    def __init__(self, prefix, target):
        self.prefix = prefix
        self.target = target
        self.names = None


def include_lazy_routers(app, routers):
    _INCLUDED.setdefault(id(app), []).extend(LazyInclusion(prefix, target) for prefix, target in routers.items())


def lazy_routers(app):
    return _INCLUDED.get(id(app), [])


def load_target(prefix, target):
    module, _, attribute = target.partition(":")
    try:
        loaded = import_module(module)
    except (Exception, SystemExit) as cause:
        raise RouterLoadError(prefix, target, "ROUTER_LOAD_FAILED", str(cause)) from cause
    if not hasattr(loaded, attribute):
        raise RouterLoadError(prefix, target, "ROUTER_EXPORT", f'module "{module}" has no attribute "{attribute}"')
    return getattr(loaded, attribute)

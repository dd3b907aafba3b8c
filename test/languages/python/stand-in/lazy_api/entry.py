"""Routers are functions of an event and a context, or anything with `routes` in an application."""

from importlib import import_module

from lazy_api import RouterLoadError, load_target


def create_lazy_api(*, routers, app, traits, report, pre_traffic):
    targets = {prefix: target for prefix, target, _ in routers}

    def load(prefix):
        router = load_target(prefix, targets[prefix])
        if app is not None:
            return "asgi"
        if not callable(router):
            raise RouterLoadError(
                prefix, targets[prefix], "ROUTER_EXPORT", f"it is an object of the type {type(router).__name__}"
            )
        return "lambda"

    def init(modules, routers):
        if app is not None:
            import_module(app.partition(":")[0])
        for name in modules:
            import_module(name)
        for prefix in routers:
            load(prefix)

    def handler(event, context):
        path = event["rawPath"]
        prefix = max((one for one in targets if path == one or path.startswith(f"{one}/")), key=len)
        return load_target(prefix, targets[prefix])(event, context)

    return handler, init, load

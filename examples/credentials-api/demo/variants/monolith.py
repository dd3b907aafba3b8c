"""All routers are imported in INIT: FastAPI and Mangum as most teams deploy them."""

from importlib import import_module

from .application import create_app, create_handler, router_modules

app = create_app()
for prefix, module in router_modules().items():
    app.include_router(import_module(module).router, prefix=prefix)

handler = create_handler(app)

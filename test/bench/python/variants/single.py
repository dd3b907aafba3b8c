"""One function per router: the application with one router, behind Mangum."""

import os
from importlib import import_module

from .application import create_app, create_handler, router_modules

app = create_app()
prefix = f"/api/v1/{os.environ['ROUTER']}"
app.include_router(import_module(router_modules()[prefix]).router, prefix=prefix)

handler = create_handler(app)

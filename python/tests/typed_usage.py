"""What users write. mypy checks it in strict mode; it is not run."""

from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.applications import Starlette
from starlette.routing import Router

from lazy_api import (
    LazyInclusion,
    LazyRouterError,
    RouterLoadError,
    after_restore,
    before_snapshot,
    include_lazy_routers,
    lazy_routers,
)


def authorize() -> None:
    pass


@before_snapshot
def close() -> None:
    pass


@after_restore
async def connect() -> int:
    return 1


close()
app = FastAPI()
include_lazy_routers(app, "api/v1", prefix="/api/v1", tags=["v1"], dependencies=[Depends(authorize)], lazy=False)
include_lazy_routers(Starlette(), {"/users": "users:router"})
include_lazy_routers(Router(), Path("routers"), attribute="routes")


def prepare(router: APIRouter) -> APIRouter:
    return router


api_router = APIRouter(prefix="/api")
include_lazy_routers(api_router, {"/users": "users:router"}, prepare=prepare)
include_lazy_routers(app, api_router, prefix="/v1")

included: list[LazyInclusion] = lazy_routers(app)
try:
    included[0].load()
except (RouterLoadError, LazyRouterError) as error:
    code: str = error.code

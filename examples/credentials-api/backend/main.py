"""The application. It is the same under uvicorn, in the tests, and in AWS Lambda."""

from fastapi import FastAPI
from lazy_api import include_lazy_routers

from core.database import lifespan
from core.errors import add_exception_handlers
from core.middleware import RequestContextMiddleware
from core.settings import settings

app = FastAPI(title="Credentials API", version="1.0.0", lifespan=lifespan)
app.add_middleware(RequestContextMiddleware)
add_exception_handlers(app)


@app.get("/health", tags=["health"])
def health() -> dict[str, str]:
    return {"status": "ok"}


include_lazy_routers(app, "api/v1", prefix="/api/v1", lazy=settings.lazy_routers)

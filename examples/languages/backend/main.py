"""The application. It is the same under uvicorn and in AWS Lambda."""

from fastapi import FastAPI
from lazy_api import include_lazy_routers

app = FastAPI(title="Notes")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


include_lazy_routers(app, "api", prefix="/api")

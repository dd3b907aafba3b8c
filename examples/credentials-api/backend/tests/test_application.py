"""The application from within: dependency overrides, lazy loading. A server at `--base-url` is not tested by these."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from core.clock import get_today
from core.npi_registry import registry_client
from core.security import Caller, current_caller
from helpers import Api

BACKEND = Path(__file__).parents[1]


def override_registry(app: FastAPI, response: httpx.Response) -> None:
    async def client() -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.MockTransport(lambda _request: response)
        async with httpx.AsyncClient(base_url="https://registry.example", transport=transport) as client:
            yield client

    app.dependency_overrides[registry_client] = client


def test_an_override_of_the_clock_reaches_the_routers(app: FastAPI, api: Api) -> None:
    app.dependency_overrides[get_today] = lambda: date(2032, 7, 1)
    assert api.get("/licenses/1").json()["status"] == "expired"
    app.dependency_overrides[get_today] = lambda: date(2032, 6, 30)
    assert api.get("/licenses/1").json()["status"] == "expiring"


def test_an_override_of_the_caller_reaches_the_routers(app: FastAPI, client: httpx.Client) -> None:
    app.dependency_overrides[current_caller] = lambda: Caller(email="test@credentials.example", permissions=["read"])
    assert client.get("/api/v1/providers").status_code == 200
    assert client.get("/api/v1/users").status_code == 403


def test_the_registry_is_compared_with_the_profile(app: FastAPI, api: Api) -> None:
    entry = {"basic": {"first_name": "INGRID", "last_name": "BERG"}, "taxonomies": []}
    override_registry(app, httpx.Response(200, json={"results": [entry]}))
    comparison = api.get("/npi/1234567893/comparison").json()
    assert comparison["differences"] == {"last_name": ["Solberg", "BERG"], "specialty": ["Cardiology", ""]}


@pytest.mark.parametrize(
    "response", [httpx.Response(503), httpx.Response(200, text="<html>")], ids=["unavailable", "no JSON"]
)
def test_a_registry_that_fails_is_a_bad_gateway(app: FastAPI, api: Api, response: httpx.Response) -> None:
    override_registry(app, response)
    failed = api.get("/npi/1234567893")
    assert (failed.status_code, failed.json()) == (502, {"detail": "The NPI registry does not respond"})


def test_urls_of_all_routers_are_known(app: FastAPI) -> None:
    assert app.url_path_for("read_provider", provider_id=7) == "/api/v1/providers/7"
    assert app.url_path_for("write_reference", token="t") == "/api/v1/peers/by-token/t"


def run(program: str, **environment: str) -> list[str]:
    path = [path for path in sys.path if path]
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=BACKEND,
        env={"PYTHONPATH": ":".join(path), **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


REQUEST = """
import sys
from fastapi.testclient import TestClient
from main import app
with TestClient(app) as client:
    client.get("/api/v1/letters/welcome/1")
print(*sorted(name.rpartition(".")[2] for name in sys.modules if name.startswith("api.v1.")))
"""


def test_a_request_loads_only_its_router(app: FastAPI) -> None:
    assert run(REQUEST) == ["letters"]


def test_all_routers_are_loaded_at_once_if_they_are_not_lazy(app: FastAPI) -> None:
    assert len(run(REQUEST, LAZY_ROUTERS="false")) == 30

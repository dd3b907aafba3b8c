"""The tests send HTTP requests to the application, to a server (`--base-url`), or to the built asset (`--asset`)."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from fastapi import FastAPI

from built_asset import AssetTransport
from helpers import Api, Json, new_npi


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--base-url", help="test the server at this URL, for example http://localhost:8000")
    parser.addoption("--asset", help="test the function in this directory, for example cdk.out/asset.1f2e...")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The application of another process is out of reach, so the tests of the application itself are left out."""
    if config.getoption("base_url") is None and config.getoption("asset") is None:
        return
    inside = [item for item in items if "app" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=inside)
    items[:] = [item for item in items if item not in inside]


@pytest.fixture(scope="session")
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with _connect(request.config.getoption("base_url"), request.config.getoption("asset")) as connected:
        yield connected


def _connect(base_url: str | None, asset: str | None) -> AbstractContextManager[httpx.Client]:
    if base_url:
        return httpx.Client(base_url=base_url, timeout=60)
    if asset:
        return httpx.Client(base_url="https://api.example.com", transport=AssetTransport(os.path.abspath(asset)))
    from fastapi.testclient import TestClient

    from main import app

    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="session")
def sign_in(client: httpx.Client) -> Callable[..., Api]:
    def sign_in(email: str, password: str = "demo") -> Api:
        response = client.post("/api/v1/auth/tokens", data={"username": email, "password": password})
        assert response.status_code == 200, response.text
        return Api(client, response.json()["access_token"])

    return sign_in


@pytest.fixture(scope="session")
def admin(sign_in: Callable[..., Api]) -> Api:
    return sign_in("admin@credentials.example")


@pytest.fixture(scope="session")
def api(sign_in: Callable[..., Api]) -> Api:
    """The coordinator, who may read and write."""
    return sign_in("coordinator@credentials.example")


@pytest.fixture(scope="session")
def auditor(sign_in: Callable[..., Api]) -> Api:
    """May read only."""
    return sign_in("auditor@credentials.example")


@pytest.fixture
def provider(api: Api) -> Json:
    body = {"npi": new_npi(), "first_name": "Noor", "last_name": "Haddad", "specialty": "Cardiology"}
    return api.create("/providers", body)


@pytest.fixture
def submission(provider: Json, api: Api) -> Json:
    return api.create("/applications", {"provider_id": provider["id"]})


@pytest.fixture(scope="session")
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Waits for a background task, which runs after the response."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < deadline, "it did not happen within five seconds"
            time.sleep(0.05)

    return wait


@pytest.fixture
def app() -> Iterator[FastAPI]:
    """The application itself, whose dependencies a test may override."""
    from main import app

    yield app
    app.dependency_overrides.clear()

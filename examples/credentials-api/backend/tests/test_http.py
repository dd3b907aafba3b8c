"""What concerns all routers: the middleware, the errors, and the routes themselves."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from helpers import Api

ROUTERS = sorted(path.stem for path in Path(__file__).parents[1].glob("api/v1/[a-z]*.py"))


def test_the_health_check_needs_no_token(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_the_schema_has_thirty_routers_in_the_order_of_their_names(client: httpx.Client) -> None:
    paths = [path for path in client.get("/openapi.json").json()["paths"] if path.startswith("/api/v1/")]
    assert list(dict.fromkeys(path.split("/")[3] for path in paths)) == ROUTERS
    assert len(ROUTERS) == 30


def test_a_response_has_the_id_of_the_request(client: httpx.Client, api: Api) -> None:
    given = api.request("GET", "/providers/1", headers={"x-request-id": "abc-1"})
    assert given.headers["x-request-id"] == "abc-1"
    assert uuid.UUID(client.get("/health").headers["x-request-id"])
    assert given.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/v1/unknown", "/api/v1", "/api/v1/providersx", "/api/v1/providers/1/unknown"])
def test_a_path_that_no_router_has_is_not_found(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})
    assert response.headers["x-request-id"]


def test_a_method_that_a_path_lacks_is_not_allowed(api: Api) -> None:
    response = api.delete("/providers/1")
    assert response.status_code == 405
    assert response.headers["allow"] in ("GET", "PATCH")


def test_a_trailing_slash_is_redirected(api: Api) -> None:
    response = api.get("/facilities/", state="OR")
    assert response.status_code == 307
    assert response.headers["location"].endswith("/api/v1/facilities?state=OR")


@pytest.mark.parametrize("key", [99_999_999, 2**31, 10**30, -1])
def test_a_row_that_does_not_exist_is_not_found(api: Api, key: int) -> None:
    response = api.get(f"/providers/{key}")
    assert (response.status_code, response.json()) == (404, {"detail": f"There is no provider {key}"})


def test_a_wrong_body_names_each_field(api: Api) -> None:
    response = api.post("/providers", {"npi": "1234567890", "first_name": "Ada", "last_name": ""})
    fields = [error["loc"][-1] for error in response.json()["detail"]]
    assert (response.status_code, fields) == (422, ["npi", "last_name", "specialty"])


def test_pages_do_not_overlap(api: Api) -> None:
    pages = [api.get("/providers", offset=offset, limit=1).json() for offset in (0, 1)]
    assert [len(page) for page in pages] == [1, 1]
    assert pages[0] != pages[1]
    assert api.get("/providers", limit=0).status_code == 422


def test_concurrent_requests_do_not_disturb_each_other(api: Api) -> None:
    paths = ["/providers/1", "/npi/1234567893", "/letters/welcome/1", "/licenses/1"] * 4
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda path: api.get(path).status_code, paths))
    assert statuses == [200] * len(paths)

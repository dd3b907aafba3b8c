"""The request for each router in `requests.json`, which the comparison of cold starts sends too."""

import json
from pathlib import Path

import httpx
import pytest

from helpers import Api

REQUESTS = json.loads((Path(__file__).parents[2] / "requests.json").read_text())


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request["router"])
def test_the_sample_request_of_a_router_gets_its_response(admin: Api, request_: dict) -> None:
    path = request_["path"].removeprefix("/api/v1")
    content, headers = request_.get("body"), request_.get("headers", {})
    response = admin.request(request_["method"], path, content=content, headers=headers)
    assert response.status_code == request_["status"], response.text
    assert request_["bodyIncludes"].encode() in response.content


def test_each_router_has_a_sample_request(client: httpx.Client) -> None:
    tags = [
        tag
        for methods in client.get("/openapi.json").json()["paths"].values()
        for each in methods.values()
        for tag in each["tags"]
    ]
    assert [request["router"] for request in REQUESTS] == [tag for tag in dict.fromkeys(tags) if tag != "health"]

"""What the tests share."""

import itertools
import random
from typing import Any

import httpx

from core.npi import check_npi

Json = dict[str, Any]

_suffixes = itertools.count(random.randrange(10**6))


def unique(text: str) -> str:
    """A text that no earlier run of the tests has used, because a server keeps its data."""
    return f"{text}-{next(_suffixes)}"


def new_npi() -> str:
    start = f"1{random.randrange(10**8):08}"
    for digit in range(10):
        try:
            return check_npi(f"{start}{digit}")
        except ValueError:
            continue
    raise AssertionError("one of ten check digits is right")


class Api:
    """Sends requests to `/api/v1` with the token of a user."""

    def __init__(self, client: httpx.Client, token: str) -> None:
        self._client = client
        self._headers = {"authorization": f"Bearer {token}"}

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
        headers = {**self._headers, **options.pop("headers", {})}
        return self._client.request(method, f"/api/v1{path}", headers=headers, **options)

    def get(self, path: str, **params: object) -> httpx.Response:
        return self.request("GET", path, params=params)

    def post(self, path: str, json: object = None, **options: Any) -> httpx.Response:  # noqa: ANN401
        return self.request("POST", path, json=json, **options)

    def put(self, path: str, json: object) -> httpx.Response:
        return self.request("PUT", path, json=json)

    def patch(self, path: str, json: object) -> httpx.Response:
        return self.request("PATCH", path, json=json)

    def delete(self, path: str) -> httpx.Response:
        return self.request("DELETE", path)

    def create(self, path: str, json: object) -> Json:
        response = self.post(path, json)
        assert response.status_code == 201, response.text
        return response.json()

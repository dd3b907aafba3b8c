"""The client of the NPI registry, or of sample data in its format."""

from collections.abc import AsyncIterator

import httpx

from core.settings import settings

_SAMPLE = {
    "1234567893": ("INGRID", "SOLBERG", "Cardiology"),
    "1003000126": ("TOMAS", "QUIROGA", "Pediatrics"),
}


async def registry_client() -> AsyncIterator[httpx.AsyncClient]:
    url = settings.npi_registry_url
    transport = None if url else httpx.MockTransport(_sample_registry)
    async with httpx.AsyncClient(base_url=url or "https://registry.example", transport=transport, timeout=5) as client:
        yield client


def _sample_registry(request: httpx.Request) -> httpx.Response:
    entry = _SAMPLE.get(request.url.params["number"])
    if entry is None:
        return httpx.Response(200, json={"result_count": 0, "results": []})
    first, last, specialty = entry
    result = {
        "basic": {"first_name": first, "last_name": last},
        "taxonomies": [{"desc": specialty, "primary": True}],
    }
    return httpx.Response(200, json={"result_count": 1, "results": [result]})

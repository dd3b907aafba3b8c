"""Looks providers up in the NPI registry."""

from typing import Annotated

import httpx
from fastapi import APIRouter, Depends
from sqlalchemy import select

from core.database import Database
from core.errors import NotFound, Unavailable
from core.models import Provider
from core.npi import Npi, check_npi
from core.npi_registry import registry_client
from core.schemas import Schema
from core.security import CanRead

router = APIRouter(tags=["npi"], dependencies=[CanRead])


class RegistryEntry(Schema):
    npi: str
    first_name: str
    last_name: str
    specialty: str


class Comparison(Schema):
    npi: str
    differences: dict[str, tuple[str, str]]


@router.get("/{npi}/check")
def check(npi: str) -> dict[str, bool | str]:
    try:
        check_npi(npi)
    except ValueError as error:
        return {"valid": False, "reason": str(error)}
    return {"valid": True}


Registry = Annotated[httpx.AsyncClient, Depends(registry_client)]


@router.get("/{npi}")
async def look_up(npi: Npi, registry: Registry) -> RegistryEntry:
    try:
        response = await registry.get("", params={"version": "2.1", "number": npi})
        response.raise_for_status()
        results = response.json().get("results", [])
    except (httpx.HTTPError, ValueError) as error:
        raise Unavailable("The NPI registry does not respond") from error
    if not results:
        raise NotFound("entry in the registry with NPI", npi)
    basic, taxonomies = results[0]["basic"], results[0].get("taxonomies", [])
    specialty = next((taxonomy["desc"] for taxonomy in taxonomies if taxonomy.get("primary")), "")
    return RegistryEntry(npi=npi, first_name=basic["first_name"], last_name=basic["last_name"], specialty=specialty)


@router.get("/{npi}/comparison")
async def compare(npi: Npi, registry: Registry, database: Database) -> Comparison:
    """What the registry and the profile of the provider say differently."""
    provider = database.scalar(select(Provider).where(Provider.npi == npi))
    if provider is None:
        raise NotFound("provider with NPI", npi)
    entry = await look_up(npi, registry)
    pairs = {name: (getattr(provider, name), getattr(entry, name)) for name in ("first_name", "last_name", "specialty")}
    different = {name: pair for name, pair in pairs.items() if pair[0].casefold() != pair[1].casefold()}
    return Comparison(npi=npi, differences=different)

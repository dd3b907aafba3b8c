"""The providers: physicians and other clinicians whose credentials the organization verifies."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import or_, select

from core.auditing import Audit
from core.database import Database, find, store
from core.models import Provider
from core.npi import Npi
from core.schemas import Name, Paging, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["providers"], dependencies=[CanRead])


class NewProvider(Schema):
    npi: Npi
    first_name: Name
    last_name: Name
    specialty: Name


class ProviderChange(Schema):
    specialty: Name | None = None
    active: bool | None = None


class ProviderOut(NewProvider):
    id: int
    active: bool


@router.get("", response_model=list[ProviderOut])
def list_providers(
    database: Database, page: Paging, search: Annotated[str | None, Query(max_length=80)] = None
) -> Sequence[Provider]:
    query = select(Provider).order_by(Provider.last_name, Provider.id)
    if search:
        query = query.where(
            or_(Provider.last_name.icontains(search, autoescape=True), Provider.npi.startswith(search, autoescape=True))
        )
    return database.scalars(query.offset(page.offset).limit(page.limit)).all()


@router.post("", status_code=201, response_model=ProviderOut, dependencies=[CanWrite])
def create_provider(
    new: NewProvider, database: Database, audit: Audit, request: Request, response: Response
) -> Provider:
    provider = store(database, Provider(**new.model_dump()))
    response.headers["location"] = str(request.url_for("read_provider", provider_id=provider.id))
    audit.record("provider.created", f"provider:{provider.id}")
    return provider


@router.get("/{provider_id}", response_model=ProviderOut)
def read_provider(provider_id: int, database: Database) -> Provider:
    return find(database, Provider, provider_id)


@router.patch("/{provider_id}", response_model=ProviderOut, dependencies=[CanWrite])
def change_provider(provider_id: int, change: ProviderChange, database: Database, audit: Audit) -> Provider:
    provider = find(database, Provider, provider_id)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(provider, name, value)
    audit.record("provider.changed", f"provider:{provider_id}")
    return store(database, provider)

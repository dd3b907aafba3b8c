"""The state licenses of the providers, and which of them expire soon."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter, Query
from sqlalchemy import select

from core.auditing import Audit
from core.clock import Today
from core.database import Database, find, store
from core.errors import Conflict
from core.models import License, Provider
from core.schemas import Name, Schema, State
from core.security import CanRead, CanWrite

router = APIRouter(tags=["licenses"], dependencies=[CanRead])


class NewLicense(Schema):
    provider_id: int
    state: State
    number: Name
    expires_on: date


class LicenseOut(NewLicense):
    id: int


class LicenseStatus(LicenseOut):
    status: str
    days_left: int


@router.get("", response_model=list[LicenseOut])
def list_licenses(database: Database, provider_id: int | None = None) -> Sequence[License]:
    query = select(License).order_by(License.expires_on)
    if provider_id is not None:
        query = query.where(License.provider_id == provider_id)
    return database.scalars(query).all()


@router.get("/expiring", response_model=list[LicenseOut])
def expiring_licenses(
    database: Database, today: Today, months: Annotated[int, Query(ge=1, le=36)] = 3
) -> Sequence[License]:
    until = today + relativedelta(months=months)
    return database.scalars(select(License).where(License.expires_on.between(today, until))).all()


@router.post("", status_code=201, response_model=LicenseOut, dependencies=[CanWrite])
def create_license(new: NewLicense, database: Database, audit: Audit) -> License:
    find(database, Provider, new.provider_id)
    created = store(database, License(**new.model_dump()))
    audit.record("license.created", f"license:{created.id}")
    return created


@router.get("/{license_id}")
def read_license(license_id: int, database: Database, today: Today) -> LicenseStatus:
    found = find(database, License, license_id)
    days = (found.expires_on - today).days
    status = "expired" if days < 0 else "expiring" if found.expires_on <= today + relativedelta(months=3) else "valid"
    return LicenseStatus(**LicenseOut.model_validate(found).model_dump(), status=status, days_left=days)


@router.post("/{license_id}/renewals", response_model=LicenseOut, dependencies=[CanWrite])
def renew_license(
    license_id: int, database: Database, audit: Audit, years: Annotated[int, Query(ge=1, le=4)] = 2
) -> License:
    found = find(database, License, license_id)
    if not found.provider.active:
        raise Conflict(f"{found.provider.name} is not active")
    found.expires_on += relativedelta(years=years)
    audit.record("license.renewed", f"license:{license_id}")
    return store(database, found)

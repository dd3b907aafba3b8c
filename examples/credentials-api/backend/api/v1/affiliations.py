"""Which provider works at which facility."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from sqlalchemy import select

from core.auditing import Audit
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Affiliation, Facility, Provider
from core.schemas import Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["affiliations"], dependencies=[CanRead])


class NewAffiliation(Schema):
    provider_id: int
    facility_id: int
    category: Literal["active", "courtesy", "consulting"] = "active"


class FacilityName(Schema):
    id: int
    name: str


class AffiliationOut(Schema):
    id: int
    provider_id: int
    category: str
    facility: FacilityName


@router.get("", response_model=list[AffiliationOut])
def list_affiliations(
    database: Database, provider_id: int | None = None, facility_id: int | None = None
) -> Sequence[Affiliation]:
    query = select(Affiliation).order_by(Affiliation.id)
    if provider_id is not None:
        query = query.where(Affiliation.provider_id == provider_id)
    if facility_id is not None:
        query = query.where(Affiliation.facility_id == facility_id)
    return database.scalars(query).all()


@router.post("", status_code=201, response_model=AffiliationOut, dependencies=[CanWrite])
def create_affiliation(new: NewAffiliation, database: Database, audit: Audit) -> Affiliation:
    provider = find(database, Provider, new.provider_id)
    find(database, Facility, new.facility_id)
    if not provider.active:
        raise Conflict(f"{provider.name} is not active")
    affiliation = store(database, Affiliation(**new.model_dump()))
    audit.record("affiliation.created", f"affiliation:{affiliation.id}")
    return affiliation


@router.delete("/{affiliation_id}", status_code=204, dependencies=[CanWrite])
def end_affiliation(affiliation_id: int, database: Database, audit: Audit) -> None:
    database.delete(find(database, Affiliation, affiliation_id))
    database.commit()
    audit.record("affiliation.ended", f"affiliation:{affiliation_id}")

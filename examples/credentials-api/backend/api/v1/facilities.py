"""The facilities that providers work at."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import func, select

from core.database import Database, find, store
from core.models import Affiliation, Facility
from core.schemas import Name, Paging, Schema, State
from core.security import CanRead, CanWrite

router = APIRouter(tags=["facilities"], dependencies=[CanRead])


class NewFacility(Schema):
    name: Name
    state: State
    beds: Annotated[int, Field(ge=0)]


class FacilityOut(NewFacility):
    id: int


class FacilitySummary(FacilityOut):
    providers: int


@router.get("", response_model=list[FacilityOut])
def list_facilities(database: Database, page: Paging, state: State | None = None) -> Sequence[Facility]:
    query = select(Facility).order_by(Facility.name)
    if state:
        query = query.where(Facility.state == state)
    return database.scalars(query.offset(page.offset).limit(page.limit)).all()


@router.post("", status_code=201, response_model=FacilityOut, dependencies=[CanWrite])
def create_facility(new: NewFacility, database: Database) -> Facility:
    return store(database, Facility(**new.model_dump()))


@router.get("/{facility_id}")
def read_facility(facility_id: int, database: Database) -> FacilitySummary:
    facility = FacilityOut.model_validate(find(database, Facility, facility_id))
    count = select(func.count(Affiliation.id)).where(Affiliation.facility_id == facility_id)
    return FacilitySummary(**facility.model_dump(), providers=database.scalar(count) or 0)


@router.put("/{facility_id}", response_model=FacilityOut, dependencies=[CanWrite])
def replace_facility(facility_id: int, new: NewFacility, database: Database) -> Facility:
    facility = find(database, Facility, facility_id)
    for name, value in new.model_dump().items():
        setattr(facility, name, value)
    return store(database, facility)

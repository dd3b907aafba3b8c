"""Where providers were trained, and the gaps in between, which a reviewer must explain."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter, Query
from sqlalchemy import select

from core.database import Database, find, store
from core.models import Education, Provider
from core.schemas import Name, Period, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["education"], dependencies=[CanRead])


class NewEducation(Period):
    provider_id: int
    institution: Name
    degree: Literal["MD", "DO", "NP", "PA", "residency", "fellowship"]


class EducationOut(NewEducation):
    id: int


class Gap(Schema):
    starts_on: date
    ends_on: date
    months: int


@router.get("", response_model=list[EducationOut])
def list_education(database: Database, provider_id: int) -> Sequence[Education]:
    return _education_of(provider_id, database)


@router.post("", status_code=201, response_model=EducationOut, dependencies=[CanWrite])
def create_education(new: NewEducation, database: Database) -> Education:
    find(database, Provider, new.provider_id)
    return store(database, Education(**new.model_dump()))


@router.get("/gaps")
def find_gaps(provider_id: int, database: Database, months: Annotated[int, Query(ge=1)] = 6) -> list[Gap]:
    """The times of at least six months between two trainings."""
    gaps = []
    for before, after in pairwise(_education_of(provider_id, database)):
        length = relativedelta(after.starts_on, before.ends_on)
        total = length.years * 12 + length.months
        if total >= months:
            gaps.append(Gap(starts_on=before.ends_on, ends_on=after.starts_on, months=total))
    return gaps


def _education_of(provider_id: int, database: Database) -> Sequence[Education]:
    find(database, Provider, provider_id)
    query = select(Education).where(Education.provider_id == provider_id).order_by(Education.starts_on)
    return database.scalars(query).all()

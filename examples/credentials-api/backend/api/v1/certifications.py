"""Board certifications, which are valid for a number of years."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from pydantic import Field, computed_field
from sqlalchemy import select

from core.clock import Today
from core.database import Database, find, store
from core.models import Certification, Provider
from core.schemas import Name, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["certifications"], dependencies=[CanRead])


class NewCertification(Schema):
    provider_id: int
    board: Literal["ABIM", "ABP", "ABS", "ANCC"]
    specialty: Name
    issued_on: date
    valid_years: Annotated[int, Field(ge=1, le=10)]


class CertificationOut(NewCertification):
    id: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def expires_on(self) -> date:
        """A certification of February 29 expires on February 28 of a year that is no leap year."""
        return self.issued_on + relativedelta(years=self.valid_years)


@router.get("", response_model=list[CertificationOut])
def list_certifications(database: Database, provider_id: int) -> Sequence[Certification]:
    query = select(Certification).where(Certification.provider_id == provider_id).order_by(Certification.issued_on)
    return database.scalars(query).all()


@router.post("", status_code=201, response_model=CertificationOut, dependencies=[CanWrite])
def create_certification(new: NewCertification, database: Database) -> Certification:
    find(database, Provider, new.provider_id)
    return store(database, Certification(**new.model_dump()))


@router.get("/{certification_id}/status")
def certification_status(certification_id: int, database: Database, today: Today) -> dict[str, str | int]:
    certification = CertificationOut.model_validate(find(database, Certification, certification_id))
    left = relativedelta(certification.expires_on, today)
    valid = certification.expires_on >= today
    return {"status": "certified" if valid else "lapsed", "years_left": max(left.years, 0)}

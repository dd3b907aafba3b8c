"""The enrollment of providers with payers, and when it is expected to be effective."""

from collections.abc import Sequence
from datetime import date, timedelta

from fastapi import APIRouter
from sqlalchemy import select

from core.clock import Today
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Enrollment, Payer, Provider
from core.schemas import Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["enrollments"], dependencies=[CanRead])


class NewEnrollment(Schema):
    provider_id: int
    payer_id: int


class EnrollmentOut(NewEnrollment):
    id: int
    submitted_on: date
    effective_on: date | None


class Expected(Schema):
    payer: str
    expected_on: date
    overdue: bool


@router.get("", response_model=list[EnrollmentOut])
def list_enrollments(database: Database, provider_id: int) -> Sequence[Enrollment]:
    return database.scalars(select(Enrollment).where(Enrollment.provider_id == provider_id)).all()


@router.post("", status_code=201, response_model=EnrollmentOut, dependencies=[CanWrite])
def create_enrollment(new: NewEnrollment, database: Database, today: Today) -> Enrollment:
    find(database, Payer, new.payer_id)
    provider = find(database, Provider, new.provider_id)
    if not any(license.expires_on >= today for license in provider.licenses):
        raise Conflict(f"{provider.name} has no valid license")
    return store(database, Enrollment(**new.model_dump(), submitted_on=today, effective_on=None))


@router.get("/{enrollment_id}/expected")
def expected(enrollment_id: int, database: Database, today: Today) -> Expected:
    enrollment = find(database, Enrollment, enrollment_id)
    day = enrollment.submitted_on + timedelta(days=enrollment.payer.days_to_enroll)
    overdue = enrollment.effective_on is None and day < today
    return Expected(payer=enrollment.payer.name, expected_on=day, overdue=overdue)


@router.post("/{enrollment_id}/activation", response_model=EnrollmentOut, dependencies=[CanWrite])
def activate(enrollment_id: int, database: Database, today: Today) -> Enrollment:
    enrollment = find(database, Enrollment, enrollment_id)
    if enrollment.effective_on is not None:
        raise Conflict(f"The enrollment is effective since {enrollment.effective_on}")
    enrollment.effective_on = today
    return store(database, enrollment)

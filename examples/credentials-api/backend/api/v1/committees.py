"""The credentials committee: its meetings, and its votes on applications."""

from collections.abc import Sequence
from datetime import datetime

from dateutil.rrule import MONTHLY, TU, rrule
from fastapi import APIRouter
from pydantic import AwareDatetime, Field
from sqlalchemy import select

from core.database import Database, find, store
from core.errors import Conflict
from core.models import Application, Meeting, Vote
from core.schemas import Name, Schema
from core.security import CanRead, CanWrite, CurrentCaller

router = APIRouter(tags=["committees"], dependencies=[CanRead])


class Schedule(Schema):
    title: Name = "Credentials committee"
    first: AwareDatetime
    months: int = Field(default=12, ge=1, le=24)


class MeetingOut(Schema):
    id: int
    title: str
    starts_at: datetime


class NewVote(Schema):
    application_id: int
    approve: bool


class Result(Schema):
    approve: int
    deny: int
    passed: bool


@router.get("/meetings", response_model=list[MeetingOut])
def list_meetings(database: Database) -> Sequence[Meeting]:
    return database.scalars(select(Meeting).order_by(Meeting.starts_at)).all()


@router.post("/meetings", status_code=201, response_model=list[MeetingOut], dependencies=[CanWrite])
def schedule_meetings(schedule: Schedule, database: Database) -> list[Meeting]:
    """Schedules a meeting on the first Tuesday of each month."""
    times = rrule(MONTHLY, dtstart=schedule.first, count=schedule.months, byweekday=TU(1))
    meetings = [Meeting(title=schedule.title, starts_at=time) for time in times]
    database.add_all(meetings)
    database.commit()
    return meetings


@router.post("/meetings/{meeting_id}/votes", status_code=201, dependencies=[CanWrite])
def vote(meeting_id: int, new: NewVote, database: Database, caller: CurrentCaller) -> Result:
    find(database, Meeting, meeting_id)
    if find(database, Application, new.application_id).status != "in_review":
        raise Conflict("The committee votes on applications that are in review")
    store(database, Vote(meeting_id=meeting_id, member=caller.email, **new.model_dump()))
    return result(meeting_id, new.application_id, database)


@router.get("/meetings/{meeting_id}/results/{application_id}")
def result(meeting_id: int, application_id: int, database: Database) -> Result:
    query = select(Vote.approve).where(Vote.meeting_id == meeting_id, Vote.application_id == application_id)
    votes = database.scalars(query).all()
    approve = sum(votes)
    return Result(approve=approve, deny=len(votes) - approve, passed=approve * 2 > len(votes))

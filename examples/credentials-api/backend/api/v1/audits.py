"""The audit trail. Other routers write it in background tasks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from dateutil.parser import ParserError, isoparse
from fastapi import APIRouter
from pydantic import BeforeValidator
from sqlalchemy import func, select

from core.database import Database
from core.models import AuditEvent
from core.schemas import Paging, Schema
from core.security import CanRead

router = APIRouter(tags=["audits"], dependencies=[CanRead])


def _parse_time(value: str | datetime | None) -> datetime | None:
    """Any form of ISO 8601, for example 2031-W10. A time without a zone is UTC."""
    if not isinstance(value, str):
        return value
    try:
        parsed = isoparse(value)
    except (ParserError, ValueError) as error:
        raise ValueError("must be a date or time in ISO 8601") from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


Time = Annotated[datetime | None, BeforeValidator(_parse_time)]


class AuditEventOut(Schema):
    id: int
    actor: str
    action: str
    subject: str
    request_id: str
    at: datetime


@router.get("", response_model=list[AuditEventOut])
def list_events(
    database: Database, page: Paging, subject: str | None = None, since: Time = None
) -> Sequence[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.id.desc())
    if subject:
        query = query.where(AuditEvent.subject == subject)
    if since:
        query = query.where(AuditEvent.at >= since)
    return database.scalars(query.offset(page.offset).limit(page.limit)).all()


@router.get("/summary")
def summarize(database: Database) -> dict[str, int]:
    """How many events there are of each action."""
    query = select(AuditEvent.action, func.count()).group_by(AuditEvent.action).order_by(AuditEvent.action)
    return dict(database.execute(query).all())

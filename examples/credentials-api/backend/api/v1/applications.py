"""Credentialing applications, and the steps that each of them goes through."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from core.auditing import Audit
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Application, Provider
from core.schemas import Paging, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["applications"], dependencies=[CanRead])

Status = Literal["draft", "submitted", "in_review", "approved", "denied", "withdrawn"]

_NEXT: dict[str, set[str]] = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"in_review", "withdrawn"},
    "in_review": {"approved", "denied", "withdrawn"},
}


class NewApplication(Schema):
    provider_id: int
    kind: Literal["initial", "recredentialing"] = "initial"


class StatusChange(Schema):
    status: Status


class ApplicationOut(NewApplication):
    id: int
    status: Status
    changed_at: datetime


@router.get("", response_model=list[ApplicationOut])
def list_applications(database: Database, page: Paging, status: Status | None = None) -> Sequence[Application]:
    query = select(Application).order_by(Application.id)
    if status:
        query = query.where(Application.status == status)
    return database.scalars(query.offset(page.offset).limit(page.limit)).all()


@router.post("", status_code=201, response_model=ApplicationOut, dependencies=[CanWrite])
def create_application(
    new: NewApplication, database: Database, audit: Audit, request: Request, response: Response
) -> Application:
    find(database, Provider, new.provider_id)
    application = store(database, Application(**new.model_dump()))
    response.headers["location"] = str(request.url_for("read_application", application_id=application.id))
    audit.record("application.created", f"application:{application.id}")
    return application


@router.get("/{application_id}", response_model=ApplicationOut)
def read_application(application_id: int, database: Database) -> Application:
    return find(database, Application, application_id)


@router.post("/{application_id}/status", response_model=ApplicationOut, dependencies=[CanWrite])
def change_status(application_id: int, change: StatusChange, database: Database, audit: Audit) -> Application:
    application = find(database, Application, application_id)
    if change.status not in _NEXT.get(application.status, set()):
        raise Conflict(f"An application that is {application.status} cannot become {change.status}")
    application.status = change.status
    audit.record(f"application.{change.status}", f"application:{application_id}")
    return store(database, application)

"""Peer references. A peer gets a link, and needs no account to write the reference."""

import secrets
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import EmailStr, Field
from sqlalchemy import func, select

from core.database import Database, find, store
from core.errors import Conflict, NotFound
from core.models import Provider, Reference
from core.schemas import Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["peers"])


class NewRequest(Schema):
    provider_id: int
    peer_email: EmailStr


class RequestOut(Schema):
    id: int
    link: str


class Answer(Schema):
    rating: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=2000)] = ""


class ReferenceOut(Schema):
    id: int
    peer_email: str
    rating: int | None
    comment: str | None


@router.get("", response_model=list[ReferenceOut], dependencies=[CanRead])
def list_references(database: Database, provider_id: int) -> Sequence[Reference]:
    return database.scalars(select(Reference).where(Reference.provider_id == provider_id)).all()


@router.get("/rating", dependencies=[CanRead])
def rating(database: Database, provider_id: int) -> dict[str, float | None]:
    average = database.scalar(select(func.avg(Reference.rating)).where(Reference.provider_id == provider_id))
    return {"rating": None if average is None else round(float(average), 1)}


@router.post("", status_code=201, dependencies=[CanWrite])
def request_reference(new: NewRequest, database: Database, request: Request) -> RequestOut:
    find(database, Provider, new.provider_id)
    reference = store(database, Reference(**new.model_dump(), token=secrets.token_urlsafe(24)))
    return RequestOut(id=reference.id, link=str(request.url_for("write_reference", token=reference.token)))


@router.put("/by-token/{token}", status_code=204)
def write_reference(token: str, answer: Answer, database: Database) -> None:
    reference = database.scalar(select(Reference).where(Reference.token == token))
    if reference is None:
        raise NotFound("request for a reference with token", token)
    if reference.rating is not None:
        raise Conflict("The reference is written already")
    reference.rating, reference.comment = answer.rating, answer.comment
    store(database, reference)

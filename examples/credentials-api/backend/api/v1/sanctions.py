"""Screens providers against the lists of sanctions. Names are compared approximately."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from rapidfuzz import fuzz, process, utils
from sqlalchemy import select

from core.auditing import Audit
from core.database import Database, find, store
from core.models import Provider, Sanction
from core.schemas import Name, Schema
from core.security import CanAdminister, CanRead

router = APIRouter(tags=["sanctions"], dependencies=[CanRead])


class NewSanction(Schema):
    name: Name
    authority: Annotated[str, Field(pattern="^[A-Z]{2,8}$")]
    listed_on: date


class SanctionOut(NewSanction):
    id: int


class Hit(Schema):
    sanction: SanctionOut
    score: float


class Screening(Schema):
    provider_id: int
    clear: bool
    hits: list[Hit]


MinimumScore = Annotated[float, Query(ge=50, le=100)]


@router.post("", status_code=201, response_model=SanctionOut, dependencies=[CanAdminister])
def add_sanction(new: NewSanction, database: Database) -> Sanction:
    return store(database, Sanction(**new.model_dump()))


@router.get("/search")
def search(name: Name, database: Database, minimum: MinimumScore = 80) -> list[Hit]:
    return _screen(name, database, minimum)


@router.post("/screenings/{provider_id}")
def screen_provider(provider_id: int, database: Database, audit: Audit, minimum: MinimumScore = 85) -> Screening:
    provider = find(database, Provider, provider_id)
    hits = _screen(provider.name, database, minimum)
    audit.record("provider.screened", f"provider:{provider_id}")
    return Screening(provider_id=provider_id, clear=not hits, hits=hits)


def _screen(name: str, database: Database, minimum: float) -> list[Hit]:
    sanctions = database.scalars(select(Sanction)).all()
    names = [sanction.name for sanction in sanctions]
    found = process.extract(
        name, names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=minimum, limit=10
    )
    return [Hit(sanction=SanctionOut.model_validate(sanctions[i]), score=round(score, 1)) for _, score, i in found]

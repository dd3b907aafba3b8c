"""The payers (health plans) that providers enroll with. A payer's roster is imported as XML."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body
from lxml import etree
from pydantic import Field
from sqlalchemy import select

from core.database import Database, find, store
from core.errors import Problem
from core.models import Payer, Provider
from core.schemas import Name, Schema
from core.security import CanAdminister, CanRead

router = APIRouter(tags=["payers"], dependencies=[CanRead])


class NewPayer(Schema):
    code: Annotated[str, Field(pattern="^[A-Z0-9]{2,12}$")]
    name: Name
    days_to_enroll: Annotated[int, Field(ge=1, le=365)] = 90


class PayerOut(NewPayer):
    id: int


class RosterCheck(Schema):
    known: list[str]
    unknown: list[str]


@router.get("", response_model=list[PayerOut])
def list_payers(database: Database) -> Sequence[Payer]:
    return database.scalars(select(Payer).order_by(Payer.code)).all()


@router.post("", status_code=201, response_model=PayerOut, dependencies=[CanAdminister])
def create_payer(new: NewPayer, database: Database) -> Payer:
    return store(database, Payer(**new.model_dump()))


@router.post("/{payer_id}/roster")
def check_roster(
    payer_id: int, roster: Annotated[bytes, Body(media_type="application/xml")], database: Database
) -> RosterCheck:
    """Compares a payer's roster, like `<roster><provider npi="1234567893"/></roster>`, with the providers."""
    find(database, Payer, payer_id)
    listed = _read_roster(roster)
    known = set(database.scalars(select(Provider.npi).where(Provider.npi.in_(listed))))
    return RosterCheck(known=sorted(known), unknown=sorted(set(listed) - known))


def _read_roster(roster: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(roster, parser)
    except etree.XMLSyntaxError as error:
        raise Problem(f"The roster is not well-formed XML: {error.msg}") from error
    return [npi for provider in root.iterfind("provider") if (npi := provider.get("npi"))]

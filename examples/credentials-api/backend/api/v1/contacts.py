"""How to reach a provider: email addresses and telephone numbers, both checked and normalized."""

from collections.abc import Sequence
from typing import Annotated

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from fastapi import APIRouter
from pydantic import AfterValidator
from sqlalchemy import select

from core.database import Database, find, store
from core.models import Contact, Provider
from core.schemas import Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["contacts"], dependencies=[CanRead])


def _check_email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error


def _check_phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException as error:
        raise ValueError("must be a telephone number") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("must be a telephone number that exists")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class NewContact(Schema):
    provider_id: int
    email: Annotated[str, AfterValidator(_check_email)]
    phone: Annotated[str, AfterValidator(_check_phone)]


class ContactOut(Schema):
    id: int
    provider_id: int
    email: str
    phone: str


@router.get("", response_model=list[ContactOut])
def list_contacts(database: Database, provider_id: int) -> Sequence[Contact]:
    return database.scalars(select(Contact).where(Contact.provider_id == provider_id)).all()


@router.post("", status_code=201, response_model=ContactOut, dependencies=[CanWrite])
def create_contact(new: NewContact, database: Database) -> Contact:
    find(database, Provider, new.provider_id)
    return store(database, Contact(**new.model_dump()))


@router.delete("/{contact_id}", status_code=204, dependencies=[CanWrite])
def delete_contact(contact_id: int, database: Database) -> None:
    database.delete(find(database, Contact, contact_id))
    database.commit()

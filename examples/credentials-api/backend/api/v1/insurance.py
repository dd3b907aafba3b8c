"""The malpractice insurance of providers, and whether it covers what a facility demands."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import Field, model_validator
from sqlalchemy import select

from core.clock import Today
from core.database import Database, find, store
from core.models import Policy, Provider
from core.schemas import Name, Period, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["insurance"], dependencies=[CanRead])

Amount = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]


class NewPolicy(Period):
    provider_id: int
    carrier: Name
    per_claim: Amount
    aggregate: Amount

    @model_validator(mode="after")
    def _aggregate_covers_a_claim(self) -> Self:
        if self.aggregate < self.per_claim:
            raise ValueError("aggregate must be at least per_claim")
        return self


class PolicyOut(NewPolicy):
    id: int


class Coverage(Schema):
    covered: bool
    per_claim: Decimal
    aggregate: Decimal


@router.get("", response_model=list[PolicyOut])
def list_policies(database: Database, provider_id: int) -> Sequence[Policy]:
    return database.scalars(select(Policy).where(Policy.provider_id == provider_id)).all()


@router.post("", status_code=201, response_model=PolicyOut, dependencies=[CanWrite])
def create_policy(new: NewPolicy, database: Database) -> Policy:
    find(database, Provider, new.provider_id)
    return store(database, Policy(**new.model_dump()))


@router.get("/coverage")
def coverage(provider_id: int, database: Database, today: Today, demanded: Amount = Decimal(1_000_000)) -> Coverage:
    """The sum of the policies that are in force today, compared with what is demanded for a claim."""
    query = select(Policy).where(Policy.provider_id == provider_id, Policy.starts_on <= today, Policy.ends_on > today)
    policies = database.scalars(query).all()
    per_claim = sum((policy.per_claim for policy in policies), Decimal(0))
    aggregate = sum((policy.aggregate for policy in policies), Decimal(0))
    return Coverage(covered=per_claim >= demanded, per_claim=per_claim, aggregate=aggregate)

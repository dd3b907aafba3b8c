"""What the schemas of the routers share."""

from datetime import date
from typing import Annotated, Self

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator


class Schema(BaseModel):
    """A schema that can be made of a row."""

    model_config = ConfigDict(from_attributes=True, str_strip_whitespace=True)


class Period(Schema):
    """A time from one day to another."""

    starts_on: date
    ends_on: date

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on <= self.starts_on:
            raise ValueError("ends_on must be after starts_on")
        return self


class Page:
    """The part of a list that a request asks for."""

    def __init__(
        self, offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> None:
        self.offset = offset
        self.limit = limit


Paging = Annotated[Page, Depends()]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
State = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
"""The two letters of a state, for example "OR"."""

"""Today, as a dependency, so that tests can override it."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends


def get_today() -> date:
    return datetime.now(UTC).date()


Today = Annotated[date, Depends(get_today)]

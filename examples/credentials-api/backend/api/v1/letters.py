"""Letters to providers and payers, which are made of templates."""

from enum import StrEnum
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy import select

from core.clock import Today
from core.database import Database, find
from core.errors import Conflict
from core.models import Application, License, Provider
from core.security import CanRead

router = APIRouter(tags=["letters"], dependencies=[CanRead])


class Letter(StrEnum):
    welcome = "welcome"
    decision = "decision"
    expiration = "expiration"


_TEMPLATES = Path(__file__).parents[2] / "templates" / "letters"
_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined
)


@router.get("/{letter}/{provider_id}", response_class=HTMLResponse)
def write_letter(letter: Letter, provider_id: int, database: Database, today: Today) -> str:
    provider = find(database, Provider, provider_id)
    context: dict[str, object] = {"provider": provider, "today": today}
    if letter is Letter.decision:
        context["application"] = _last_application(database, provider)
    if letter is Letter.expiration:
        query = select(License).where(License.provider_id == provider_id, License.expires_on < today)
        context["expired"] = database.scalars(query).all()
    return _environment.get_template(f"{letter}.html").render(context)


def _last_application(database: Database, provider: Provider) -> Application:
    query = select(Application).where(Application.provider_id == provider.id).order_by(Application.id.desc())
    application = database.scalar(query.limit(1))
    if application is None:
        raise Conflict(f"{provider.name} has no application")
    return application

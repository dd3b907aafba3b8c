"""The badge of a provider, as an image."""

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Query, Response
from PIL import Image, ImageDraw, ImageFont

from core.database import Database, find
from core.errors import Conflict
from core.models import Provider
from core.security import CanRead

router = APIRouter(tags=["badges"], dependencies=[CanRead])

_INK = "#1b2a41"
_COLORS = {"Cardiology": "#b23a48", "Pediatrics": "#2a9d8f"}


@router.get("/{provider_id}.png", response_class=Response)
def badge(provider_id: int, database: Database, width: Annotated[int, Query(ge=200, le=1200)] = 400) -> Response:
    provider = find(database, Provider, provider_id)
    if not provider.active:
        raise Conflict(f"{provider.name} is not active")
    headers = {"cache-control": "private, max-age=3600"}
    return Response(_draw(provider, width), media_type="image/png", headers=headers)


def _draw(provider: Provider, width: int) -> bytes:
    height = width * 5 // 8
    unit = height // 10
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 2 * unit), fill=_COLORS.get(provider.specialty, "#457b9d"))
    initials = f"{provider.first_name[0]}{provider.last_name[0]}"
    draw.ellipse((unit, 3 * unit, 5 * unit, 7 * unit), outline=_INK, width=max(unit // 8, 1))
    draw.text((3 * unit, 5 * unit), initials, fill=_INK, font=ImageFont.load_default(2 * unit), anchor="mm")
    draw.text((6 * unit, 4 * unit), provider.name, fill=_INK, font=ImageFont.load_default(unit))
    draw.text((6 * unit, 6 * unit), f"NPI {provider.npi}", fill=_INK, font=ImageFont.load_default(unit))
    output = BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()

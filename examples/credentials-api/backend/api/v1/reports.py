"""Reports as PDF: the credentials profile of a provider."""

from datetime import date
from io import BytesIO

from fastapi import APIRouter, Response
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from sqlalchemy import func, select

from core.clock import Today
from core.database import Database, find
from core.models import Application, License, Provider
from core.security import CanRead

router = APIRouter(tags=["reports"], dependencies=[CanRead])

_GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)])


@router.get("/status")
def status_report(database: Database, today: Today) -> dict[str, dict[str, int]]:
    """How many applications there are by status, and how many licenses are valid."""
    by_status = select(Application.status, func.count()).group_by(Application.status)
    expired = database.scalar(select(func.count(License.id)).where(License.expires_on < today)) or 0
    total = database.scalar(select(func.count(License.id))) or 0
    return {
        "applications": dict(database.execute(by_status).all()),
        "licenses": {"valid": total - expired, "expired": expired},
    }


@router.get("/providers/{provider_id}.pdf", response_class=Response)
def provider_report(provider_id: int, database: Database, today: Today) -> Response:
    provider = find(database, Provider, provider_id)
    headers = {"content-disposition": f'inline; filename="provider-{provider_id}.pdf"'}
    return Response(_render(provider, today), media_type="application/pdf", headers=headers)


def _render(provider: Provider, today: date) -> bytes:
    styles = getSampleStyleSheet()
    rows = [["State", "Number", "Expires"]]
    rows += [[license.state, license.number, license.expires_on.isoformat()] for license in provider.licenses]
    table = Table(rows, hAlign="LEFT")
    table.setStyle(_GRID)
    output = BytesIO()
    document = SimpleDocTemplate(output, pagesize=LETTER, title=f"Credentials of {provider.name}")
    document.build(
        [
            Paragraph(provider.name, styles["Title"]),
            Paragraph(f"NPI {provider.npi}, {provider.specialty}. Printed on {today:%B %d, %Y}.", styles["Normal"]),
            Spacer(1, 12),
            table,
        ]
    )
    return output.getvalue()

"""Exports as Excel workbooks."""

from io import BytesIO

from fastapi import APIRouter, Response
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.auditing import Audit
from core.clock import Today
from core.database import Database
from core.models import Provider
from core.security import CanRead

router = APIRouter(tags=["exports"], dependencies=[CanRead])

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = {"NPI": 14, "Name": 28, "Specialty": 20, "State": 8, "License": 16, "Expires": 12}
_EXPIRED = PatternFill("solid", fgColor="F8D7DA")


@router.get("/licenses.xlsx", response_class=Response)
def export_licenses(database: Database, today: Today, audit: Audit) -> Response:
    """All licenses, of which the expired ones are red."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Licenses"
    _add_header(sheet)
    for provider in database.scalars(select(Provider).options(selectinload(Provider.licenses))):
        for license in provider.licenses:
            person = [provider.npi, provider.name, provider.specialty]
            sheet.append([*person, license.state, license.number, license.expires_on])
            if license.expires_on < today:
                sheet.cell(sheet.max_row, len(_COLUMNS)).fill = _EXPIRED
    sheet.auto_filter.ref = sheet.dimensions
    output = BytesIO()
    workbook.save(output)
    audit.record("licenses.exported", "licenses")
    headers = {"content-disposition": f'attachment; filename="licenses-{today}.xlsx"'}
    return Response(output.getvalue(), media_type=_XLSX, headers=headers)


def _add_header(sheet: Worksheet) -> None:
    sheet.append(list(_COLUMNS))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_COLUMNS.values(), 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width

"""Imports providers from a workbook or a CSV file, all of them or none."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from zipfile import BadZipFile

from fastapi import APIRouter, UploadFile
from openpyxl import load_workbook
from pydantic import ValidationError
from sqlalchemy import select

from core.auditing import Audit
from core.database import Database
from core.errors import Problem
from core.models import Provider
from core.npi import Npi
from core.schemas import Name, Schema
from core.security import CanWrite

router = APIRouter(tags=["imports"], dependencies=[CanWrite])


class ImportedProvider(Schema):
    npi: Npi
    first_name: Name
    last_name: Name
    specialty: Name


class ImportResult(Schema):
    imported: int
    known: int
    errors: list[str]


@router.post("/providers")
def import_providers(file: UploadFile, database: Database, audit: Audit) -> ImportResult:
    providers: dict[str, ImportedProvider] = {}
    errors: list[str] = []
    for number, row in enumerate(_rows(file), 2):
        try:
            provider = ImportedProvider.model_validate(row)
            providers[provider.npi] = provider
        except ValidationError as error:
            errors += [f"row {number}, {detail['loc'][0]}: {detail['msg']}" for detail in error.errors()]
    known = set(database.scalars(select(Provider.npi).where(Provider.npi.in_(providers))))
    if errors:
        return ImportResult(imported=0, known=len(known), errors=errors)
    new = [provider for npi, provider in providers.items() if npi not in known]
    database.add_all(Provider(**provider.model_dump()) for provider in new)
    database.commit()
    audit.record("providers.imported", f"file:{file.filename}")
    return ImportResult(imported=len(new), known=len(known), errors=[])


def _rows(file: UploadFile) -> Iterator[dict[str, str]]:
    content = file.file.read()
    try:
        if (file.filename or "").endswith(".xlsx"):
            sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
            table = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        else:
            table = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    except (BadZipFile, ValueError, KeyError, IndexError) as error:
        raise Problem("The file must be a workbook (.xlsx) or a CSV file in UTF-8") from error
    header = table[0] if table else []
    for row in table[1:]:
        yield dict(zip(header, row, strict=False))

"""Stands in for your code, which would use the table's name to query the table."""

import os

from fastapi import APIRouter

router = APIRouter()


@router.get("/{note_id}")
def read(note_id: str) -> dict[str, str]:
    return {"table": os.environ["NOTES_TABLE"], "note": note_id}

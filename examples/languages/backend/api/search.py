"""Stands in for your code, which would call a search service with the key."""

from fastapi import APIRouter
from lazy_api import get_secret_string

router = APIRouter()


@router.get("")
def search(text: str) -> dict[str, int | str]:
    return {"text": text, "key_length": len(get_secret_string("SEARCH_KEY"))}

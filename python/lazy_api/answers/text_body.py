"""Decides which bodies are text. Any other body is sent in base64, which is always correct."""

from __future__ import annotations

_SUBTYPES = frozenset(["json", "xml", "javascript", "x-www-form-urlencoded", "graphql", "x-ndjson", "yaml"])
_known: dict[str, bool] = {}
_MAX_KNOWN = 100


def is_text_type(content_type: str) -> bool:
    """Whether the value of a Content-Type header is that of text."""
    known = _known.get(content_type)
    if known is None:
        known = _is_text_type(content_type.lower())
        if len(_known) < _MAX_KNOWN:
            _known[content_type] = known
    return known


def _is_text_type(content_type: str) -> bool:
    kind, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            return False
    kind = kind.strip()
    return kind.startswith("text/") or kind.replace("+", "/").rpartition("/")[2] in _SUBTYPES


def decode_utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None

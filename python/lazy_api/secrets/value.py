"""A value as AWS returns it."""

from __future__ import annotations

import json
import re

from .errors import SecretError

# Errors that another attempt does not solve:
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors
_FINAL = re.compile(
    r"\b(AccessDenied\w*|\w*NotFound(?:Exception)?|InvalidKeyId|DecryptionFailure"
    r"|Invalid(?:Parameter|Request)\w*|ValidationException)\b"
)


class SecretValue:
    """Either text or binary. `binary` is in base64."""

    __slots__ = ("binary", "text")

    def __init__(self, text: str | None, binary: str | None) -> None:
        self.text = text
        self.binary = binary


class Wanted:
    """A value to read: the name that router code uses, and the ARN or name that AWS uses."""

    __slots__ = ("id", "kind", "name", "version_stage")

    def __init__(self, kind: str, name: str, id: str, version_stage: str | None) -> None:
        self.kind = kind
        self.name = name
        self.id = id
        self.version_stage = version_stage


def parse_value(content: str) -> SecretValue | None:
    """Reads the response of GetSecretValue or GetParameter. Any other response is an error."""
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    if not isinstance(answer, dict):
        return None
    parameter = answer.get("Parameter")
    text = answer.get("SecretString")
    if text is None and isinstance(parameter, dict):
        text = parameter.get("Value")
    binary = answer.get("SecretBinary")
    return None if text is None and binary is None else SecretValue(text, binary)


def final_refusal(body: str) -> str | None:
    """The error code of AWS if another attempt cannot help."""
    found = _FINAL.search(body)
    return found and found[1]


def refused(wanted: Wanted, code: str) -> SecretError:
    """The message contains only the error code of AWS, because the rest can name accounts and people."""
    return SecretError(
        "SECRET_REFUSED",
        f"{code}: AWS did not return {wanted.name}, which the construct declares in {wanted.kind}; "
        "does it exist, and may the function's role read it and decrypt with its key?",
    )


def unavailable(wanted: Wanted, why: str, cause: BaseException | None = None) -> SecretError:
    error = SecretError("SECRET_UNAVAILABLE", f"{wanted.name} is unavailable: {why}")
    error.__cause__ = cause
    return error

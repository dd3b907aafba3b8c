"""Secrets and parameters, by the names that the construct gives them.

The functions block. An `async` router can call them too, because an environment in Lambda serves one request at a time.
To read several values at once, use `asyncio.to_thread` or threads.
"""

from __future__ import annotations

import json
from binascii import a2b_base64

from .errors import SecretError
from .local import read_locally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from .value import SecretValue

__all__ = ["SecretError", "get_parameter", "get_secret", "get_secret_binary", "get_secret_string"]


def get_secret(name: str, *, version_stage: str | None = None, refresh: bool = False) -> Any:
    """The JSON of a secret of AWS Secrets Manager, parsed.

    `name` is the name in the prop `secrets` of the construct, and `version_stage` the staging label of the version,
    for example `AWSPREVIOUS`. `refresh` reads the value from AWS instead of the cache: use it after a rotation. Later
    calls in this environment do not return an older value.

    Raises `SecretError`, whose `code` is `SECRET_UNKNOWN`, `SECRET_UNAVAILABLE`, `SECRET_REFUSED`, `SECRET_FORMAT`, or
    `SECRET_LOCAL`.
    """
    text = get_secret_string(name, version_stage=version_stage, refresh=refresh)
    try:
        return json.loads(text)
    except ValueError:
        # The parser's error is left out, because it contains the value.
        message = f"secret {name} is not JSON: read it with get_secret_string"
    raise SecretError("SECRET_FORMAT", message)


def get_secret_string(name: str, *, version_stage: str | None = None, refresh: bool = False) -> str:
    """The text of a secret of AWS Secrets Manager, for secrets that are not JSON. Raises the errors of `get_secret`."""
    text = _read("secrets", name, version_stage, refresh).text
    if text is None:
        raise SecretError("SECRET_FORMAT", f"secret {name} is binary: read it with get_secret_binary")
    return text


def get_secret_binary(name: str, *, version_stage: str | None = None, refresh: bool = False) -> bytes:
    """A binary secret of AWS Secrets Manager. Raises the errors of `get_secret`."""
    binary = _read("secrets", name, version_stage, refresh).binary
    if binary is None:
        raise SecretError("SECRET_FORMAT", f"secret {name} is text: read it with get_secret_string")
    return a2b_base64(binary)


def get_parameter(name: str, *, refresh: bool = False) -> str:
    """A parameter of AWS Systems Manager Parameter Store, decrypted. Raises the errors of `get_secret`."""
    return _read("parameters", name, None, refresh).text or ""


def _read(
    kind: Literal["secrets", "parameters"], name: str, version_stage: str | None, refresh: bool
) -> SecretValue:
    value = read_locally(kind, name)
    if value is not None:
        return value
    from .remote import read_remotely

    return read_remotely(kind, name, version_stage, refresh)

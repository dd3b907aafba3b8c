"""Values from this machine, for routers that run outside of Lambda: in development, in unit tests, in verification."""

from __future__ import annotations

import json
import os
from binascii import b2a_base64

from ..log import log
from .errors import SecretError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .value import SecretValue

_VARIABLES = {"secrets": "LAZY_API_SECRET_", "parameters": "LAZY_API_PARAMETER_"}
_FILE_VARIABLE = "LAZY_API_SECRETS_FILE"
_said = False


def read_locally(kind: str, name: str) -> SecretValue | None:
    """None inside Lambda, where local values do not apply."""
    variable = _VARIABLES[kind] + name
    if "AWS_LAMBDA_RUNTIME_API" in os.environ:
        _refuse_local(variable)
        return None
    text = os.environ.get(variable)
    if text is None:
        text = _from_file(kind, name)
    if text is None:
        raise SecretError(
            "SECRET_LOCAL",
            f"outside of Lambda, the value of {name} comes from the environment variable {variable}, or from the JSON "
            f"file that {_FILE_VARIABLE} names; both are missing. "
            "For verification at synthesis: Verify.atSynth({ environment: { ... } })",
        )
    _say_once()
    from .value import SecretValue

    return SecretValue(text, b2a_base64(text.encode(), newline=False).decode())


def _refuse_local(variable: str) -> None:
    for candidate in (variable, _FILE_VARIABLE):
        if candidate in os.environ:
            raise SecretError(
                "SECRET_LOCAL",
                f"{candidate} is set in Lambda, where everyone who can read the function's configuration can read it: "
                "remove it",
            )


def _from_file(kind: str, name: str) -> str | None:
    """A value that is not text is the JSON of a secret."""
    path = os.environ.get(_FILE_VARIABLE)
    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            values = json.load(file)
    except (OSError, ValueError) as error:
        # The parser's error is left out, because it contains the file.
        reason = type(error).__name__ if isinstance(error, OSError) else "no JSON"
    else:
        named = values.get(kind) if isinstance(values, dict) else None
        value = named.get(name) if isinstance(named, dict) else None
        return value if value is None or isinstance(value, str) else json.dumps(value)
    raise SecretError("SECRET_LOCAL", f"{_FILE_VARIABLE} names a file that does not exist or is not JSON: {reason}")


def _say_once() -> None:
    global _said
    if not _said:
        log("INFO", "SECRETS_LOCAL", "secrets and parameters come from this machine, not from AWS")
    _said = True

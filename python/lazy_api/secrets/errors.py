"""The error for a value that cannot be read. Its messages never contain values."""

from __future__ import annotations

from ..failures.coded_error import CodedError


class SecretError(CodedError):
    """A secret or parameter cannot be read. `code` is an error code of the documentation."""

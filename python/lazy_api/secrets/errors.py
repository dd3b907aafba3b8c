"""Why a value cannot be read. Messages never contain values."""

from __future__ import annotations

from ..failures.coded_error import CodedError


class SecretError(CodedError):
    """`code` says what is wrong, as in the list of error codes."""

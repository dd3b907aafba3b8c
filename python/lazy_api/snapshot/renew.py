"""What environments that start from one snapshot must not share: secrets, connections, and random numbers."""

from __future__ import annotations

import sys

from . import after_restore, before_snapshot

# Each has a global generator, and `seed()` gives it a new state from the operating system.
_GENERATORS = ("random", "numpy.random")


def renew_after_restore() -> None:
    """Call it before routers are loaded, so that their hooks can read secrets and have new random numbers."""
    before_snapshot(_forget_secrets)
    after_restore(_seed)


def _forget_secrets() -> None:
    """Values can be older than a rotation when the snapshot is restored, and do not belong in it."""
    remote = sys.modules.get("lazy_api.secrets.remote")
    if remote is not None:
        remote.forget()


def _seed() -> None:
    for name in _GENERATORS:
        module = sys.modules.get(name)
        if module is not None:
            module.seed()

"""Suspends the garbage collector during imports.

Imports create more than 100,000 objects and almost no garbage, but the collector looks at these objects again and
again, which takes about 10 % of INIT of a FastAPI application. Afterwards, the objects are frozen, so that later
collections skip them: https://docs.python.org/3/library/gc.html#gc.freeze
"""

from __future__ import annotations

import gc

# More objects than a process can have.
_NEVER = 2_000_000_000


class Suspended:
    """A context without collections. If the code in it sets thresholds itself, these stay."""

    def __enter__(self) -> None:
        self._before = gc.get_threshold()
        gc.set_threshold(_NEVER, *self._before[1:])

    def __exit__(self, error: object, *_: object) -> None:
        if gc.get_threshold()[0] == _NEVER:
            gc.set_threshold(*self._before)
        # A failed load is repeated by each request, whose garbage would stay permanently.
        if error is None:
            gc.freeze()

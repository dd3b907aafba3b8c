"""What is declared of a lazy router: its target, and the calls of `include_router` that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Step(NamedTuple):
    """One call of `include_router`: the application or router that includes, the prefix, and the options."""

    owner: Any
    prefix: str
    options: Mapping[str, Any]
    prepare: Callable[[Any], object] | None = None


class Declaration(NamedTuple):
    """A router that is not imported yet. `steps` starts with the innermost owner."""

    target: str
    steps: tuple[Step, ...]
    lazy: bool

    @property
    def owner(self) -> Any:
        """The outermost owner."""
        return self.steps[-1].owner

    @property
    def prefix(self) -> str:
        """The prefix in the outermost owner. An APIRouter adds its own prefix to what it includes."""
        return "".join(getattr(owner, "prefix", "") + prefix for owner, prefix, *_ in reversed(self.steps))

    @property
    def is_prepared(self) -> bool:
        return any(step.prepare for step in self.steps)

    def prepare(self, value: object) -> None:
        """Calls what the user passes to change a router before it is included."""
        for step in self.steps:
            if step.prepare:
                step.prepare(value)

    @property
    def options(self) -> list[str]:
        return sorted({name for step in self.steps for name in step.options})

    def inside(self, step: Step, lazy: bool) -> Declaration:
        """The same router, when its outermost owner is included by another one."""
        return Declaration(self.target, (*self.steps, step), self.lazy and lazy)

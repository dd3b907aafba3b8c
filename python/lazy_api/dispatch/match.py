"""Finds a router by path. Only for requests whose path API Gateway has not matched itself.

It compares whole segments, and never a normalized path: `/users` serves neither `/users2` nor `//users` nor
`/x/../users`. The rules are those of lib/routing/match.ts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_HEX = frozenset("0123456789abcdefABCDEF")


def create_matcher(prefixes: Iterable[str]) -> Callable[[Sequence[str]], str | None]:
    """Finds the longest prefix; of the same length, the one with a literal where the other has a parameter."""
    patterns = [(prefix, pattern_of(prefix)) for prefix in prefixes]
    ranked = sorted(patterns, key=lambda one: -_rank(one[1]))

    def match(segments: Sequence[str]) -> str | None:
        return next((prefix for prefix, pattern in ranked if matches_at(segments, 0, pattern)), None)

    return match


def pattern_of(prefix: str) -> list[str]:
    """The segments of a valid prefix. `{name}` is a parameter, and no literal begins with `{`."""
    return [segment for segment in prefix.split("/") if segment]


def matches_at(path: Sequence[str], at: int, pattern: Sequence[str]) -> bool:
    """Whether a path matches a pattern from the segment at this index on. A parameter matches any segment but ""."""
    if pattern and (at < 0 or at + len(pattern) > len(path)):
        return False
    for index, segment in enumerate(pattern, at):
        value = path[index]
        if value != segment and not (value and segment.startswith("{")):
            return False
    return True


def split_path(path: str, encoded: bool) -> list[str] | None:
    """The decoded segments of a path. None if the path must be refused.

    A path is refused if it does not start with `/`, is not valid percent-encoding, or has a `.` or `..` segment, which
    something on the way can resolve to another route.
    """
    if not path.startswith("/"):
        return None
    segments = path[1:].split("/")
    try:
        decoded = [decode(segment) for segment in segments] if encoded else segments
    except ValueError:
        return None
    return None if "." in decoded or ".." in decoded else decoded


def decode(segment: str) -> str:
    """Decodes a segment. Raises ValueError if it is not valid percent-encoding of UTF-8."""
    if "%" not in segment:
        return segment
    for escape in segment.split("%")[1:]:
        if len(escape) < 2 or not _HEX.issuperset(escape[:2]):
            raise ValueError("not percent-encoding")
    # Most paths have no escapes, and the module takes longer to import than this package.
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(segment).decode("utf-8")


def _rank(pattern: Sequence[str]) -> int:
    """Each segment is a digit, 1 or 2, of this number in base 2, so a longer pattern always ranks higher."""
    rank = 0
    for segment in pattern:
        rank = 2 * rank + (1 if segment.startswith("{") else 2)
    return rank

"""The path of an event, and what it has in front of the API's own part: a stage, or a base path mapping."""

from __future__ import annotations

from ..events import is_http_api, mapping, text
from .match import decode, matches_at, pattern_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

GREEDY_PARAM = "proxy"


class EventPath:
    """`lead` is the number of segments before the API's own part, or -1 if the path does not contain the route."""

    __slots__ = ("encoded", "lead", "raw", "text")

    def __init__(self, event: object, route: str | None) -> None:
        http_api = is_http_api(event)
        context = mapping(event, "requestContext")
        self.text = text(event, "rawPath" if http_api else "path")
        # HTTP APIs pass on decoded paths in both payload formats. REST APIs and function URLs keep them as sent.
        self.encoded = ".lambda-url." in text(context, "domainName") if http_api else not text(event, "version")
        # The segments as they came.
        self.raw = self.text[1:].split("/")
        if route is None:
            stage = context.get("stage")
            self.lead = int(stage != "$default" and self.raw[0] == stage)
        else:
            self.lead = _count_lead(self, text(mapping(event, "pathParameters"), GREEDY_PARAM), pattern_of(route))


def _count_lead(path: EventPath, rest: str, pattern: list[str]) -> int:
    """The route says how the path goes on after the lead, and the greedy parameter how it ends.

    Base path mappings put any number of segments in front, and HTTP APIs a named stage, on custom domains too. Either
    can look like a segment of the route.
    """
    segments = _decode_all(path.raw, path.encoded)
    whole = [*pattern, *_decode_all(rest.split("/"), path.encoded)]
    # The greedy parameter leaves one trailing slash out. A `{` in it matches more than itself, at the only place
    # where it can stand.
    for ending in ([*whole, ""], whole, *([] if rest else [pattern])):
        at = len(segments) - len(ending)
        if matches_at(segments, at, ending):
            return at
    found = (at for at in range(len(segments) + 1) if matches_at([*segments, ""], at, pattern))
    return next(found, -1)


def _decode_all(segments: Sequence[str], encoded: bool) -> Sequence[str]:
    return [_decode_tolerantly(segment) for segment in segments] if encoded else segments


def _decode_tolerantly(segment: str) -> str:
    """A segment that is not valid percent-encoding stays as it came."""
    try:
        return decode(segment)
    except ValueError:
        return segment

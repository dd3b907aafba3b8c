"""The part of an event's path that a router sees, and the part in front of it."""

from __future__ import annotations

from urllib.parse import quote

from ..dispatch.event_path import GREEDY_PARAM, EventPath
from ..dispatch.match import pattern_of
from ..events import is_http_api, mapping, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..dispatch.lazy_router import LazyRouter

# RFC 3986 `pchar` and the slash stay as they are, so that a path arrives as most clients write it.
_DECODED_SAFE = "/!*'():@$&+,;="
# All visible ASCII characters except those that a URL parser reads as a separator or as another character.
_ENCODED_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "\\?#")


class Mount:
    """The two parts of a path, percent-encoded.

    `path` is the part below the mount, with a leading slash. `base` is the part in front of it, and can be empty.
    """

    __slots__ = ("base", "path")

    def __init__(self, base: str, path: str) -> None:
        self.base = base
        self.path = path

    def has_dot_segment(self) -> bool:
        """Clients and frameworks resolve dot segments, even encoded ones, to another path."""
        if "/." not in self.path and "%2" not in self.path:
            return False
        segments = self.path.lower().replace("%2e", ".").split("/")
        return "." in segments or ".." in segments


def mount(event: object, matched: str | None, router: LazyRouter) -> Mount:
    """The event's path shows where the API's part begins, and the prefix shows where the router's part begins."""
    path = EventPath(event, matched)
    if path.lead < 0:
        return _mount_by_parameters(event, router)
    start = path.lead + (len(pattern_of(router.prefix)) if router.strip_prefix else 0)
    # Never `//host`: a router that puts it in front of a `Location` would send the caller there.
    base = [segment for segment in path.raw[:start] if segment]
    mounted = Mount(_join(base, path.encoded), _join(path.raw[start:], path.encoded) or "/")
    if router.keeps_stage and not base:
        mounted.base = _stage_of(event)
    return mounted


def _mount_by_parameters(event: object, router: LazyRouter) -> Mount:
    """Handles a path that does not contain the matched route. API Gateway authorized the value of the parameter."""
    base = "" if router.prefix == "/" else _escape(router.prefix, _DECODED_SAFE)
    rest = "/" + _escape(text(mapping(event, "pathParameters"), GREEDY_PARAM), _DECODED_SAFE)
    return Mount(base, rest) if router.strip_prefix else Mount("", base + rest)


def _stage_of(event: object) -> str:
    """A REST API leaves the stage out of the path, although its default endpoint has it in the URL."""
    context = mapping(event, "requestContext")
    stage = "/" + text(context, "stage")
    sent = text(context, "path")
    is_there = not is_http_api(event) and sent == stage + text(event, "path") != text(event, "path")
    return _escape(stage, _DECODED_SAFE) if is_there and stage != "/$default" else ""


def _join(segments: list[str], encoded: bool) -> str:
    return _escape("/" + "/".join(segments), _ENCODED_SAFE if encoded else _DECODED_SAFE) if segments else ""


def _escape(path: str, safe: str) -> str:
    return quote(path, safe=safe)

"""The keys that requests to AWS are signed with. They are read for each request, because they expire."""

from __future__ import annotations

import json
import os
from http.client import HTTPException
from urllib.parse import urlsplit

from .http import host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
_MEMBERS = {
    "AWS_ACCESS_KEY_ID": "AccessKeyId",
    "AWS_SECRET_ACCESS_KEY": "SecretAccessKey",
    "AWS_SESSION_TOKEN": "Token",
}


def read_keys(timeout: float) -> Mapping[str, str]:
    """By the names of their variables. Functions with SnapStart have none of them, and ask a server in Lambda.

    Raises OSError or HTTPException. See
    https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials
    """
    url = os.environ.get(_CONTAINER)
    return os.environ if url is None or "AWS_ACCESS_KEY_ID" in os.environ else _ask(url, timeout)


def _ask(url: str, timeout: float) -> dict[str, str]:
    parts = urlsplit(url)
    server = host(f"{parts.scheme}://{parts.netloc}", 1)
    headers = {"Authorization": os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")}
    status, body = server.send("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers, timeout)
    try:
        if status == 200:
            answer = json.loads(body)
            return {name: str(answer[member]) for name, member in _MEMBERS.items()}
    except (ValueError, KeyError, TypeError):
        # Without the error: it can have the keys.
        pass
    raise HTTPException(f"the server of the function's credentials responded with {status}")

"""AWS Signature Version 4, for POST requests without a query string.

See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hashlib
import hmac
import os
from time import gmtime, strftime
from urllib.parse import urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Credentials:
    """Those of the environment, for one service in one region. They are read each time, because they expire."""

    __slots__ = ("access_key_id", "region", "secret_access_key", "service", "session_token")

    def __init__(self, service: str, region: str) -> None:
        self.service = service
        self.region = region
        self.access_key_id = os.environ.get("AWS_ACCESS_KEY_ID", "")
        self.secret_access_key = os.environ.get("AWS_SECRET_ACCESS_KEY", "")
        self.session_token = os.environ.get("AWS_SESSION_TOKEN")


def sign(
    url: str, headers: Mapping[str, str], body: str, credentials: Credentials, now: float | None = None
) -> dict[str, str]:
    """The headers of the signed request."""
    parts = urlsplit(url)
    time = strftime("%Y%m%dT%H%M%SZ", gmtime(now))
    all_headers = {**headers, "host": parts.netloc, "x-amz-date": time}
    if credentials.session_token is not None:
        all_headers["x-amz-security-token"] = credentials.session_token
    names = sorted(all_headers)
    signed = ";".join(names)
    lines = [f"{name}:{all_headers[name].strip()}" for name in names]
    canonical = "\n".join(["POST", parts.path or "/", "", *lines, "", signed, _hash(body)])
    scope = f"{time[:8]}/{credentials.region}/{credentials.service}/aws4_request"
    signature = _signature(credentials, scope, "\n".join(["AWS4-HMAC-SHA256", time, scope, _hash(canonical)]))
    credential = f"Credential={credentials.access_key_id}/{scope}"
    return {
        **all_headers,
        "authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={signed}, Signature={signature}",
    }


def _signature(credentials: Credentials, scope: str, text: str) -> str:
    key = f"AWS4{credentials.secret_access_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

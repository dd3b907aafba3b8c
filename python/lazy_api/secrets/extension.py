"""AWS's Parameters and Secrets Lambda extension: an HTTP server within the function's environment.

See https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
"""

from __future__ import annotations

import os
from http.client import HTTPException
from urllib.parse import quote

from .http import host
from .retry import Again, Final, retry
from .value import SecretValue, Wanted, final_refusal, parse_value, refused, unavailable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The client waits a little longer than the extension waits for AWS, so that it receives the extension's response.
_GRACE = 0.5
_NOT_READY = "not ready to serve traffic"
_NOT_READY_ADVICE = (
    "the extension is not ready yet; ask for it in a request, on first use, and not while the router is loaded"
)


def fetch_from_extension(wanted: Wanted, config: dict[str, Any]) -> SecretValue:
    port = config["port"]
    server = host(f"http://localhost:{port}", config["connections"])

    def attempt(left: float) -> SecretValue:
        # The token is read each time, because it expires.
        headers = {"X-Aws-Parameters-Secrets-Token": os.environ.get("AWS_SESSION_TOKEN", "")}
        try:
            status, body = server.send("GET", _path_of(wanted), headers, left)
        except TimeoutError as cause:
            raise Final(unavailable(wanted, "the extension did not respond in time"), late=True) from cause
        except (OSError, HTTPException) as cause:
            # The extension may not be ready while the environment starts.
            why = f"no extension responds at port {port}; does the function have its layer?"
            raise Again(unavailable(wanted, why, cause), 0.05, counts=False) from cause
        return _value_of(wanted, status, body)

    return retry(attempt, config["timeout"] / 1000 + _GRACE)


def _path_of(wanted: Wanted) -> str:
    escaped = quote(wanted.id, safe="")
    if wanted.kind == "parameters":
        return f"/systemsmanager/parameters/get?name={escaped}&withDecryption=true"
    stage = "" if wanted.version_stage is None else f"&versionStage={quote(wanted.version_stage, safe='')}"
    return f"/secretsmanager/get?secretId={escaped}{stage}"


def _value_of(wanted: Wanted, status: int, body: str) -> SecretValue:
    if status == 200:
        value = parse_value(body)
        if value is None:
            raise Final(unavailable(wanted, "the response of the extension has no value"))
        return value
    if _NOT_READY in body.lower():
        raise Again(unavailable(wanted, _NOT_READY_ADVICE), 0.02, counts=False)
    refusal = final_refusal(body)
    if refusal is not None:
        raise Final(refused(wanted, refusal))
    raise Again(unavailable(wanted, f"the extension responded with {status}"), 0.05, counts=True)

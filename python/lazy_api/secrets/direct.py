"""Asks AWS itself: AWS Secrets Manager and AWS Systems Manager, with requests that are signed.

The AWS SDK could do it, but its import takes much longer than a request.
"""

from __future__ import annotations

import json
import os
import re
from http.client import HTTPException
from time import monotonic
from urllib.parse import urlsplit

from .http import host
from .keys import read_keys
from .retry import Again, Final, retry
from .sigv4 import Credentials, sign
from .value import SecretValue, Wanted, final_refusal, parse_value, refused, unavailable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The error code of AWS in the body of an error, without its namespace.
_ERROR_CODE = re.compile(r'"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"')
# The host, the operation, and the variable with another endpoint.
_SERVICES = {
    "secrets": ("secretsmanager", "secretsmanager.GetSecretValue", "AWS_ENDPOINT_URL_SECRETS_MANAGER"),
    "parameters": ("ssm", "AmazonSSM.GetParameter", "AWS_ENDPOINT_URL_SSM"),
}


def fetch_from_aws(wanted: Wanted, config: dict[str, Any]) -> SecretValue:
    service, target, variable = _SERVICES[wanted.kind]
    # A secret can be in another region than the function.
    region = wanted.id.split(":")[3] if wanted.id.startswith("arn:") else os.environ.get("AWS_REGION", "")
    endpoint = os.environ.get(variable) or os.environ.get("AWS_ENDPOINT_URL") or _endpoint(service, region)
    server = host(endpoint, config["connections"])
    body = _body_of(wanted)
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}

    def attempt(left: float) -> SecretValue:
        end = monotonic() + left
        try:
            signed = sign(endpoint, headers, body, Credentials(service, region, read_keys(left)))
            left = max(0.001, end - monotonic())
            status, answer = server.send("POST", urlsplit(endpoint).path or "/", signed, left, body)
        except TimeoutError as cause:
            raise Final(unavailable(wanted, "AWS did not respond in time"), late=True) from cause
        except (OSError, HTTPException) as cause:
            raise Again(unavailable(wanted, "AWS cannot be reached", cause), 0.1, counts=True) from cause
        return _value_of(wanted, status, answer)

    return retry(attempt, config["timeout"] / 1000)


def _endpoint(service: str, region: str) -> str:
    return f"https://{service}.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}/"


def _body_of(wanted: Wanted) -> str:
    if wanted.kind == "parameters":
        return json.dumps({"Name": wanted.id, "WithDecryption": True})
    stage = {} if wanted.version_stage is None else {"VersionStage": wanted.version_stage}
    return json.dumps({"SecretId": wanted.id, **stage})


def _value_of(wanted: Wanted, status: int, body: str) -> SecretValue:
    if status == 200:
        value = parse_value(body)
        if value is None:
            raise Final(unavailable(wanted, "the response of AWS has no value"))
        return value
    refusal = final_refusal(body)
    if refusal is not None:
        raise Final(refused(wanted, refusal))
    code = _ERROR_CODE.search(body)
    raise Again(unavailable(wanted, f"AWS responded with {status} {code[1] if code else ''}".strip()), 0.1, counts=True)

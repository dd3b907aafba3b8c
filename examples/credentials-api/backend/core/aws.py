"""The clients of AWS, each of which is created when it is first used."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


@cache
def aws_client(service: str) -> Any:  # noqa: ANN401
    return boto3.client(service, config=Config(retries={"mode": "standard"}, connect_timeout=3, read_timeout=10))

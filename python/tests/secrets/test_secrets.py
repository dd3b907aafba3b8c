"""Secrets and parameters: what the conformance vectors do not show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lazy_api.secrets import SecretError, get_parameter, get_secret, get_secret_binary
from lazy_api.secrets.sigv4 import Credentials, sign


def test_the_signature_is_that_of_the_test_suite_of_aws() -> None:
    # The case post-vanilla of AWS's Signature Version 4 test suite.
    keys = {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    }
    headers = sign("https://example.amazonaws.com/", {}, "", Credentials("service", "us-east-1", keys), 1440938160)
    assert headers["authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    )


def test_outside_of_lambda_values_come_from_variables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("AWS_LAMBDA_RUNTIME_API", raising=False)
    monkeypatch.setenv("LAZY_API_SECRET_DB", '{"user":"ada"}')
    monkeypatch.setenv("LAZY_API_PARAMETER_FLAGS", "on")
    assert get_secret("DB") == {"user": "ada"}
    assert get_secret_binary("DB") == b'{"user":"ada"}'
    assert get_parameter("FLAGS") == "on"
    assert "ada" not in capsys.readouterr().out


def test_outside_of_lambda_values_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "values.json"
    file.write_text(json.dumps({"secrets": {"DB": {"user": "ada"}}, "parameters": {"FLAGS": "on"}}))
    monkeypatch.setenv("LAZY_API_SECRETS_FILE", str(file))
    assert get_secret("DB") == {"user": "ada"}
    assert get_parameter("FLAGS") == "on"
    file.write_text("hunter2")
    with pytest.raises(SecretError, match="no JSON") as error:
        get_secret("DB")
    assert (error.value.code, "hunter2" in str(error.value)) == ("SECRET_LOCAL", False)


def test_a_missing_local_value_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAZY_API_SECRETS_FILE", raising=False)
    with pytest.raises(SecretError, match="LAZY_API_SECRET_OTHER"):
        get_secret("OTHER")

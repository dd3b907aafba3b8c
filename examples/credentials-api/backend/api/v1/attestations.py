"""Attestations: the provider signs that the application is true, with ECDSA over P-256 and SHA-256."""

import base64
from datetime import datetime
from typing import Annotated

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from fastapi import APIRouter
from pydantic import Base64Bytes, Field

from core.auditing import Audit
from core.database import Database, find, store
from core.errors import Problem
from core.models import Application, Attestation
from core.schemas import Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["attestations"], dependencies=[CanRead])


class NewAttestation(Schema):
    application_id: int
    statement: Annotated[str, Field(min_length=20, max_length=4000)]
    public_key: Base64Bytes
    signature: Base64Bytes


class AttestationOut(Schema):
    id: int
    application_id: int
    statement: str
    signed_at: datetime


@router.post("", status_code=201, response_model=AttestationOut, dependencies=[CanWrite])
def create_attestation(new: NewAttestation, database: Database, audit: Audit) -> Attestation:
    find(database, Application, new.application_id)
    if not _is_signed(new.statement, new.public_key, new.signature):
        raise Problem("The signature does not match the statement")
    attestation = Attestation(
        application_id=new.application_id,
        statement=new.statement,
        public_key=base64.b64encode(new.public_key).decode(),
        signature=base64.b64encode(new.signature).decode(),
    )
    audit.record("application.attested", f"application:{new.application_id}")
    return store(database, attestation)


@router.get("/{attestation_id}", response_model=AttestationOut)
def read_attestation(attestation_id: int, database: Database) -> Attestation:
    return find(database, Attestation, attestation_id)


@router.get("/{attestation_id}/verification")
def verify_attestation(attestation_id: int, database: Database) -> dict[str, bool]:
    """Verifies the stored signature again."""
    found = find(database, Attestation, attestation_id)
    key, signature = base64.b64decode(found.public_key), base64.b64decode(found.signature)
    return {"valid": _is_signed(found.statement, key, signature)}


def _is_signed(statement: str, public_key: bytes, signature: bytes) -> bool:
    try:
        key = load_der_public_key(public_key)
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            return False
        key.verify(signature, statement.encode(), ECDSA(SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True

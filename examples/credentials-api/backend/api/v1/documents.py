"""The documents of a provider: license copies, diplomas, CVs. They are in S3."""

import hashlib
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from core.auditing import Audit
from core.aws import aws_client
from core.database import Database, find, store
from core.errors import NotFound, Problem
from core.models import Document, Provider
from core.schemas import Schema
from core.security import CanRead, CanWrite
from core.settings import settings

router = APIRouter(tags=["documents"], dependencies=[CanRead])

_MEDIA_TYPES = {"application/pdf", "image/jpeg", "image/png", "text/plain"}
_MAX_BYTES = 4 * 1024 * 1024

# The documents by hash, if there is no bucket.
_in_memory: dict[str, bytes] = {}


class DocumentOut(Schema):
    id: int
    provider_id: int
    name: str
    media_type: str
    size: int
    sha256: str


@router.get("", response_model=list[DocumentOut])
def list_documents(database: Database, provider_id: int) -> Sequence[Document]:
    return database.scalars(select(Document).where(Document.provider_id == provider_id)).all()


@router.post("", status_code=201, response_model=DocumentOut, dependencies=[CanWrite])
def upload_document(
    provider_id: Annotated[int, Form()], file: UploadFile, database: Database, audit: Audit
) -> Document:
    find(database, Provider, provider_id)
    media_type = (file.content_type or "").partition(";")[0]
    content = file.file.read(_MAX_BYTES + 1)
    if media_type not in _MEDIA_TYPES or len(content) > _MAX_BYTES:
        raise Problem("A document must be a PDF, an image, or text of at most 4 MB")
    digest = hashlib.sha256(content).hexdigest()
    _put(digest, content, media_type)
    audit.record("document.uploaded", f"provider:{provider_id}")
    name = file.filename or "document"
    return store(
        database,
        Document(provider_id=provider_id, name=name, media_type=media_type, size=len(content), sha256=digest),
    )


@router.get("/{document_id}/content")
def download_document(document_id: int, database: Database) -> Response:
    document = find(database, Document, document_id)
    if settings.documents_bucket:
        parameters = {"Bucket": settings.documents_bucket, "Key": document.sha256}
        return RedirectResponse(aws_client("s3").generate_presigned_url("get_object", parameters, ExpiresIn=300))
    if document.sha256 not in _in_memory:
        raise NotFound("content of document", document_id)
    return Response(_in_memory[document.sha256], media_type=document.media_type)


def _put(digest: str, content: bytes, media_type: str) -> None:
    if settings.documents_bucket:
        aws_client("s3").put_object(Bucket=settings.documents_bucket, Key=digest, Body=content, ContentType=media_type)
    else:
        _in_memory[digest] = content

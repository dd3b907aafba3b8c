"""Webhooks: tell other systems what happens, with a signature in each request."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import httpx
from fastapi import APIRouter
from pydantic import Field, HttpUrl
from sqlalchemy import select

from core.database import Database, find, store
from core.models import Webhook
from core.schemas import Schema
from core.security import CanAdminister

router = APIRouter(tags=["webhooks"], dependencies=[CanAdminister])

Event = Literal["application.approved", "application.denied", "license.expired"]


class NewWebhook(Schema):
    url: HttpUrl
    events: Annotated[list[Event], Field(min_length=1)]


class WebhookOut(Schema):
    id: int
    url: str
    events: list[str]


class CreatedWebhook(WebhookOut):
    secret: str


class Delivery(Schema):
    delivered: bool
    status: int | None = None
    signature: str


@router.get("", response_model=list[WebhookOut])
def list_webhooks(database: Database) -> Sequence[Webhook]:
    return database.scalars(select(Webhook).order_by(Webhook.id)).all()


@router.post("", status_code=201, response_model=CreatedWebhook)
def create_webhook(new: NewWebhook, database: Database) -> Webhook:
    """Only this response has the secret of the webhook."""
    return store(database, Webhook(url=str(new.url), events=new.events, secret=secrets.token_urlsafe(32)))


@router.post("/{webhook_id}/test")
async def send_test(webhook_id: int, database: Database) -> Delivery:
    webhook = find(database, Webhook, webhook_id)
    body = json.dumps({"event": "test", "at": datetime.now(UTC).isoformat()}).encode()
    signature = "sha256=" + hmac.new(webhook.secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-signature": signature}
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            response = await client.post(webhook.url, content=body, headers=headers)
    except httpx.HTTPError:
        return Delivery(delivered=False, signature=signature)
    return Delivery(delivered=response.is_success, status=response.status_code, signature=signature)


@router.delete("/{webhook_id}", status_code=204)
def delete_webhook(webhook_id: int, database: Database) -> None:
    database.delete(find(database, Webhook, webhook_id))
    database.commit()

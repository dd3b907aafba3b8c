"""Messages to providers. SES sends them after the response."""

from collections.abc import Sequence
from typing import Annotated

from botocore.exceptions import BotoCoreError, ClientError
from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import EmailStr, Field
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.aws import aws_client
from core.database import Database, find, store
from core.models import Message, Provider
from core.schemas import Name, Schema
from core.security import CanRead, CanWrite
from core.settings import settings

router = APIRouter(tags=["messages"], dependencies=[CanRead])


class NewMessage(Schema):
    provider_id: int
    recipient: EmailStr
    subject: Name
    body: Annotated[str, Field(min_length=1, max_length=10_000)]


class MessageOut(Schema):
    id: int
    recipient: str
    subject: str
    status: str


@router.get("", response_model=list[MessageOut])
def list_messages(database: Database, provider_id: int) -> Sequence[Message]:
    return database.scalars(select(Message).where(Message.provider_id == provider_id)).all()


@router.post("", status_code=202, response_model=MessageOut, dependencies=[CanWrite])
def send_message(new: NewMessage, database: Database, background: BackgroundTasks, request: Request) -> Message:
    find(database, Provider, new.provider_id)
    message = store(database, Message(**new.model_dump(), status="queued"))
    background.add_task(_send, request.app.state.sessions, message.id)
    return message


@router.get("/{message_id}", response_model=MessageOut)
def read_message(message_id: int, database: Database) -> Message:
    return find(database, Message, message_id)


def _send(sessions: sessionmaker[Session], message_id: int) -> None:
    with sessions.begin() as session:
        message = find(session, Message, message_id)
        message.status = _deliver(message)


def _deliver(message: Message) -> str:
    if settings.mail_sender is None:
        return "stored"
    content = {"Subject": {"Data": message.subject}, "Body": {"Text": {"Data": message.body}}}
    try:
        aws_client("sesv2").send_email(
            FromEmailAddress=settings.mail_sender,
            Destination={"ToAddresses": [message.recipient]},
            Content={"Simple": content},
        )
    except (BotoCoreError, ClientError):
        return "failed"
    return "sent"

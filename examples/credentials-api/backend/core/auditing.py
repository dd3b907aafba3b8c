"""Writes the audit trail in a background task. A server sends the response first. In Lambda, the client waits."""

from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.orm import Session, sessionmaker

from core.models import AuditEvent
from core.security import CurrentCaller


class Auditor:
    def __init__(self, request: Request, background: BackgroundTasks, caller: CurrentCaller) -> None:
        self._sessions: sessionmaker[Session] = request.app.state.sessions
        self._request_id: str = request.state.request_id
        self._background = background
        self._caller = caller

    def record(self, action: str, subject: str) -> None:
        """Records what the caller did, for example `record("application.submitted", "application:7")`."""
        event = AuditEvent(actor=self._caller.email, action=action, subject=subject, request_id=self._request_id)
        self._background.add_task(_write, self._sessions, event)


def _write(sessions: sessionmaker[Session], event: AuditEvent) -> None:
    with sessions.begin() as session:
        session.add(event)


Audit = Annotated[Auditor, Depends()]

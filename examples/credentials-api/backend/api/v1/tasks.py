"""The work list of the coordinators. New tasks are announced in an SQS queue."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule
from fastapi import APIRouter, BackgroundTasks
from pydantic import Field
from sqlalchemy import select

from core.aws import aws_client
from core.clock import Today
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Task
from core.schemas import Name, Schema
from core.security import CanRead, CanWrite, CurrentCaller
from core.settings import settings

router = APIRouter(tags=["tasks"], dependencies=[CanRead])


class NewTask(Schema):
    title: Name
    business_days: Annotated[int, Field(ge=1, le=60)] = 5


class TaskOut(Schema):
    id: int
    title: str
    due_on: date
    assignee: str | None
    done: bool


@router.get("", response_model=list[TaskOut])
def list_tasks(database: Database, overdue: bool = False, *, today: Today) -> Sequence[Task]:
    query = select(Task).where(Task.done.is_(False)).order_by(Task.due_on)
    if overdue:
        query = query.where(Task.due_on < today)
    return database.scalars(query).all()


@router.post("", status_code=201, response_model=TaskOut, dependencies=[CanWrite])
def create_task(new: NewTask, database: Database, today: Today, background: BackgroundTasks) -> Task:
    task = store(database, Task(title=new.title, due_on=_due(today, new.business_days)))
    if settings.task_queue_url:
        background.add_task(_announce, settings.task_queue_url, {"task": task.id, "title": task.title})
    return task


@router.post("/{task_id}/claim", response_model=TaskOut, dependencies=[CanWrite])
def claim(task_id: int, database: Database, caller: CurrentCaller) -> Task:
    task = find(database, Task, task_id)
    if task.assignee not in (None, caller.email):
        raise Conflict(f"The task belongs to {task.assignee}")
    task.assignee = caller.email
    return store(database, task)


@router.post("/{task_id}/completion", response_model=TaskOut, dependencies=[CanWrite])
def complete(task_id: int, database: Database) -> Task:
    task = find(database, Task, task_id)
    task.done = True
    return store(database, task)


def _due(today: date, business_days: int) -> date:
    """The last of a number of business days after today."""
    days = rrule(DAILY, dtstart=today, count=business_days + 1, byweekday=(MO, TU, WE, TH, FR))
    later = [day.date() for day in days if day.date() > today]
    return later[business_days - 1]


def _announce(queue_url: str, body: dict[str, object]) -> None:
    aws_client("sqs").send_message(QueueUrl=queue_url, MessageBody=json.dumps(body))

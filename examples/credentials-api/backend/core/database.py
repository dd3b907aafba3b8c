"""The engine, which lives as long as the application, and the session of a request."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, FastAPI, Request
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from core.errors import NotFound
from core.settings import settings

if TYPE_CHECKING:
    from sqlite3 import Connection


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Connects the application to the database, or to a new SQLite database with sample data."""
    if settings.database_url:
        engine = create_engine(settings.database_url, pool_pre_ping=True, pool_size=5)
        app.state.sessions = sessionmaker(engine, expire_on_commit=False)
        yield
        engine.dispose()
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        engine = _sample_database(os.path.join(directory, "credentials.db"))
        app.state.sessions = sessionmaker(engine, expire_on_commit=False)
        yield
        engine.dispose()


def _sample_database(path: str) -> Engine:
    from core.sample_data import add_sample_data

    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _configure_sqlite)
    add_sample_data(engine)
    return engine


def _configure_sqlite(connection: "Connection", _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")


def get_session(request: Request) -> Iterator[Session]:
    with request.app.state.sessions() as session:
        yield session


Database = Annotated[Session, Depends(get_session)]

Row = TypeVar("Row")


def find(session: Session, model: type[Row], key: int) -> Row:
    """The row with a primary key. Raises `NotFound`."""
    row = session.get(model, key) if 0 < key < 2**31 else None
    if row is None:
        raise NotFound(model.__name__.lower(), key)
    return row


def store(session: Session, row: Row) -> Row:
    """Adds a row and commits."""
    session.add(row)
    session.commit()
    return row

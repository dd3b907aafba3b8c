"""The settings, which come from environment variables. The defaults run without any service."""

import secrets

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str | None = None
    """SQLAlchemy's URL of the database. Without it, the application has its own SQLite database with sample data."""

    jwt_secret: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_hex(32)))
    """The key of the tokens. Without it, each process has its own key, and accepts only its own tokens."""

    token_minutes: int = 60
    documents_bucket: str | None = None
    """The S3 bucket of the documents. Without it, documents are kept in memory."""

    mail_sender: str | None = None
    """The sender of messages, which SES has verified. Without it, messages are stored only."""

    task_queue_url: str | None = None
    """The SQS queue that is told about new tasks."""

    npi_registry_url: str | None = None
    """The NPI registry, for example https://npiregistry.cms.hhs.gov/api/. Without it, sample data is used."""

    lazy_routers: bool = True
    """Whether a router is imported by its first request."""


settings = Settings()

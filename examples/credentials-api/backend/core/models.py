"""The tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Numeric, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


def _now() -> datetime:
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC. SQLite stores no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime, list[str]: JSON}  # noqa: RUF012


class Row(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


class OfProvider(Row):
    __abstract__ = True

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id", ondelete="CASCADE"), index=True)


class Provider(Row):
    __tablename__ = "providers"

    npi: Mapped[str] = mapped_column(String(10), unique=True)
    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(index=True)
    specialty: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    licenses: Mapped[list["License"]] = relationship(back_populates="provider", order_by="License.expires_on")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class License(OfProvider):
    __tablename__ = "licenses"
    __table_args__ = (UniqueConstraint("state", "number"),)

    state: Mapped[str] = mapped_column(String(2))
    number: Mapped[str]
    expires_on: Mapped[date]
    provider: Mapped[Provider] = relationship(back_populates="licenses")


class Certification(OfProvider):
    __tablename__ = "certifications"

    board: Mapped[str]
    specialty: Mapped[str]
    issued_on: Mapped[date]
    valid_years: Mapped[int]


class Education(OfProvider):
    __tablename__ = "education"

    institution: Mapped[str]
    degree: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Policy(OfProvider):
    __tablename__ = "policies"

    carrier: Mapped[str]
    per_claim: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    aggregate: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Contact(OfProvider):
    __tablename__ = "contacts"

    email: Mapped[str]
    phone: Mapped[str]


class Facility(Row):
    __tablename__ = "facilities"

    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(2), index=True)
    beds: Mapped[int]


class Affiliation(OfProvider):
    __tablename__ = "affiliations"
    __table_args__ = (UniqueConstraint("provider_id", "facility_id"),)

    facility_id: Mapped[int] = mapped_column(ForeignKey("facilities.id"))
    category: Mapped[str]
    facility: Mapped[Facility] = relationship(lazy="joined")


class Privilege(Row):
    __tablename__ = "privileges"

    affiliation_id: Mapped[int] = mapped_column(ForeignKey("affiliations.id", ondelete="CASCADE"))
    procedure: Mapped[str]
    expires_on: Mapped[date]


class Application(OfProvider):
    __tablename__ = "applications"

    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft", index=True)
    changed_at: Mapped[datetime] = mapped_column(default=_now, onupdate=_now)
    provider: Mapped[Provider] = relationship(lazy="joined")


class Attestation(Row):
    __tablename__ = "attestations"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    statement: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str]
    signature: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=_now)


class Payer(Row):
    __tablename__ = "payers"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    days_to_enroll: Mapped[int] = mapped_column(default=90)


class Enrollment(OfProvider):
    __tablename__ = "enrollments"
    __table_args__ = (UniqueConstraint("provider_id", "payer_id"),)

    payer_id: Mapped[int] = mapped_column(ForeignKey("payers.id"))
    submitted_on: Mapped[date]
    effective_on: Mapped[date | None]
    payer: Mapped[Payer] = relationship(lazy="joined")


class Document(OfProvider):
    __tablename__ = "documents"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)


class Reference(OfProvider):
    __tablename__ = "peer_references"

    peer_email: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    rating: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(Text)


class Meeting(Row):
    __tablename__ = "meetings"

    starts_at: Mapped[datetime]
    title: Mapped[str]
    votes: Mapped[list["Vote"]] = relationship(cascade="all, delete-orphan")


class Vote(Row):
    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("meeting_id", "application_id", "member"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    member: Mapped[str]
    approve: Mapped[bool]


class Sanction(Row):
    __tablename__ = "sanctions"

    name: Mapped[str] = mapped_column(index=True)
    authority: Mapped[str]
    listed_on: Mapped[date]


class Task(Row):
    __tablename__ = "tasks"

    title: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    assignee: Mapped[str | None]
    done: Mapped[bool] = mapped_column(default=False)


class Message(OfProvider):
    __tablename__ = "messages"

    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(default="queued")


class Webhook(Row):
    __tablename__ = "webhooks"

    url: Mapped[str]
    secret: Mapped[str]
    events: Mapped[list[str]]


class Role(Row):
    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(unique=True)
    permissions: Mapped[list[str]]


class User(Row):
    __tablename__ = "users"

    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id"))
    role: Mapped[Role] = relationship(lazy="joined")


class AuditEvent(Row):
    __tablename__ = "audit_events"

    actor: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    request_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=_now)

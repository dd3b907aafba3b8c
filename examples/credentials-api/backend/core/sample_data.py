"""The sample data. All people and organizations in it are fictional. The rows are numbered in the order of the code."""

from datetime import UTC, date, datetime
from decimal import Decimal
from secrets import token_urlsafe

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core import models as m
from core.models import Base

# The hash of "demo". Only the sample database has it.
_DEMO_PASSWORD = "3d01295fb6ce0305940a2cc2e42e2ddb$a6483838064655324222fe002491a5b8fa4103a23dc213195674d6f3e89f7e49"


def add_sample_data(engine: Engine) -> None:
    """Creates the tables and fills them."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection, checkfirst=False)
        with Session(connection) as session:
            for rows in (_people(), _organizations(), _records(), _correspondence()):
                session.add_all(rows)
                session.flush()


def _people() -> list[Base]:
    roles = [
        m.Role(name="administrator", permissions=["read", "write", "administer"]),
        m.Role(name="coordinator", permissions=["read", "write"]),
        m.Role(name="auditor", permissions=["read"]),
    ]
    users = [
        m.User(email="admin@credentials.example", password=_DEMO_PASSWORD, role=roles[0]),
        m.User(email="coordinator@credentials.example", password=_DEMO_PASSWORD, role=roles[1]),
        m.User(email="auditor@credentials.example", password=_DEMO_PASSWORD, role=roles[2]),
    ]
    providers = [
        m.Provider(npi="1234567893", first_name="Ingrid", last_name="Solberg", specialty="Cardiology"),
        m.Provider(npi="1003000126", first_name="Tomás", last_name="Quiroga", specialty="Pediatrics"),
    ]
    return [*roles, *users, *providers]


def _organizations() -> list[Base]:
    return [
        m.Facility(name="Larkspur General Hospital", state="OR", beds=310),
        m.Facility(name="Tamarack Surgery Center", state="WA", beds=24),
        m.Payer(code="NWH", name="Northwest Health Plan", days_to_enroll=60),
        m.Payer(code="CMC", name="Cascade Mutual Care", days_to_enroll=90),
        m.Sanction(name="Jonathan R. Ashdown", authority="OIG", listed_on=date(2019, 4, 18)),
        m.Sanction(name="Mirela Vasquez-Holt", authority="SAM", listed_on=date(2022, 9, 1)),
        m.Meeting(title="Credentials committee", starts_at=datetime(2031, 3, 4, 17, tzinfo=UTC)),
    ]


def _records() -> list[Base]:
    return [
        m.License(provider_id=1, state="OR", number="MD-20417", expires_on=date(2032, 6, 30)),
        m.License(provider_id=1, state="WA", number="MD-88213", expires_on=date(2024, 1, 31)),
        m.License(provider_id=2, state="OR", number="MD-31990", expires_on=date(2033, 2, 28)),
        m.Certification(
            provider_id=1, board="ABIM", specialty="Cardiology", issued_on=date(2024, 2, 29), valid_years=10
        ),
        m.Education(
            provider_id=1,
            institution="Larkspur School of Medicine",
            degree="MD",
            starts_on=date(2004, 9, 1),
            ends_on=date(2008, 6, 1),
        ),
        m.Policy(
            provider_id=1,
            carrier="Harborline Mutual",
            per_claim=Decimal(1_000_000),
            aggregate=Decimal(3_000_000),
            starts_on=date(2025, 1, 1),
            ends_on=date(2032, 1, 1),
        ),
        m.Affiliation(provider_id=1, facility_id=1, category="active"),
        m.Application(provider_id=1, kind="initial", status="submitted"),
    ]


def _correspondence() -> list[Base]:
    return [
        m.Contact(provider_id=1, email="solberg@larkspur.example", phone="+15032261234"),
        m.Document(provider_id=1, name="diploma.pdf", media_type="application/pdf", size=48_213, sha256="0" * 64),
        m.Enrollment(provider_id=1, payer_id=1, submitted_on=date(2025, 3, 1), effective_on=date(2025, 4, 15)),
        m.Message(
            provider_id=1, recipient="solberg@larkspur.example", subject="Welcome", body="Welcome", status="stored"
        ),
        m.Privilege(affiliation_id=1, procedure="Angioplasty", expires_on=date(2032, 1, 1)),
        m.Reference(
            provider_id=1, peer_email="peer@tamarack.example", token=token_urlsafe(), rating=4, comment="Careful"
        ),
        m.Task(title="Check the diploma", due_on=date(2025, 3, 10), assignee=None),
        m.Webhook(url="https://hooks.example/credentials", secret=token_urlsafe(), events=["application.approved"]),
        m.AuditEvent(
            actor="coordinator@credentials.example",
            action="application.submitted",
            subject="application:1",
            request_id="sample",
        ),
    ]

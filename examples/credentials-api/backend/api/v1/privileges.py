"""The procedures that a provider may perform at a facility."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from sqlalchemy import select

from core.clock import Today
from core.database import Database, find
from core.errors import Conflict
from core.models import Affiliation, Privilege
from core.schemas import Name, Schema
from core.security import CanRead, CanWrite

router = APIRouter(tags=["privileges"], dependencies=[CanRead])

# Joint Commission: privileges last two years at most.
_TERM = relativedelta(years=2)


class NewPrivileges(Schema):
    affiliation_id: int
    procedures: list[Name]


class PrivilegeOut(Schema):
    id: int
    affiliation_id: int
    procedure: str
    expires_on: date


@router.get("", response_model=list[PrivilegeOut])
def list_privileges(database: Database, affiliation_id: int) -> Sequence[Privilege]:
    return database.scalars(select(Privilege).where(Privilege.affiliation_id == affiliation_id)).all()


@router.post("", status_code=201, response_model=list[PrivilegeOut], dependencies=[CanWrite])
def grant_privileges(new: NewPrivileges, database: Database, today: Today) -> list[Privilege]:
    affiliation = find(database, Affiliation, new.affiliation_id)
    if affiliation.category == "consulting":
        raise Conflict("A consulting provider has no privileges")
    granted = [
        Privilege(affiliation_id=affiliation.id, procedure=procedure, expires_on=today + _TERM)
        for procedure in dict.fromkeys(new.procedures)
    ]
    database.add_all(granted)
    database.commit()
    return granted


@router.get("/check")
def check_privilege(affiliation_id: int, procedure: Name, database: Database, today: Today) -> dict[str, bool]:
    query = select(Privilege.id).where(
        Privilege.affiliation_id == affiliation_id, Privilege.procedure == procedure, Privilege.expires_on >= today
    )
    return {"allowed": database.scalar(query.limit(1)) is not None}


@router.delete("/{privilege_id}", status_code=204, dependencies=[CanWrite])
def revoke_privilege(privilege_id: int, database: Database) -> None:
    database.delete(find(database, Privilege, privilege_id))
    database.commit()

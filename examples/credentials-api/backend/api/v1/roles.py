"""The roles of users, and the permissions of each."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import func, select

from core.auditing import Audit
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Role, User
from core.schemas import Schema
from core.security import CanAdminister

router = APIRouter(tags=["roles"], dependencies=[CanAdminister])

Permission = Literal["read", "write", "administer"]


class NewRole(Schema):
    name: Annotated[str, Field(pattern="^[a-z][a-z0-9-]{2,39}$")]
    permissions: Annotated[list[Permission], Field(min_length=1)]


class RoleOut(NewRole):
    id: int


@router.get("", response_model=list[RoleOut])
def list_roles(database: Database) -> Sequence[Role]:
    return database.scalars(select(Role).order_by(Role.name)).all()


@router.post("", status_code=201, response_model=RoleOut)
def create_role(new: NewRole, database: Database, audit: Audit) -> Role:
    role = store(database, Role(name=new.name, permissions=sorted(set(new.permissions))))
    audit.record("role.created", f"role:{role.id}")
    return role


@router.put("/{role_id}/permissions", response_model=RoleOut)
def set_permissions(role_id: int, permissions: list[Permission], database: Database, audit: Audit) -> Role:
    role = find(database, Role, role_id)
    role.permissions = sorted(set(permissions))
    audit.record("role.changed", f"role:{role_id}")
    return store(database, role)


@router.delete("/{role_id}", status_code=204)
def delete_role(role_id: int, database: Database, audit: Audit) -> None:
    role = find(database, Role, role_id)
    users = database.scalar(select(func.count(User.id)).where(User.role_id == role_id))
    if users:
        raise Conflict(f"{users} users have the role {role.name}")
    database.delete(role)
    database.commit()
    audit.record("role.deleted", f"role:{role_id}")

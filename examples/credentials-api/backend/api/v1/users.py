"""The users of the API."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import EmailStr, Field, SecretStr
from sqlalchemy import select

from core.auditing import Audit
from core.database import Database, find, store
from core.errors import Conflict
from core.models import Role, User
from core.schemas import Paging, Schema
from core.security import CanAdminister, CurrentCaller, hash_password

router = APIRouter(tags=["users"], dependencies=[CanAdminister])


class NewUser(Schema):
    email: EmailStr
    password: Annotated[SecretStr, Field(min_length=12, max_length=200)]
    role_id: int


class RoleName(Schema):
    id: int
    name: str


class UserOut(Schema):
    id: int
    email: str
    role: RoleName


@router.get("", response_model=list[UserOut])
def list_users(database: Database, page: Paging) -> Sequence[User]:
    return database.scalars(select(User).order_by(User.email).offset(page.offset).limit(page.limit)).all()


@router.post("", status_code=201, response_model=UserOut)
def create_user(new: NewUser, database: Database, audit: Audit, request: Request, response: Response) -> User:
    role = find(database, Role, new.role_id)
    password = hash_password(new.password.get_secret_value())
    user = store(database, User(email=new.email.lower(), password=password, role=role))
    response.headers["location"] = str(request.url_for("read_user", user_id=user.id))
    audit.record("user.created", f"user:{user.id}")
    return user


@router.get("/{user_id}", response_model=UserOut)
def read_user(user_id: int, database: Database) -> User:
    return find(database, User, user_id)


@router.delete("/{user_id}", status_code=204)
def delete_user(user_id: int, database: Database, caller: CurrentCaller, audit: Audit) -> None:
    user = find(database, User, user_id)
    if user.email == caller.email:
        raise Conflict("You cannot delete yourself")
    database.delete(user)
    database.commit()
    audit.record("user.deleted", f"user:{user_id}")

"""Signs users in. This is the only router that needs no token."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import select

from core.database import Database
from core.models import User
from core.schemas import Schema
from core.security import Caller, CurrentCaller, issue_token, verify_password
from core.settings import settings

router = APIRouter(tags=["auth"])

# The hash of no password, so that an unknown user takes as long as a wrong password.
_NO_PASSWORD = "none$none"


class Token(Schema):
    access_token: str
    token_type: str = "bearer"
    expires_in: int


@router.post("/tokens")
def sign_in(form: Annotated[OAuth2PasswordRequestForm, Depends()], database: Database) -> Token:
    user = database.scalar(select(User).where(User.email == form.username.lower()))
    right = verify_password(form.password, user.password if user else _NO_PASSWORD)
    if user is None or not right:
        raise HTTPException(401, "The email address or the password is wrong")
    return _token(Caller(email=user.email, permissions=user.role.permissions))


@router.post("/tokens/renewal")
def renew(caller: CurrentCaller) -> Token:
    return _token(caller)


@router.get("/me")
def who_am_i(caller: CurrentCaller) -> Caller:
    return caller


def _token(caller: Caller) -> Token:
    return Token(access_token=issue_token(caller), expires_in=settings.token_minutes * 60)

"""Who calls, and what the caller may do. Tokens are JWTs that `/api/v1/auth/tokens` issues."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from core.errors import Forbidden
from core.settings import settings

_AUDIENCE = "credentials-api"
_bearer = HTTPBearer(auto_error=False)


class Caller(BaseModel):
    email: str
    permissions: list[str]


def issue_token(caller: Caller) -> str:
    expires = datetime.now(UTC) + timedelta(minutes=settings.token_minutes)
    claims = {"sub": caller.email, "permissions": caller.permissions, "aud": _AUDIENCE, "exp": expires}
    return jwt.encode(claims, settings.jwt_secret.get_secret_value(), algorithm="HS256")


def current_caller(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Caller:
    if credentials is None:
        raise _unauthorized("A bearer token is required")
    try:
        key = settings.jwt_secret.get_secret_value()
        claims = jwt.decode(credentials.credentials, key, algorithms=["HS256"], audience=_AUDIENCE)
    except jwt.InvalidTokenError as error:
        raise _unauthorized("The token is not valid") from error
    return Caller(email=claims["sub"], permissions=claims["permissions"])


CurrentCaller = Annotated[Caller, Depends(current_caller)]


def _unauthorized(detail: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": "Bearer"})


def requires(permission: str) -> Callable[[Caller], None]:
    def check(caller: CurrentCaller) -> None:
        if permission not in caller.permissions:
            raise Forbidden(f'The permission "{permission}" is required')

    return check


CanRead = Depends(requires("read"))
CanWrite = Depends(requires("write"))
CanAdminister = Depends(requires("administer"))


def hash_password(password: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_scrypt(password, salt)}"


def verify_password(password: str, hashed: str) -> bool:
    salt, _, expected = hashed.partition("$")
    return hmac.compare_digest(_scrypt(password, salt), expected)


def _scrypt(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=32).hex()

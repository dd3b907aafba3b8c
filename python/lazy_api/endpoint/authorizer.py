"""Whether an authorizer has let an event through.

A direct invocation has not passed one, and neither has a route that was added to the API without one.
"""

from __future__ import annotations

from ..events import mapping
from ..failures.coded_error import CodedError

# What a JWT, Cognito, or Lambda authorizer leaves in an event. The key is there even if a Lambda authorizer returns no
# context. IAM leaves another key, `iam`.
_LEFT_BY_AUTHORIZERS = ("jwt", "lambda", "claims", "principalId")


def check_authorizer(event: object) -> None:
    left = mapping(mapping(event, "requestContext"), "authorizer")
    if not any(key in left for key in _LEFT_BY_AUTHORIZERS):
        raise CodedError("AUTHORIZER_CONTEXT_MISSING", "no authorizer has let the event through")

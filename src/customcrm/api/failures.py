"""What each way to fail means over HTTP: one table."""

from typing import Final

from customcrm.contract.failures import Detail, Failure
from customcrm.errors import (
    BatchTooLarge,
    BodyTooLarge,
    CrmError,
    IdempotencyKeyReused,
    InvalidRequest,
    MalformedJson,
    MethodNotAllowed,
    NotFound,
    StoreUnavailable,
    Unauthorized,
    UrlTooLong,
)

STATUSES: Final[dict[type[CrmError], int]] = {
    MalformedJson: 400,
    InvalidRequest: 400,
    Unauthorized: 401,
    NotFound: 404,
    MethodNotAllowed: 405,
    BatchTooLarge: 413,
    UrlTooLong: 414,
    BodyTooLarge: 413,
    IdempotencyKeyReused: 422,
    StoreUnavailable: 503,
}

INTERNAL: Final = Failure(
    error="Internal error",
    message="Something failed on the server; nothing was stored",
    code="internal_error",
)
"""What is said of a failure that this product does not know by name."""

RETRY_SECONDS: Final = "5"


def status_of(error: CrmError) -> int:
    """The status of a failure, by its class or the nearest above it."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def failure_of(error: CrmError) -> Failure:
    """The body of a failure."""
    problems = error.problems if isinstance(error, InvalidRequest) else ()
    details = [Detail(problem.path, problem.message) for problem in problems]
    return Failure(error.title, str(error), error.code, details)


def headers_of(error: CrmError) -> dict[str, str]:
    """The headers that belong to a failure."""
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    if isinstance(error, StoreUnavailable):
        return {"Retry-After": RETRY_SECONDS}
    return {}

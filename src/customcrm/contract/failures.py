"""The one shape of every answer that is no success."""

from msgspec import Struct, field


class Detail(Struct):
    """One offending place of a request."""

    path: str
    message: str


class Failure(Struct, omit_defaults=True):
    """Why there is no success.

    `error` is short and for people, `message` says what was wrong and where, `code` is a stable
    word for machines, `details` lists every offending place of an invalid request.
    """

    error: str
    message: str
    code: str
    details: list[Detail] = field(default_factory=list)

"""What makes it safe to send the same request twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final, TypeVar

import msgspec

from customcrm.errors import IdempotencyKeyReused
from customcrm.operations.ports import Answer, Origin, Writer

KEPT_WITH_KEY: Final = timedelta(hours=24)
"""How long an `Idempotency-Key` is remembered."""

KEPT_WITHOUT_KEY: Final = timedelta(seconds=60)
"""How long a body that came without one is."""

Made = TypeVar("Made", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Request:
    """By what a repeat of a request is known.

    Attributes:
        operation: its name; the same key on another operation is another key.
        body: as it came, byte for byte.
        idempotency_key: of the header, if it came.
    """

    operation: str
    body: bytes
    idempotency_key: str | None = None

    @property
    def digest(self) -> str:
        """The body in 64 characters."""
        return sha256(self.body).hexdigest()

    @property
    def key(self) -> str:
        """What its answer is kept under."""
        if self.idempotency_key is None:
            return f"{self.operation} body {self.digest}"
        return f"{self.operation} key {self.idempotency_key}"

    @property
    def kept(self) -> timedelta:
        """How long its answer is kept."""
        return KEPT_WITHOUT_KEY if self.idempotency_key is None else KEPT_WITH_KEY


def once(
    writer: Writer, request: Request, origin: Origin, make: Callable[[], Made], kind: type[Made]
) -> tuple[Made, bool]:
    """Make something, unless this request made it before.

    Returns:
        The first answer to this request, and whether it was made now.

    Raises:
        IdempotencyKeyReused: the key came before with another body.
    """
    writer.hold(request.key)
    now = origin.clock()
    before = writer.answer(request.key, now)
    if before is None:
        made = make()
        body = msgspec.json.encode(made).decode()
        writer.keep_answer(Answer(request.key, request.digest, body, now + request.kept))
        return made, True
    if before.digest != request.digest:
        raise IdempotencyKeyReused
    return msgspec.json.decode(before.body, type=kind), False

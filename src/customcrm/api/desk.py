"""What every handler has at hand, and what it is handed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from anyio import CapacityLimiter

from customcrm.api.doorkeeper import Doorkeeper
from customcrm.clock import Clock, NewId
from customcrm.operations.calls import CallLog, Tally
from customcrm.operations.ports import Backend, Origin
from customcrm.operations.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Desk:
    """What the handlers work with; made once, by `app.py`.

    Attributes:
        backend: the CRM.
        doorkeeper: knows the keys.
        call_log: takes what was called.
        clock: gives the time.
        new_id: gives ids.
        rule_book: the rules of each kind of record.
        users_offered: whether GET /users answers.
        key_header: the header that carries the key.
        public_url: under which the world reaches the server; empty if nobody has said.
        version: of the program.
        writers: threads for operations that write. Those that read have their own: a write that
            waits for the database must not keep a read or a probe waiting.
        readers: threads for operations that read. Few: they compute more than they wait, and a
            crowd of them only takes the interpreter from one another.
    """

    backend: Backend
    doorkeeper: Doorkeeper
    call_log: CallLog
    clock: Clock
    new_id: NewId
    rule_book: RuleBook
    users_offered: bool
    key_header: str
    public_url: str
    version: str
    writers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(40))
    readers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(4))


class Asked(NamedTuple):
    """One request, let in.

    Attributes:
        origin: who asks, and the ports of time and ids.
        path: what stood in the path, by name.
        body: as it came.
        idempotency_key: of the header, if it came.
    """

    origin: Origin
    path: Mapping[str, Any]
    body: bytes
    idempotency_key: str | None


@dataclass(slots=True)
class Reply:
    """What a handler answers: the message, and what became of the items for the call log."""

    message: Any
    tally: Tally = field(default_factory=Tally)

"""The log of the calls received: what came, what became of it, what failed and why."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final, Protocol

from msgspec import Struct, field

from customcrm.crm.planning import Effect, Outcome
from customcrm.errors import Problem

MAX_ITEMS: Final = 100
"""Items of one call whose failure or link is told one by one."""


MAX_PATH: Final = 300
"""Characters of a place in a request: property names in it are the sender's."""

REFUSED: Final = "refused"

NOTED: Final = "noted"
"""The effect of an item that was stored, though something about it was not known."""


class CallItem(Struct, rename="camel"):
    """One item of a call that a person may want to look at.

    Attributes:
        index: its place in the request, from 0; of a refused call, in the list of what was wrong.
        id: the id that it came with; of a refused call, where it was wrong (`contacts[3].email`).
        record_id: our record, if it became one.
        effect: `failed`, `linked`, `refused` or `noted`.
        reason: why it failed, by which key it was linked, what was wrong, or what was not known;
            of all values it names only unknown types and directions of activities.
    """

    index: int
    id: str
    record_id: str
    effect: str
    reason: str | None


class Tally(Struct):
    """What became of the items of one call."""

    received: int = 0
    created: int = 0
    updated: int = 0
    linked: int = 0
    unchanged: int = 0
    matched: int = 0
    failed: int = 0
    items: list[CallItem] = field(default_factory=list)


class Call(Struct):
    """One call received.

    Attributes:
        id: of the request, as in the answer's `X-Request-Id`.
        at: when it came.
        operation: its name in the contract, or empty if it had none.
        status: the answer's HTTP status.
        duration_us: microseconds from its first byte to the answer.
        actor: by which key; empty if by none.
        error: the code of the error, or empty.
        tally: what became of its items.
    """

    id: str
    at: datetime
    operation: str
    status: int
    duration_us: int
    actor: str = ""
    error: str = ""
    tally: Tally = field(default_factory=Tally)


class CallLog(Protocol):
    """Where calls are kept."""

    def record(self, call: Call) -> None:
        """Take a call to be kept within a second; never waits, never raises."""


def tally_of_problems(problems: Iterable[Problem]) -> Tally:
    """What was wrong with a call that was refused."""
    found = enumerate(islice(problems, MAX_ITEMS))
    return Tally(
        items=[
            CallItem(number, problem.path[:MAX_PATH], "", REFUSED, problem.message)
            for number, problem in found
        ]
    )


def notes_of(record_id: str, remarks: Iterable[str]) -> list[CallItem]:
    """Return an item for each remark on the one record that a call has stored."""
    return [CallItem(0, "", record_id, NOTED, remark) for remark in remarks]


def tally_of(outcomes: Iterable[Outcome]) -> Tally:
    """What became of the items of a batch."""
    counts: Counter[Effect] = Counter()
    items: list[CallItem] = []
    for index, outcome in enumerate(outcomes):
        counts[outcome.effect] += 1
        if outcome.reason and len(items) < MAX_ITEMS:
            items.append(
                CallItem(index, outcome.id, outcome.record_id, outcome.effect, outcome.reason)
            )
    return Tally(
        received=sum(counts.values()),
        created=counts[Effect.CREATED],
        updated=counts[Effect.UPDATED],
        linked=counts[Effect.LINKED],
        unchanged=counts[Effect.UNCHANGED],
        failed=counts[Effect.FAILED],
        items=items,
    )

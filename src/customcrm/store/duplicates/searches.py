"""How far the search for duplicates has come: it goes on from there after every stop."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from customcrm.crm.duplicates import STRONG
from customcrm.crm.records import Kind
from customcrm.operations.merging.ports import Search
from customcrm.store.duplicates.changes import newest
from customcrm.store.duplicates.walks import Walk, by_key, domains, people
from customcrm.store.tables import DUPLICATE_SEARCHES

CHANGES: Final = "changes"
"""The step after all walks: from then on only what changes is looked at."""

WALKS: Final[dict[Kind, dict[str, Walk]]] = {
    Kind.CONTACT: {**{str(one): by_key(one) for one in STRONG[Kind.CONTACT]}, "people": people},
    Kind.COMPANY: {**{str(one): by_key(one) for one in STRONG[Kind.COMPANY]}, "domains": domains},
}
"""The walks over all records of a kind, in their order."""

HELD: Final = "duplicate searches"
"""What transactions that begin a search hold, so that no two do at once."""

_TABLE: Final = DUPLICATE_SEARCHES


class State(NamedTuple):
    """Where a search stands.

    Attributes:
        step: the walk that it is in, or `changes`.
        place: in that walk.
        looked: rows that its walks have looked at.
        mark: the row of the history up to which changes have been looked at.
        complete_at: when all walks were done last.
    """

    step: str
    place: str
    looked: int
    mark: int
    complete_at: datetime | None

    @property
    def walking(self) -> bool:
        """Whether all records are being looked at."""
        return self.step != CHANGES


def state_of(connection: Connection, kind: Kind) -> State | None:
    """Where the search stands; None if it has never begun."""
    row = connection.execute(select(_TABLE).where(_TABLE.c.kind == str(kind))).first()
    if row is None:
        return None
    step = row.step if row.step in WALKS[kind] else CHANGES
    return State(step, row.place, row.looked, row.mark, row.complete_at)


def begin(connection: Connection, kind: Kind) -> State:
    """Begin to look at all records, and at what changes from now on thereafter."""
    before = state_of(connection, kind)
    complete_at = before.complete_at if before else None
    first = next(iter(WALKS[kind]))
    state = State(first, "", 0, newest(connection), complete_at)
    connection.execute(delete(_TABLE).where(_TABLE.c.kind == str(kind)))
    connection.execute(insert(_TABLE).values(kind=str(kind), **state._asdict()))
    return state


def go_on(connection: Connection, kind: Kind, old: State, new: State) -> bool:
    """Take a step, unless another process has taken it; returns whether it was ours to take."""
    values: dict[str, Any] = new._asdict()
    done = connection.execute(
        update(_TABLE)
        .where(
            _TABLE.c.kind == str(kind),
            _TABLE.c.step == old.step,
            _TABLE.c.place == old.place,
            _TABLE.c.mark == old.mark,
        )
        .values(values)
    )
    return done.rowcount > 0


def next_step(kind: Kind, step: str) -> str:
    """The step after this one."""
    steps = [*WALKS[kind], CHANGES]
    return steps[steps.index(step) + 1]


def search(connection: Connection, kind: Kind) -> Search:
    """As `MergeBook.search`."""
    state = state_of(connection, kind)
    if state is None:
        return Search(None, running=True, looked=0)
    return Search(state.complete_at, state.walking, state.looked)

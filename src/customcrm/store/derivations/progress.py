"""How far each derivation has come, and which server works on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from customcrm.store.columns import Instant
from customcrm.store.derivations.derivation import Derivation
from customcrm.store.work_tables import DERIVATIONS

HELD: Final = "derivations"
"""The lock of transactions that add derivations."""

_T: Final = DERIVATIONS.c


class State(NamedTuple):
    """How far one derivation has come.

    Attributes:
        name, version: of the derivation.
        place: where its next step begins.
        done: how many rows were looked at; `total`: about how many there are.
        completed_at: when it was completed; None if it is not.
        runner: the server that works on it; `leased_until`: until when no other one does.
    """

    name: str
    version: int
    place: str
    done: int
    total: int
    completed_at: datetime | None
    runner: str | None
    leased_until: datetime | None

    def taken(self, runner: str, now: datetime) -> bool:
        """Return whether another server works on it now."""
        return bool(self.runner != runner and self.leased_until and self.leased_until > now)


_STATES: Final = select(*(_T[name] for name in State._fields))


def state_of(connection: Connection, derivation: Derivation) -> State | None:
    """Return how far a derivation has come; None if it was never begun."""
    row = connection.execute(_STATES.where(_T.name == derivation.name)).first()
    return None if row is None else State(*row)


def is_pending(state: State | None, derivation: Derivation) -> bool:
    """Return whether a derivation is not complete at its version. A newer one is not touched."""
    if state is None or state.version < derivation.version:
        return True
    return state.version == derivation.version and state.completed_at is None


def begin(connection: Connection, derivations: Sequence[Derivation], now: datetime) -> None:
    """Begin each derivation that was never begun at its version; one of no rows is complete."""
    for derivation in derivations:
        state = state_of(connection, derivation)
        if state is None or state.version < derivation.version:
            _insert(connection, derivation, derivation.count(connection), now)


def mark_complete(connection: Connection, derivations: Sequence[Derivation], now: datetime) -> None:
    """Mark every derivation as complete: in a new database there is nothing to derive."""
    for derivation in derivations:
        _insert(connection, derivation, 0, now)


def _insert(connection: Connection, derivation: Derivation, total: int, now: datetime) -> None:
    connection.execute(delete(DERIVATIONS).where(_T.name == derivation.name))
    connection.execute(
        insert(DERIVATIONS).values(
            name=derivation.name,
            version=derivation.version,
            noun=derivation.noun,
            place="",
            done=0,
            total=total,
            completed_at=None if total else now,
        )
    )


_NOW: Final = bindparam("now", type_=Instant())


def advance(connection: Connection, old: State, new: State, runner: str, now: datetime) -> bool:
    """Store the state after a step, unless another server has taken that step or holds the lease.

    Returns:
        Whether the step is this server's to write.
    """
    done = connection.execute(
        update(DERIVATIONS)
        .where(
            _T.name == old.name,
            _T.version == old.version,
            _T.place == old.place,
            _T.completed_at.is_(None),
            or_(_T.runner.is_(None), _T.runner == runner, _T.leased_until < _NOW),
        )
        .values(new._asdict()),
        {"now": now},
    )
    return done.rowcount > 0


def let_go(connection: Connection, runner: str) -> None:
    """Give up the leases of a server that shuts down."""
    connection.execute(
        update(DERIVATIONS).where(_T.runner == runner).values(runner=None, leased_until=None)
    )

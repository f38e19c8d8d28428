"""The finder: a thread that looks for duplicates while nothing has to wait for it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from customcrm import log
from customcrm.clock import Clock
from customcrm.crm.records import Kind
from customcrm.store.columns import microseconds
from customcrm.store.duplicates.changes import changed_since, pairs_of_changed
from customcrm.store.duplicates.searches import (
    CHANGES,
    HELD,
    WALKS,
    State,
    begin,
    go_on,
    next_step,
    state_of,
)
from customcrm.store.duplicates.walks import Pairs, Read
from customcrm.store.pace import Pace
from customcrm.store.pairs import note

SHARE: Final = 0.2
"""Which part of the time it works while it is at work."""

LOOK_SECONDS: Final = 3.0
"""How often it looks for changes."""

MAX_PAIRS: Final = 50
"""Pairs that one transaction writes: who writes besides waits for it."""

Run = Callable[[Callable[[Connection], Any]], Any]
Hold = Callable[[Connection, str], None]


class Finder:
    """Looks at all records once, and from then on at what changes.

    Args:
        read: runs a function in a transaction that only reads.
        write: runs a function in a transaction that writes.
        hold: lets no other transaction that holds a name run until this one has ended.
        clock: gives the time.
        settle: how old a change must be to be looked at: until then an earlier one may turn up.
    """

    def __init__(self, read: Read, write: Run, hold: Hold, clock: Clock, settle: timedelta) -> None:
        self._read = read
        self._write = write
        self._hold = hold
        self._clock = clock
        self._settle = settle
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work on a thread of its own, from where the last one was stopped."""
        if self._thread is None and not self._stop.is_set():
            self._thread = threading.Thread(target=self._run, name="finder", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """Say that there is something to look for."""
        self._woken.set()

    def close(self) -> None:
        """End after the stretch that is under way; the next finder goes on from there."""
        self._stop.set()
        self._woken.set()
        if self._thread:
            self._thread.join()

    def find_pending(self) -> None:
        """Look at everything that is due, now and without a rest."""
        while self._round(lambda: None):
            pass

    def _run(self) -> None:
        while not self._stop.is_set():
            pace = Pace(self._stop, SHARE)
            more = False
            try:
                more = self._round(pace.rest)
                pace.rest()
            except Exception:  # noqa: BLE001 - it must outlive whatever befalls the database
                log.failure("duplicates_not_looked_for")
            if not more:
                self._woken.wait(LOOK_SECONDS)
                self._woken.clear()

    def _round(self, rest: Callable[[], None]) -> bool:
        """One stretch for each kind. Returns whether there is more to do."""
        return any([self._stretch(kind, rest) for kind in Kind])  # noqa: C419 - all have their turn

    def _stretch(self, kind: Kind, rest: Callable[[], None]) -> bool:
        if self._stop.is_set():
            return False
        state = self._read(lambda connection: state_of(connection, kind))
        if state is None:
            self._write(lambda connection: self._begin(connection, kind))
            return True
        if not state.walking:
            return self._look_at_changes(kind, state, rest)
        found = WALKS[kind][state.step](self._read, kind, state.place, rest)
        looked = state.looked + found.looked
        if found.place is not None:
            self._keep(kind, state, state._replace(place=found.place, looked=looked), found.pairs)
            return True
        step = next_step(kind, state.step)
        done = state._replace(step=step, place="", looked=looked)
        if step == CHANGES:
            done = done._replace(complete_at=self._clock())
        self._keep(kind, state, done, found.pairs)
        return True

    def _begin(self, connection: Connection, kind: Kind) -> None:
        """Begin, unless another process has begun meanwhile."""
        self._hold(connection, HELD)
        if state_of(connection, kind) is None:
            begin(connection, kind)

    def _look_at_changes(self, kind: Kind, state: State, rest: Callable[[], None]) -> bool:
        until = self._clock() - self._settle
        changed = self._read(lambda c: changed_since(c, kind, state.mark, until))
        if changed is None or changed.mark == state.mark:
            return False
        pairs = pairs_of_changed(self._read, kind, changed.ids, rest) if changed.ids else {}
        self._keep(kind, state, state._replace(mark=changed.mark), pairs)
        return True

    def _keep(self, kind: Kind, old: State, new: State, pairs: Pairs) -> None:
        """Write what was found; what is too much for one transaction goes before, by itself."""
        told = sorted(pairs.items())
        at = microseconds(self._clock())
        while len(told) > MAX_PAIRS:
            part, told = told[:MAX_PAIRS], told[MAX_PAIRS:]
            self._write(partial(self._note, kind=kind, pairs=dict(part), at=at))
        rest = dict(told)

        def write(connection: Connection) -> None:
            if go_on(connection, kind, old, new):
                self._note(connection, kind=kind, pairs=rest, at=at)

        self._write(write)

    def _note(self, connection: Connection, *, kind: Kind, pairs: Pairs, at: int) -> None:
        if pairs:
            self._hold(connection, kind)
            note(connection, kind, pairs, at)

"""The derivation runner: a thread that derives stored data anew after the rules have changed."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from customcrm import log
from customcrm.clock import Clock, new_id
from customcrm.store.derivations.derivation import Access, Derivation, Read, Step
from customcrm.store.derivations.progress import (
    HELD,
    State,
    advance,
    begin,
    is_pending,
    let_go,
    state_of,
)
from customcrm.store.pace import Pace

SMALLEST: Final = 20
LARGEST: Final = 500
"""How many rows one step takes."""

WRITE_SECONDS: Final = 0.02
"""How much of the writer's time one step should take; steps are made as large as fits."""

SHARE: Final = 0.25
"""Which part of the time the runner works."""

LEASE: Final = timedelta(seconds=30)
"""How long no other server takes the next step of a derivation."""

WAIT_SECONDS: Final = 1.0
"""How long to wait for another server, for other work, and after a failure."""

TENTHS: Final = 10

Hold = Callable[[Connection, str], None]
Write = Callable[[Callable[[Connection], Any]], Any]


class DerivationRunner:
    """Brings all derivations up to date, one after the other, from where the last one stopped.

    Its thread ends when all are complete.

    Args:
        derivations: in the order in which they are taken.
        read: runs a function in a transaction that only reads.
        write: runs a function in a transaction that writes.
        hold: lets no other transaction that holds a name run until this one has ended.
        clock: gives the time.
        written: is called after each step that has written something.
    """

    def __init__(
        self,
        derivations: Sequence[Derivation],
        read: Read,
        write: Write,
        hold: Hold,
        clock: Clock,
        written: Callable[[], None],
    ) -> None:
        self._derivations = derivations
        self._read = read
        self._write = write
        self._hold = hold
        self._clock = clock
        self._written = written
        self._name = new_id("runner")
        self._size = SMALLEST
        self._logged: set[str] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work on a thread until everything is up to date or the runner is closed."""
        if self._thread is None and not self._stop.is_set():
            self._thread = threading.Thread(target=self._run, name="derivations", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after the step that runs; the next server continues from there."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def run_pending(self, work: Callable[[], Any]) -> None:
        """Bring everything up to date now, without a rest.

        Args:
            work: does the other work that a step may have to wait for.
        """
        self.begin()
        access = Access(self._read, self._hold, lambda: None)
        while (derivation := self._next()) is not None:
            if not self.take_step(derivation, access):
                work()

    def _run(self) -> None:
        pace = Pace(self._stop, SHARE)
        access = Access(self._read, self._hold, pace.rest)
        begun = False
        while not self._stop.is_set():
            try:
                if not begun:
                    self.begin()
                    begun = True
                derivation = self._next()
                if derivation is None:
                    return
                worked = self.take_step(derivation, access)
                pace.rest()
            except Exception:  # noqa: BLE001 - the thread must survive a database that is away
                log.failure("derivation_failed")
                self._size = SMALLEST
                worked = False
            if not worked:
                self._stop.wait(WAIT_SECONDS)
        self.release()

    def begin(self) -> None:
        """Note down what is to be derived; nothing is written if all is up to date."""

        def work(connection: Connection) -> None:
            self._hold(connection, HELD)
            begin(connection, self._derivations, self._clock())

        if self._next() is not None:
            self._write(work)

    def _next(self) -> Derivation | None:
        """Return the first derivation that is not complete."""

        def look(connection: Connection) -> Derivation | None:
            for derivation in self._derivations:
                if is_pending(state_of(connection, derivation), derivation):
                    return derivation
            return None

        return self._read(look)

    def take_step(self, derivation: Derivation, access: Access) -> bool:
        """Take one step of a derivation, if it is this server's turn and nothing has to come first.

        Returns:
            Whether anything was done.
        """
        state = self._read(lambda connection: state_of(connection, derivation))
        now = self._clock()
        if state is None or state.taken(self._name, now):
            return False
        if derivation.name not in self._logged:
            self._logged.add(derivation.name)
            log.event("derivation_started", derivation=derivation.name, rows=state.total)
        step = derivation.take(access, state.place, self._size)
        return step is not None and self._keep(derivation, state, step)

    def _keep(self, derivation: Derivation, state: State, step: Step) -> bool:
        now = self._clock()
        new = state._replace(
            place=step.place or "",
            done=state.done + step.looked,
            completed_at=now if step.place is None else None,
            runner=None if step.place is None else self._name,
            leased_until=None if step.place is None else now + LEASE,
        )

        def work(connection: Connection) -> tuple[bool, float]:
            began = time.perf_counter()
            if not advance(connection, state, new, self._name, now):
                return False, 0.0
            step.write(connection)
            if step.place is None:
                derivation.finish(connection)
            return True, time.perf_counter() - began

        kept, seconds = self._write(work)
        self._fit(seconds)
        if kept:
            self._report(derivation, state, new)
            self._written()
        return bool(kept)

    def _fit(self, seconds: float) -> None:
        """Take so many rows in the next step that it takes about as long as it may."""
        if seconds > WRITE_SECONDS:
            self._size = max(SMALLEST, self._size // 2)
        elif seconds < WRITE_SECONDS / 2:
            self._size = min(LARGEST, self._size * 5 // 4)

    @staticmethod
    def _report(derivation: Derivation, old: State, new: State) -> None:
        """Log each tenth of a derivation, and its end."""
        if new.completed_at is not None:
            log.event("derivation_completed", derivation=derivation.name, rows=new.done)
            return
        before, after = (TENTHS * one.done // max(1, one.total) for one in (old, new))
        if after > before:
            log.event("derivation_progress", derivation=derivation.name, percent=after * TENTHS)

    def release(self) -> None:
        """Leave the work to the next server at once."""
        try:
            self._write(lambda connection: let_go(connection, self._name))
        except Exception:  # noqa: BLE001 - the lease ends by itself
            log.failure("derivation_lease_not_released")

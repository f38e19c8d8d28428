"""The runner: a thread of the server that does one job in bulk after the other."""

import threading
import time
from dataclasses import replace
from typing import Final

from customcrm import log
from customcrm.clock import Clock, new_id
from customcrm.errors import StoreUnavailable
from customcrm.operations.bulk.jobs import HELD, Job, JobBook, JobWriter, State
from customcrm.operations.bulk.steps import RulesOf, claim, due_job, elsewhere, take_step

SMALLEST: Final = 100
LARGEST: Final = 500
"""How many records one step changes: as many as a batch of Enginy's has, or a few times that."""

STEP_SECONDS: Final = 0.02
"""What one step should take of the writer's time; steps are made as large as fits."""

SHARE: Final = 0.35
"""Which part of the writer's time it takes, so that everything else has the rest."""

LOOK_SECONDS: Final = 1.0
"""How often it looks without being woken: another process may have asked for something."""


class JobRunner:
    """Does the jobs that were asked for.

    Args:
        book: where they are.
        rules: of each kind of record.
        clock: gives the time.
    """

    def __init__(self, book: JobBook, rules: RulesOf, clock: Clock) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock
        self._name = new_id("runner")
        self._size = SMALLEST
        self._took = 0.0
        self._at: str | None = None
        self._woken = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bulk jobs", daemon=True)

    def start(self) -> None:
        """Work on a thread of its own, until it is closed."""
        self._woken.set()
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to do."""
        self._woken.set()

    def close(self) -> None:
        """End after the step that runs; whoever starts next goes on from there."""
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def run_pending(self) -> None:
        """Do all there is to do, now."""
        while self._step() is not None:
            continue

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()
            self._work()
        self._let_go()

    def _work(self) -> None:
        """Steps until nothing is left to do, most of the time being everybody else's."""
        more = True
        while more and not self._stop.is_set():
            self._took, self._at = 0.0, None
            try:
                more = self._any() and self._step() is not None
            except StoreUnavailable:
                more = False
            except Exception:  # noqa: BLE001 - it must outlive whatever befalls a job
                log.failure("bulk_job_failed")
                self._give_up()
            self._stop.wait(self._took * (1 / SHARE - 1))

    def _any(self) -> bool:
        """Whether there is anything to do here; to look costs no write."""
        due = self._book.read_jobs(lambda reader: due_job(reader, self._name, self._clock()))
        return due is not None

    def _step(self) -> Job | None:
        def work(writer: JobWriter) -> tuple[Job | None, float]:
            began, now = time.perf_counter(), self._clock()
            job = claim(writer, self._name, now)
            if job is not None:
                self._at = job.id
                job = take_step(writer, job, self._rules, now, self._size)
            return job, time.perf_counter() - began

        job, self._took = self._book.write_jobs(work)
        self._fit(self._took)
        return job

    def _fit(self, seconds: float) -> None:
        """Do so many in the next step that it takes about as long as it may."""
        if seconds > STEP_SECONDS:
            self._size = max(SMALLEST, self._size // 2)
        elif seconds < STEP_SECONDS / 2:
            self._size = min(LARGEST, self._size * 5 // 4)

    def _give_up(self) -> None:
        """Let the job that has failed do no more: nothing of its last step is kept."""
        failed = self._at

        def work(writer: JobWriter) -> None:
            writer.hold(HELD)
            job = writer.job(failed) if failed else None
            if job and not job.ended and not elsewhere(job, self._name, self._clock()):
                writer.keep_job(replace(job, state=State.FAILING))

        self._stop.wait(LOOK_SECONDS)
        try:
            self._book.write_jobs(work)
        except StoreUnavailable:
            log.event("bulk_job_kept", advice="it goes on when the database is back")

    def _let_go(self) -> None:
        """Leave a job to whoever starts next, at once."""

        def work(writer: JobWriter) -> None:
            writer.hold(HELD)
            job = writer.open_job()
            if job is not None and job.runner == self._name:
                writer.keep_job(replace(job, runner=None, leased_until=None))

        try:
            if self._any():
                self._book.write_jobs(work)
        except StoreUnavailable:
            log.event("bulk_job_kept", advice="it goes on when its lease has ended")

"""Keeps count of what is sent and heard."""

import re
import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable
from typing import Final

from customcrm.client.exchange import Answer
from customcrm.simulator.calls import Call
from customcrm.simulator.known import Known
from customcrm.simulator.lessons import Heard, Lessons
from customcrm.simulator.summary import Latency, Summary

HUNG_UP: Final = "connection closed"

_WORD: Final = re.compile("[a-z_]{1,40}")
"""What is shown of an answer: no key, and nothing that a terminal obeys, looks like this."""


class Tally:
    """Counts. Any number of threads may tell it things.

    Args:
        known: is told which ids the server has given.
        now: a clock that only goes forward, in seconds.
    """

    def __init__(self, known: Known, now: Callable[[], float] = time.perf_counter) -> None:
        self._now = now
        self._began = now()
        self._lock = threading.Lock()
        self._lessons = Lessons(known)
        self._requests: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._seconds = array("d")
        self._skipped = 0

    def sent(self, call: Call) -> None:
        """A request goes out."""
        with self._lock:
            self._requests[call.operation] += 1

    def hung_up(self) -> None:
        """The server closed the connection without a whole answer."""
        with self._lock:
            self._errors[HUNG_UP] += 1

    def skipped(self) -> None:
        """There was nothing to say."""
        with self._lock:
            self._skipped += 1

    def heard(self, heard: Heard) -> None:
        """An answer came, with any status."""
        with self._lock:
            self._seconds.append(heard.answer.seconds)
            if heard.answer.succeeded:
                self._lessons.learn(heard)
            else:
                self._errors[_kind(heard.answer)] += 1

    def summary(self, *, interrupted: bool) -> Summary:
        """All numbers, as they stand."""
        with self._lock:
            seconds = max(self._now() - self._began, 1e-6)
            lessons = self._lessons
            return Summary(
                contacts=lessons.contacts.told,
                companies=lessons.companies.told,
                associations=len(lessons.links),
                tasks_created=len(lessons.tasks),
                tasks_completed=len(lessons.done),
                activities=dict(sorted(lessons.activities.items())),
                requests=dict(sorted(self._requests.items())),
                errors=dict(sorted((self._errors + lessons.problems).items())),
                skipped=self._skipped,
                seconds=round(seconds, 3),
                requests_per_second=round(self._requests.total() / seconds, 1),
                records_per_second=round(lessons.carried / seconds, 1),
                latency=Latency.of(self._seconds),
                interrupted=interrupted,
            )


def _kind(answer: Answer) -> str:
    """What went wrong, in a word: the status, and the machine word if the server gives one."""
    code = answer.json.get("code") if isinstance(answer.json, dict) else None
    is_word = isinstance(code, str) and _WORD.fullmatch(code)
    return f"{answer.status} {code}" if is_word else str(answer.status)

"""Runs checks one after the other, and tells of each."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Check, Group, Level
from customcrm.checker.checks.connects.health_answers import health_answers
from customcrm.checker.correspondent import CannotClean
from customcrm.checker.events import Checked, Event, RunEnded, RunStarted, Status
from customcrm.checker.expectations import Broken
from customcrm.checker.redaction import excerpt, redacted
from customcrm.client.curl import curl_of
from customcrm.client.exchange import NOT_JSON, Answer
from customcrm.client.http import ClientError, NoAnswer, TooSlow, Unreachable

MOST_WAITS: Final = 10
"""Checks that may wait for an answer in vain, before the run breaks off."""

INTERRUPTED: Final = "it was interrupted"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a target is checked.

    Attributes:
        read_only: whether checks that write are skipped.
        strict: whether a SHOULD weighs as much as a MUST.
        baseline: checks that are expected to fail, each with the reason.
        clean: whether what was written is removed at the end, where the target offers a way.
        verify: whether the curl lines shall insist on a valid certificate.
    """

    read_only: bool = False
    clean: bool = False
    strict: bool = False
    baseline: Mapping[str, str] = field(default_factory=dict)
    verify: bool = True

    def decides(self, check: Check) -> bool:
        """Whether a check decides whether the target conforms."""
        return check.level is Level.MUST or (self.strict and check.level is Level.SHOULD)


def run(checks: Sequence[Check], asker: Asker, terms: Terms) -> Iterator[Event]:
    """Check a target.

    Ctrl-C ends a run, and so does a target that is lost: the checks that are left are skipped, and
    the last event says why, and what has been written by then.

    Yields:
        What happens, when it happens.

    Raises:
        Unreachable: the target cannot be reached, and nothing has been found out.
    """
    began = time.perf_counter()
    results: list[Checked] = []
    yield RunStarted(
        asker.client.target, asker.mark, datetime.now(UTC), tuple(checks), terms.read_only
    )
    ending = _Ending()
    for check in checks:
        if ending.reason:
            result = Checked(check, Status.SKIP, reason=ending.reason)
        else:
            try:
                result = _run_one(check, asker, terms)
            except Unreachable as error:
                if not results and not asker.left_behind:
                    raise
                result = ending.lose(check, redacted(str(error), asker.client.target.key))
            except KeyboardInterrupt:
                result = ending.lose(check, INTERRUPTED)
        ending.note(result)
        results.append(result)
        yield result
    removed, not_cleaned = _cleaned(asker) if terms.clean else (Counter[str](), "")
    yield RunEnded(
        results=tuple(results),
        left_behind=asker.left_behind,
        seconds=time.perf_counter() - began,
        lost=ending.lost,
        removed=removed,
        not_cleaned=not_cleaned,
    )


def _cleaned(asker: Asker) -> tuple[Counter[str], str]:
    """Remove what the run has written: how much was removed, or why nothing was."""
    if not asker.left_behind:
        return Counter(), ""
    try:
        return asker.clean_up(), ""
    except CannotClean:
        return Counter(), "the server offers no way to remove it"
    except ClientError as error:
        return Counter(), redacted(str(error), asker.client.target.key)


class _Ending:
    """Why the checks that are left are skipped, if they are."""

    def __init__(self) -> None:
        self.reason = ""
        self.lost = ""
        self._waits = 0

    def lose(self, check: Check, why: str) -> Checked:
        """The run breaks off at a check."""
        self.lost = why
        self.reason = "the run broke off"
        return Checked(check, Status.SKIP, reason=self.reason)

    def note(self, result: Checked) -> None:
        """See whether it makes sense to go on after a result."""
        if _refuses_key(result):
            self.reason = "the key is refused"
        if result.broken is not None and result.broken.waited:
            self._waits += 1
            if self._waits == MOST_WAITS:
                self.lose(result.check, f"{MOST_WAITS} checks have waited for an answer in vain")


def _refuses_key(result: Checked) -> bool:
    """Whether a check shows that the key which was given is not valid: all else would fail so."""
    if result.check is not health_answers or result.broken is None:
        return False
    return result.broken.answer.status in {401, 403}


def _run_one(check: Check, asker: Asker, terms: Terms) -> Checked:
    expected, counts = check.id in terms.baseline, terms.decides(check)
    reason = redacted(terms.baseline.get(check.id, ""), asker.client.target.key)
    if check.writes and terms.read_only:
        return Checked(check, Status.SKIP, reason="it writes, and this run only reads")
    began = time.perf_counter()
    try:
        _insist_on_group(check, asker, terms)
        broken = check.run(asker)
    except CannotAsk as error:
        return Checked(check, Status.SKIP, time.perf_counter() - began, reason=str(error))
    except NoAnswer as error:
        broken = _unanswered(asker, error)
    seconds = time.perf_counter() - began
    if broken is None:
        return Checked(check, Status.PASS, seconds, reason=reason, expected=expected, counts=counts)
    target = asker.client.target
    curl = redacted(curl_of(target, broken.answer.request, verify=terms.verify), target.key)
    told = broken._replace(
        expected=excerpt(broken.expected, target.key), got=excerpt(broken.got, target.key)
    )
    status = Status.ADVICE if check.level is Level.MAY else Status.FAIL
    return Checked(check, status, seconds, told, curl, reason, expected, counts)


def _insist_on_group(check: Check, asker: Asker, terms: Terms) -> None:
    """Tasks and activities are optional: Enginy exports and syncs without them.

    Raises:
        CannotAsk: the check is about what the target does not offer.
    """
    writes = not terms.read_only
    if check.group is Group.TASKS and not asker.offers_tasks(may_write=writes):
        raise CannotAsk("not offered, which is allowed")
    if check.group is Group.ACTIVITIES and writes and not asker.offers_activities():
        raise CannotAsk("not offered, which is allowed")


def _unanswered(asker: Asker, error: NoAnswer) -> Broken:
    """A request that has no answer: a fault of the target, if it is there still.

    Raises:
        Unreachable: it is not.
    """
    try:
        asker.ask("GET", "/health")
    except NoAnswer as again:
        raise Unreachable(str(again)) from again
    answer = Answer(error.request, 0, {}, b"", 0.0, NOT_JSON)
    return Broken("an answer", error.what, answer, waited=isinstance(error, TooSlow))

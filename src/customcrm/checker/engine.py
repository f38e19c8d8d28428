"""Runs checks one after the other, and tells of each."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from customcrm.checker.asker import Asker, CannotAsk
from customcrm.checker.check import Check, Level
from customcrm.checker.checks.connects.health_answers import health_answers
from customcrm.checker.events import Checked, Event, RunEnded, RunStarted, Status
from customcrm.checker.expectations import Broken
from customcrm.checker.redaction import redacted, shortened
from customcrm.client.curl import curl_of
from customcrm.client.exchange import NOT_JSON, Answer
from customcrm.client.http import HungUp, Unreachable


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a target is checked.

    Attributes:
        read_only: whether checks that write are skipped.
        strict: whether a SHOULD weighs as much as a MUST.
        baseline: checks that are expected to fail, each with the reason.
        verify: whether the curl lines shall insist on a valid certificate.
    """

    read_only: bool = False
    strict: bool = False
    baseline: Mapping[str, str] = field(default_factory=dict)
    verify: bool = True

    def decides(self, check: Check) -> bool:
        """Whether a check decides whether the target conforms."""
        return check.level is Level.MUST or (self.strict and check.level is Level.SHOULD)


def run(checks: Sequence[Check], asker: Asker, terms: Terms) -> Iterator[Event]:
    """Check a target.

    Yields:
        What happens, when it happens.

    Raises:
        Unreachable: the target cannot be reached, or not any more.
    """
    began = time.perf_counter()
    results: list[Checked] = []
    yield RunStarted(
        asker.client.target, asker.mark, datetime.now(UTC), tuple(checks), terms.read_only
    )
    refused = False
    for check in checks:
        result = (
            Checked(check, Status.SKIP, reason="the key is refused")
            if refused
            else _run_one(check, asker, terms)
        )
        refused = refused or _refuses_key(result)
        results.append(result)
        yield result
    yield RunEnded(tuple(results), asker.left_behind, time.perf_counter() - began)


def _refuses_key(result: Checked) -> bool:
    """Whether a check shows that the key which was given is not valid: all else would fail so."""
    if result.check is not health_answers or result.broken is None:
        return False
    return result.broken.answer.status in {401, 403}


def _run_one(check: Check, asker: Asker, terms: Terms) -> Checked:
    expected, counts = check.id in terms.baseline, terms.decides(check)
    reason = terms.baseline.get(check.id, "")
    if check.writes and terms.read_only:
        return Checked(check, Status.SKIP, reason="it writes, and this run only reads")
    began = time.perf_counter()
    try:
        broken = check.run(asker)
    except CannotAsk as error:
        return Checked(check, Status.SKIP, time.perf_counter() - began, reason=str(error))
    except HungUp as error:
        broken = _hung_up(asker, error)
    seconds = time.perf_counter() - began
    if broken is None:
        return Checked(check, Status.PASS, seconds, reason=reason, expected=expected, counts=counts)
    target = asker.client.target
    curl = redacted(curl_of(target, broken.answer.request, verify=terms.verify), target.key)
    told = broken._replace(
        expected=shortened(redacted(broken.expected, target.key)),
        got=shortened(redacted(broken.got, target.key)),
    )
    return Checked(check, Status.FAIL, seconds, told, curl, reason, expected, counts)


def _hung_up(asker: Asker, error: HungUp) -> Broken:
    """A connection that was closed in the middle: a fault of the target, if it is there still.

    Raises:
        Unreachable: it is not.
    """
    try:
        asker.ask("GET", "/health")
    except HungUp as again:
        raise Unreachable(str(again)) from again
    answer = Answer(error.request, 0, {}, b"", 0.0, NOT_JSON)
    return Broken("an answer", "the connection was closed without one", answer)

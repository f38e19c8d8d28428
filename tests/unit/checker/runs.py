"""A run with one of each: made by hand, so that reports can be read word by word."""

from collections import Counter
from datetime import UTC, datetime

from customcrm.checker.checks import CHECKS
from customcrm.checker.events import Checked, Event, RunEnded, RunStarted, Status
from customcrm.checker.expectations import Broken
from customcrm.client.exchange import Answer, Request
from customcrm.client.target import Target

BY_ID = {check.id: check for check in CHECKS}
ANSWER = Answer(Request("GET", "/health"), 500, {}, b"", 0.1, {})
CURL = 'curl -sS https://crm.example.com/users -H "X-API-Key: $KEY"'


def passed(check_id: str, *, expected: str = "") -> Checked:
    check = BY_ID[check_id]
    return Checked(check, Status.PASS, 0.01, reason=expected, expected=bool(expected), counts=True)


def failed(check_id: str, *, expected: str = "", counts: bool = True) -> Checked:
    broken = Broken("an array", 'the body is {"users": "<b>&"}', ANSWER)
    return Checked(
        BY_ID[check_id], Status.FAIL, 0.02, broken, CURL, expected, bool(expected), counts
    )


def advised(check_id: str) -> Checked:
    broken = Broken("one record", "two records", ANSWER)
    return Checked(BY_ID[check_id], Status.ADVICE, 0.02, broken, CURL)


def skipped(check_id: str) -> Checked:
    return Checked(BY_ID[check_id], Status.SKIP, reason="GET /users is not offered")


def run_of(*results: Checked, read_only: bool = False) -> list[Event]:
    target = Target("https://crm.example.com", "secret")
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    checks = tuple(result.check for result in results)
    started = RunStarted(target, "check-9f3a2c", at, checks, read_only)
    left = Counter() if read_only else Counter({"contacts": 2, "companies": 1})
    return [started, *results, RunEnded(results, left, 1.25)]


ONE_OF_EACH = run_of(
    passed("health.answers"),
    passed("health.says-ok"),
    failed("users.answers"),
    skipped("users.ids-differ"),
    failed("contacts.create.in-order", counts=False),
    failed("contacts.create.url-safe-ids", expected="old ids have dots: ids of 2012"),
    advised("contacts.create.link-keeps-values"),
)

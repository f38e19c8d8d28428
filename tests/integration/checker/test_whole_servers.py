"""Servers as they are in life: Enginy's demo with its faults, and one that does the least."""

import pytest

from customcrm.checker.check import Level
from customcrm.checker.engine import Terms
from customcrm.checker.events import RunEnded, Status
from tests.integration.checker.demo import DemoServer
from tests.integration.checker.minimal import MinimalServer
from tests.integration.checker.running import UNMET, results_of

FAULTS = {
    "/health accepts any key": {"auth.missing-key", "auth.wrong-key"},
    "sync by externalId only": {"contacts.sync.by-email", "companies.sync.by-domain"},
    "a repeated externalId fails the whole batch": {
        "contacts.create.same-external-id-again",
        "companies.create.same-external-id-again",
        "contacts.create.same-external-id-in-one-batch",
    },
    "a batch that fails stores half of it": {
        "contacts.create.malformed-stores-nothing",
        "companies.create.malformed-stores-nothing",
    },
    "PUT erases stored custom fields": {
        "contacts.update.keeps-custom-properties",
        "companies.update.keeps-custom-properties",
    },
    "sync echoes the whole payload back": {"contacts.sync.no-echo", "companies.sync.no-echo"},
    "PATCH /tasks/batch unreachable": {"tasks.batch-complete.answers"},
    "unknown task PATCH is 500": {"tasks.update.unknown-id"},
    "missing arrays are 500": {
        "contacts.create.without-array",
        "contacts.update.without-array",
        "companies.sync.without-array",
        "associations.create.without-array",
    },
    "no validation": {"tasks.create.without-subject", "activities.create.without-type"},
    "metadata comes back as a string": {"activities.create.metadata-as-object"},
    "no protection against repeats": {"tasks.create.repeat", "activities.create.repeat"},
    "/api/config hands the API key to anyone": {"auth.key-not-handed-out"},
    "record pages run any script found in an email body": {"pages.hostile-html"},
}
"""Those of the contract's list that a client can see, and the checks that must see them."""


@pytest.fixture(scope="module")
def failures_of_the_demo() -> set[str]:
    return {r.check.id for r in results_of(DemoServer().answer) if r.status in UNMET}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_enginys_demo_is_caught(failures_of_the_demo: set[str], fault: str) -> None:
    assert FAULTS[fault] <= failures_of_the_demo


def test_the_demo_does_not_conform(failures_of_the_demo: set[str]) -> None:
    assert len(FAULTS) > 10
    assert len(failures_of_the_demo) > len(FAULTS)


def test_a_server_that_does_the_least_fails_no_must() -> None:
    results = results_of(MinimalServer().answer)

    failed = [(r.check.id, r.broken) for r in results if r.status in UNMET]
    musts = [r for r in results if r.check.level is Level.MUST]
    assert [one for one in failed if one[0] in {r.check.id for r in musts}] == []
    assert sum(r.status is Status.PASS for r in musts) > 50
    assert RunEnded(tuple(results)).conforms
    assert failed  # and it is told what it could do better


def test_strictly_the_least_is_not_enough() -> None:
    results = results_of(MinimalServer().answer, Terms(strict=True))
    assert not RunEnded(tuple(results)).conforms

import pytest

from customcrm.crm.planning import Effect, Outcome
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES
from customcrm.operations.associations import create_associations
from customcrm.operations.ports import Pair
from customcrm.operations.records import create_records
from tests.unit.fakes import fake_origin
from tests.unit.memory_backend import MemoryBackend

JANE, JOE, ACME = "contact_000001", "contact_000002", "company_000003"
ORIGIN = fake_origin()


@pytest.fixture
def backend() -> MemoryBackend:
    backend, origin = MemoryBackend(), fake_origin()
    create_records(backend, CONTACT_RULES, [{"externalId": "1"}, {"externalId": "2"}], origin)
    create_records(backend, COMPANY_RULES, [{"externalId": "3"}], origin)
    return backend


def test_pairs_are_linked(backend: MemoryBackend) -> None:
    pairs = [Pair(JOE, ACME, {}), Pair(JANE, ACME, {"role": "CEO"})]
    assert create_associations(backend, pairs, ORIGIN) == [
        Outcome(JOE, JOE, Effect.LINKED),
        Outcome(JANE, JANE, Effect.LINKED),
    ]
    assert backend.data.associations == {(JANE, ACME): {"role": "CEO"}, (JOE, ACME): {}}


def test_a_pair_that_is_linked_already_counts_as_linked(backend: MemoryBackend) -> None:
    first = create_associations(backend, [Pair(JANE, ACME, {})], ORIGIN)
    assert create_associations(backend, [Pair(JANE, ACME, {})], ORIGIN) == first


def test_the_same_pair_twice_keeps_what_was_said_of_either(backend: MemoryBackend) -> None:
    pairs = [Pair(JANE, ACME, {"role": "CEO", "since": 1}), Pair(JANE, ACME, {"since": 2})]
    assert [one.effect for one in create_associations(backend, pairs, ORIGIN)] == [
        Effect.LINKED,
        Effect.LINKED,
    ]
    assert backend.data.associations == {(JANE, ACME): {"role": "CEO", "since": 2}}


def test_each_failing_pair_says_why_and_does_not_disturb_the_others(
    backend: MemoryBackend,
) -> None:
    pairs = [
        Pair("nobody", ACME, {}),
        Pair(JANE, "nothing", {}),
        Pair(ACME, JANE, {}),
        Pair(JANE, ACME, {}),
    ]
    outcomes = create_associations(backend, pairs, ORIGIN)
    assert [(one.effect, one.reason) for one in outcomes] == [
        (Effect.FAILED, "Contact not found"),
        (Effect.FAILED, "Company not found"),
        (Effect.FAILED, "Contact not found"),
        (Effect.LINKED, None),
    ]
    assert list(backend.data.associations) == [(JANE, ACME)]


@pytest.mark.parametrize(
    ("gone", "reason"), [(JANE, "Contact not found"), (ACME, "Company not found")]
)
def test_a_deleted_end_is_not_found(backend: MemoryBackend, gone: str, reason: str) -> None:
    backend.delete(gone)
    (outcome,) = create_associations(backend, [Pair(JANE, ACME, {})], ORIGIN)
    assert outcome == Outcome(JANE, "", Effect.FAILED, reason)
    assert not backend.data.associations


def test_no_pairs_are_no_work(backend: MemoryBackend) -> None:
    assert create_associations(backend, [], ORIGIN) == []

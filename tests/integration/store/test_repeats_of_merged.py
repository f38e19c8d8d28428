"""A message is logged once, under whichever id of a merged contact it comes again."""

from itertools import permutations
from typing import Any

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.merging import Merge
from customcrm.crm.records import Kind
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.store.backend import Store
from tests.integration.store.world import RULES, at_once, create, logged, origin

CONTACT = RULES[Kind.CONTACT]


def people(store: Store, count: int) -> list[str]:
    return create(store, *[{"externalId": str(n)} for n in range(count)])


def merge(store: Store, survivor: str, merged: str) -> Merge:
    return merge_records(store.merges, CONTACT, survivor, merged, {}, origin(actor="user:tom"))


def undo(store: Store, merge: Merge) -> None:
    undo_merge(store.merges, CONTACT, merge.id, origin(actor="user:tom"))


def log(store: Store, contact: str | None, message: Any = "m1", **other: str) -> str:
    """Log a message; the body is another one each time, so that only its `messageId` tells."""
    values = {"direction": "OUTBOUND", **other}
    sent = CreateActivity("EMAIL", contact_id=contact, metadata={"messageId": message}, **values)  # type: ignore[arg-type]
    return logged(store, sent, {}, f"{contact} {message} {other} {id(sent)}".encode()).id


@pytest.mark.parametrize("first", ["survivor", "merged"])
def test_a_message_under_either_id_is_logged_once(store: Store, first: str) -> None:
    survivor, merged = people(store, 2)
    one, other = (survivor, merged) if first == "survivor" else (merged, survivor)
    before = log(store, one)
    assert log(store, other, "m2") != before
    merge(store, survivor, merged)
    assert log(store, one) == log(store, other) == before


@pytest.mark.parametrize("first", ["survivor", "merged"])
def test_a_message_that_came_after_the_merge_too(store: Store, first: str) -> None:
    survivor, merged = people(store, 2)
    one, other = (survivor, merged) if first == "survivor" else (merged, survivor)
    merge(store, survivor, merged)
    before = log(store, one)
    assert log(store, other) == log(store, one) == before


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_three_that_are_one_every_id_knows_it(store: Store, order: tuple[int, ...]) -> None:
    ids = people(store, 3)
    before = log(store, ids[order[0]])
    merge(store, ids[order[1]], ids[order[0]])
    merge(store, ids[order[2]], ids[order[1]])
    assert {log(store, one) for one in ids} == {before}


def test_after_an_undo_each_id_knows_its_own(store: Store) -> None:
    survivor, merged = people(store, 2)
    of_survivor, of_merged = log(store, survivor, "s"), log(store, merged, "m")
    merging = merge(store, survivor, merged)
    later = log(store, merged, "later")
    assert log(store, merged, "s") == of_survivor
    undo(store, merging)
    assert log(store, survivor, "s") == of_survivor
    assert log(store, merged, "m") == of_merged
    assert log(store, merged, "later") == later
    assert log(store, survivor, "later") != later
    assert log(store, survivor, "m") != of_merged
    merge(store, survivor, merged)
    assert log(store, merged, "later") == later


def test_both_had_it_before_they_were_one(store: Store) -> None:
    survivor, merged = people(store, 2)
    one, other = log(store, survivor), log(store, merged)
    assert one != other
    merge(store, survivor, merged)
    assert (log(store, survivor), log(store, merged)) == (one, other)


def test_another_message_direction_or_contact_is_another_activity(store: Store) -> None:
    survivor, merged, stranger = people(store, 3)
    merge(store, survivor, merged)
    before = log(store, survivor)
    assert log(store, stranger) != before
    assert log(store, merged, "m2") != before
    assert log(store, merged, direction="INBOUND") != before
    assert log(store, None) != before
    assert log(store, "unknown") != before
    assert log(store, "unknown") == log(store, "unknown")
    assert log(store, merged, 7) == log(store, survivor, "7")


def test_the_same_message_at_once_under_both_ids_is_one(store: Store) -> None:
    survivor, merged = people(store, 2)
    merge(store, survivor, merged)
    ids = [survivor, merged] * 8
    assert len(set(at_once([lambda one=one: log(store, one) for one in ids]))) == 1  # type: ignore[misc]

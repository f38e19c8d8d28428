import msgspec
import pytest

from customcrm.crm.planning import Effect, Outcome
from customcrm.operations.calls import MAX_ITEMS, CallItem, Tally, tally_of


def test_no_items_are_no_counts() -> None:
    assert tally_of([]) == Tally()


@pytest.mark.parametrize("effect", Effect)
def test_each_effect_has_its_own_count(effect: Effect) -> None:
    counts = {"received": 3, effect.value: 3}
    tally = tally_of([Outcome("1", "contact_1", effect)] * 3)
    assert tally == msgspec.convert(counts, Tally)


def test_a_mixed_batch_is_counted_item_by_item() -> None:
    tally = tally_of(
        [
            Outcome("1", "c1", Effect.CREATED),
            Outcome("2", "c1", Effect.LINKED, "email"),
            Outcome("3", "", Effect.FAILED, "Contact not found"),
            Outcome("4", "c2", Effect.UNCHANGED),
            Outcome("5", "c2", Effect.UPDATED),
        ]
    )
    assert tally == Tally(
        received=5,
        created=1,
        updated=1,
        linked=1,
        unchanged=1,
        failed=1,
        items=[
            CallItem(1, "2", "c1", "linked", "email"),
            CallItem(2, "3", "", "failed", "Contact not found"),
        ],
    )


def test_only_so_many_items_are_told_one_by_one_but_all_are_counted() -> None:
    tally = tally_of([Outcome("1", "", Effect.FAILED, "Contact not found")] * (MAX_ITEMS + 1))
    assert tally.failed == MAX_ITEMS + 1
    assert [item.index for item in tally.items] == list(range(MAX_ITEMS))

"""Two records become one, and two again: in both databases."""

from datetime import timedelta
from itertools import permutations
from threading import Thread
from typing import Any, NamedTuple

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.contract.tasks import CreateTask
from customcrm.crm.merging import Merge
from customcrm.crm.planning import Effect
from customcrm.crm.records import Kind
from customcrm.errors import (
    CrmError,
    MergedMeanwhile,
    MergeNotFound,
    MergeTooOld,
    MergeWithItself,
    RecordGone,
    SurvivorDeleted,
    SurvivorMerged,
)
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.records import RecordPage, TimelineFilter
from customcrm.operations.editing import Edit, delete_records, edit_record, restore_records
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.operations.ports import Pair
from customcrm.operations.records import read_records, sync_records
from customcrm.operations.tasks import create_task
from customcrm.store.backend import Store
from tests.integration.store.sql import rows
from tests.integration.store.world import (
    NOW,
    PATIENCE,
    RULES,
    at_once,
    create,
    creation,
    firms,
    logged,
    origin,
    properties,
    request,
    update,
)

TOM = origin(actor="user:tom")
CASES = [
    (Kind.CONTACT, "email", "jo@acme.example", "joe@acme.example"),
    (Kind.COMPANY, "domain", "acme.example", "acme-old.example"),
]
KINDS = pytest.mark.parametrize(("kind", "field", "one", "other"), CASES)


def merge(
    store: Store, kind: Kind, survivor: str, gone: str, who: Any = TOM, **choices: str
) -> Merge:
    return merge_records(store.merges, RULES[kind], survivor, gone, choices, who)


def undo(store: Store, kind: Kind, merge_id: str, who: Any = TOM) -> Merge:
    return undo_merge(store.merges, RULES[kind], merge_id, who)


def synced(store: Store, kind: Kind, **sent: Any) -> list[str]:
    return [one.record_id for one in sync_records(store, RULES[kind], [sent], origin())]


def listed(store: Store, kind: Kind) -> set[str]:
    store.project_pending()
    return {card.id for card in store.catalogue.cards(kind, CardFilter(), Order(), None, 9).items}


@KINDS
def test_everything_of_both_leads_to_the_survivor_and_back(
    store: Store, kind: Kind, field: str, one: str, other: str
) -> None:
    first, second = create(
        store,
        {"externalId": "1", field: one, "city": "Vigo", "level": 1},
        {"externalId": "2", field: other, "level": 2, "size": "10"},
        kind=kind,
    )
    assert listed(store, kind) == {first, second}

    done = merge(store, kind, first, second, level="merged")

    merged = {field: one, "city": "Vigo", "level": 2, "size": "10"}
    assert properties(store, second, kind) == properties(store, first, kind) == merged
    assert listed(store, kind) == {first}
    for sent in ({"externalId": "2"}, {"externalId": "9", field: other}, {"externalId": "1"}):
        assert synced(store, kind, **sent) == [first]
    assert [found.record.id for found in read_records(store, kind, [second, first])] == [first] * 2
    # Enginy exports both again: nothing new comes of it, and PUT finds the survivor by either id.
    again = creation(store, [{"externalId": "2", field: other}, {"externalId": "1"}], kind)
    assert [outcome.record_id for outcome in again] == [first, first]
    update(store, {"crmId": second, "level": 3}, kind=kind)
    assert properties(store, first, kind)["level"] == 3

    undone = undo(store, kind, done.id)

    assert (undone.undone_at, undone.undone_by) == (NOW, "user:tom")
    # What came under an id, before the merge or since, is its own again.
    assert properties(store, first, kind) == {field: one, "city": "Vigo", "level": 1}
    assert properties(store, second, kind) == {field: other, "level": 3, "size": "10"}
    assert synced(store, kind, externalId="2") == [second]
    assert synced(store, kind, externalId="1") == [first]
    assert listed(store, kind) == {first, second}
    assert undo(store, kind, done.id) == undone


def test_who_is_linked_by_what_came_from_the_merged_one_goes_with_it(store: Store) -> None:
    sue, mia = create(
        store,
        {"externalId": "1", "firstName": "Sue", "phone": "+34600000001"},
        {"externalId": "2", "email": "mia@x.example", "title": "CTO"},
    )
    done = merge(store, Kind.CONTACT, sue, mia)
    # Sue has taken Mia's email; later Mia gets another one.
    sent = {"externalId": "3", "email": "mia@x.example", "city": "Rome", "title": "CEO"}
    creation(store, [sent])
    update(store, {"crmId": mia, "email": "new@x.example"})
    creation(store, [{"externalId": "4", "email": "new@x.example", "phone": "+34600000002"}])
    assert properties(store, sue)["title"] == "CTO"

    undo(store, Kind.CONTACT, done.id)

    assert properties(store, sue) == {"firstName": "Sue", "phone": "+34600000001"}
    assert properties(store, mia) == {
        "email": "new@x.example",
        "title": "CTO",
        "city": "Rome",
        # It was Sue's while both were one; Mia had none.
        "phone": "+34600000002",
    }
    for name in "34":
        assert synced(store, Kind.CONTACT, externalId=name) == [mia]


def test_a_batch_links_by_a_merged_key_as_its_records_would_one_by_one(store: Store) -> None:
    sue, mia = create(store, {"externalId": "1"}, {"externalId": "2", "email": "mia@x.example"})
    merge(store, Kind.CONTACT, sue, mia)
    sent = [
        {"externalId": "1", "email": "sue@x.example"},
        {"externalId": "3", "email": "mia@x.example"},
    ]
    assert [one.record_id for one in creation(store, sent)] == [sue, sue]


def test_what_is_set_by_hand_as_it_is_shown_is_the_survivors_own(store: Store) -> None:
    sue, mia = create(store, {"externalId": "1"}, {"externalId": "2", "stage": "customer"})
    done = merge(store, Kind.CONTACT, sue, mia)
    edit = [Edit("stage", "customer", "customer")]
    edit_record(store, RULES[Kind.CONTACT], sue, edit, TOM)
    undo(store, Kind.CONTACT, done.id)
    assert properties(store, sue) == properties(store, mia) == {"stage": "customer"}


def test_what_changes_nothing_that_is_shown_is_no_change(store: Store, database_url: str) -> None:
    sue, mia = create(store, {"externalId": "1", "level": 1}, {"externalId": "2", "level": 2})
    merge(store, Kind.CONTACT, sue, mia)
    seen = "SELECT updated_at, (SELECT count(*) FROM history) FROM contacts WHERE id = :i"
    before = rows(database_url, seen, i=sue)
    (outcome,) = update(store, {"crmId": mia, "level": 1}, at=NOW + timedelta(hours=1))
    assert outcome.effect is Effect.UNCHANGED
    assert rows(database_url, seen, i=sue) == before


class Family(NamedTuple):
    """Two contacts, each at a company of its own, with something said and something to do."""

    people: list[str]
    companies: list[str]


def say(store: Store, who: str, mark: str) -> None:
    sent = CreateActivity("EMAIL", contact_id=who, occurred_at=NOW, direction="INBOUND")
    logged(store, sent, {}, mark.encode())


def family(store: Store) -> Family:
    people = create(store, {"externalId": "1"}, {"externalId": "2", "email": "a@b.example"})
    companies = create(store, *firms(2), kind=Kind.COMPANY)
    pairs = [Pair(*pair, {}) for pair in zip(people, companies, strict=True)]
    create_associations(store, pairs, origin())
    for who in people:
        say(store, who, who)
        create_task(store, CreateTask(who, contact_id=who), {}, request(who.encode()), TOM)
    store.project_pending()
    return Family(people, companies)


def page_of(store: Store, record_id: str) -> RecordPage:
    page = store.catalogue.record_page(Kind.CONTACT, record_id)
    assert page is not None
    return page


def test_what_belongs_to_both_is_shown_together(store: Store) -> None:
    (first, second), companies = family(store)

    merge(store, Kind.CONTACT, first, second)
    say(store, second, "later")
    store.project_pending()

    page = page_of(store, second)
    assert (page.record.id, page.merged) == (first, (second,))
    assert {one.external_id for one in page.external_ids} == {"1", "2"}
    assert {card.id for card in page.linked} == set(companies)
    assert len(page.tasks) == 2
    assert page.card.activities == 3
    chosen = TimelineFilter(changes=True)
    entries = store.catalogue.timeline(Kind.CONTACT, first, chosen, None, 50).entries
    assert sum(entry.activity is not None for entry in entries) == 3
    told = {(e.change.record_id, e.change.action) for e in entries if e.change is not None}
    assert {(first, "merged"), (second, "merged"), (second, "created")} <= told
    cards = store.catalogue.cards_by_id(Kind.COMPANY, companies)
    assert [(cards[one].people, cards[one].activities) for one in companies] == [(1, 3), (1, 3)]


def test_what_belongs_to_each_goes_back(store: Store) -> None:
    (first, second), companies = family(store)
    done = merge(store, Kind.CONTACT, first, second)
    # What comes for the merged id meanwhile is its own again afterwards.
    say(store, second, "later")
    store.project_pending()

    undo(store, Kind.CONTACT, done.id)
    store.project_pending()

    for who, company, number in zip((first, second), companies, (1, 2), strict=True):
        page = page_of(store, who)
        assert (page.record.id, page.merged) == (who, ())
        assert [card.id for card in page.linked] == [company]
        assert [line.task.subject for line in page.tasks] == [who]
        assert page.card.activities == number
    cards = store.catalogue.cards_by_id(Kind.COMPANY, companies)
    assert [cards[one].activities for one in companies] == [1, 2]


def test_those_merged_before_come_along_and_go_back(store: Store) -> None:
    a, b, c = create(store, *[{"externalId": name, "name": name} for name in "abc"])
    inner = merge(store, Kind.CONTACT, b, c)
    outer = merge(store, Kind.CONTACT, a, b)
    assert outer.brought == (c,)
    assert synced(store, Kind.CONTACT, externalId="c") == [a]
    with pytest.raises(SurvivorMerged):
        undo(store, Kind.CONTACT, inner.id)

    undo(store, Kind.CONTACT, outer.id)
    assert synced(store, Kind.CONTACT, externalId="c") == [b]
    undo(store, Kind.CONTACT, inner.id)
    assert synced(store, Kind.CONTACT, externalId="c") == [c]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_merges_into_one_are_undone_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    sent: list[dict[str, Any]] = [
        {"externalId": "0", "title": "T0"},
        {"externalId": "1", "title": "T1", "email": "b@x.example"},
        {"externalId": "2", "title": "T2", "email": "c@x.example"},
        {"externalId": "3", "title": "T0", "email": "d@x.example"},
    ]
    ids = create(store, *sent)
    was = [properties(store, one) for one in ids]
    done = [
        merge(store, Kind.CONTACT, ids[0], one, title="merged", email="merged") for one in ids[1:]
    ]
    assert properties(store, ids[0]) == was[3]

    for number in order:
        undo(store, Kind.CONTACT, done[number].id)

    assert [properties(store, one) for one in ids] == was
    for one, told in zip(ids[1:], sent[1:], strict=True):
        assert synced(store, Kind.CONTACT, externalId="new", email=told["email"]) == [one]


def test_what_somebody_changed_between_two_merges_stays(store: Store) -> None:
    a, b, c = create(store, *[{"externalId": name, "title": name} for name in "abc"])
    first = merge(store, Kind.CONTACT, a, b, title="merged")
    update(store, {"crmId": a, "title": "by hand"})
    second = merge(store, Kind.CONTACT, a, c, title="merged")

    undo(store, Kind.CONTACT, first.id)
    assert properties(store, a) == {"title": "c"}
    undo(store, Kind.CONTACT, second.id)
    assert properties(store, a) == {"title": "by hand"}


@KINDS
def test_a_survivor_that_is_deleted_takes_the_merged_keys_along(
    store: Store, kind: Kind, field: str, one: str, other: str
) -> None:
    first, second = create(
        store, {"externalId": "1", field: one}, {"externalId": "2", field: other}, kind=kind
    )
    done = merge(store, kind, first, second)
    delete_records(store, RULES[kind], [second], TOM)
    assert synced(store, kind, externalId="9", **{field: other}) == []
    with pytest.raises(SurvivorDeleted):
        undo(store, kind, done.id)

    restore_records(store, RULES[kind], [first], TOM)
    assert synced(store, kind, externalId="9", **{field: other}) == [first]
    (linked,) = creation(store, [{"externalId": "8", field: other}], kind)
    assert (linked.record_id, linked.effect) == (first, Effect.LINKED)
    undo(store, kind, done.id)
    assert synced(store, kind, externalId="9", **{field: other}) == [second]
    assert synced(store, kind, externalId="8") == [second]


def test_in_one_batch_a_merged_key_still_links(store: Store) -> None:
    first, second = create(
        store,
        {"externalId": "1", "email": "a@b.example"},
        {"externalId": "2", "email": "c@d.example"},
    )
    merge(store, Kind.CONTACT, first, second)
    sent = [{"externalId": "1", "city": "Vigo"}, {"externalId": "3", "email": "c@d.example"}]
    outcomes = creation(store, sent)
    assert [outcome.record_id for outcome in outcomes] == [first, first]


def test_what_cannot_be_merged(store: Store) -> None:
    a, b, c, d = create(store, *[{"externalId": name} for name in "abcd"])
    (company,) = create(store, *firms(1), kind=Kind.COMPANY)
    delete_records(store, RULES[Kind.CONTACT], [d], TOM)
    done = merge(store, Kind.CONTACT, a, b)
    refused: list[tuple[str, str, type[CrmError]]] = [
        (a, a, MergeWithItself),
        (a, d, RecordGone),
        (d, a, RecordGone),
        (a, company, RecordGone),
        (a, "contact_unknown", RecordGone),
        (b, c, MergedMeanwhile),
        (c, b, MergedMeanwhile),
        (b, a, MergedMeanwhile),
    ]
    for survivor, gone, error in refused:
        with pytest.raises(error):
            merge(store, Kind.CONTACT, survivor, gone)
    assert merge(store, Kind.CONTACT, a, b) == done
    with pytest.raises(MergedMeanwhile):
        merge(store, Kind.CONTACT, a, b, origin(actor="user:ana"))
    with pytest.raises(MergedMeanwhile):
        merge(store, Kind.CONTACT, a, b, level="merged")
    with pytest.raises(MergeNotFound):
        undo(store, Kind.COMPANY, done.id)
    with pytest.raises(MergeNotFound):
        undo(store, Kind.CONTACT, "merge_unknown")


def test_a_merge_can_be_undone_for_thirty_days(store: Store) -> None:
    a, b = create(store, {"externalId": "a"}, {"externalId": "b"})
    done = merge(store, Kind.CONTACT, a, b)
    with pytest.raises(MergeTooOld):
        undo(store, Kind.CONTACT, done.id, origin(NOW + timedelta(days=30, seconds=1)))
    assert [one.merge.id for one in store.merges.merges_into(Kind.CONTACT, a)] == [done.id]
    undo(store, Kind.CONTACT, done.id, origin(NOW + timedelta(days=30)))
    assert store.merges.merges_into(Kind.CONTACT, a) == []


def test_of_two_who_merge_a_pair_at_once_one_is_told(store: Store) -> None:
    a, b = create(store, {"externalId": "a"}, {"externalId": "b"})

    def tries(survivor: str, gone: str, actor: str) -> str:
        try:
            return merge(store, Kind.CONTACT, survivor, gone, origin(actor=actor)).actor
        except MergedMeanwhile:
            return "told"

    came = at_once([lambda: tries(a, b, "user:ana"), lambda: tries(b, a, "user:tom")])
    assert came.count("told") == 1
    owner = properties(store, a), properties(store, b)
    assert owner[0] == owner[1]


def test_two_merged_records_that_are_linked_are_told_of_once(store: Store) -> None:
    stays, goes = create(store, {"externalId": "1", "firstName": "Ann"}, {"externalId": "2"})
    firm, old_firm = create(
        store,
        {"externalId": "1", "name": "Acme"},
        {"externalId": "2", "name": "Acme Old"},
        kind=Kind.COMPANY,
    )
    create_associations(store, [Pair(goes, old_firm, {})], TOM)
    store.project_pending()
    merge(store, Kind.CONTACT, stays, goes)
    merge(store, Kind.COMPANY, firm, old_firm)

    making = Thread(target=store.project_pending, daemon=True)
    making.start()
    making.join(PATIENCE)
    assert not making.is_alive(), "each has the other follow for ever"
    chosen = CardFilter(company=firm)
    (card,) = store.catalogue.cards(Kind.CONTACT, chosen, Order(), None, 9).items
    assert (card.id, card.company) == (stays, "Acme")
    assert store.catalogue.cards_by_id(Kind.COMPANY, [firm])[firm].people == 1

    update(store, {"crmId": firm, "name": "Acme New"}, kind=Kind.COMPANY)
    store.project_pending()
    (card,) = store.catalogue.cards(Kind.CONTACT, chosen, Order(), None, 9).items
    assert card.company == "Acme New"

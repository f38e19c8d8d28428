"""The page of a record, its timeline and its history."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from customcrm.contract.tasks import CompleteTasks, CreateTask
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import Cursor
from customcrm.operations.browsing.events import Named
from customcrm.operations.browsing.records import Entry, TimelineFilter
from customcrm.operations.ports import Pair
from customcrm.operations.tasks import complete_tasks, create_task
from customcrm.store.backend import Store
from customcrm.store.tables import ACTIVITIES
from tests.integration.store.sql import connected, run
from tests.integration.store.world import NOW, create, firms, origin, people, request, update


def _walk(store: Store, kind: Kind, record_id: str, chosen: TimelineFilter) -> list[Entry]:
    found: list[Entry] = []
    at: Cursor | None = None
    while True:
        stretch = store.catalogue.timeline(kind, record_id, chosen, at, 4)
        found += stretch.entries
        if stretch.after is None:
            return found
        assert len(stretch.entries) == 4
        at = stretch.after


def _key(entry: Entry) -> str:
    """What an entry is about."""
    if entry.activity:
        return entry.activity.activity.id
    return entry.task.task.id if entry.task else f"change {entry.change and entry.change.number}"


def _log(url: str, *, ids: range, about: dict[str, str], every: int = 1) -> list[str]:
    made: list[dict[str, Any]] = [
        {
            "id": f"activity_{number:03}",
            "type": ("EMAIL", "LINKEDIN")[number % 2],
            "direction": ("INBOUND", "OUTBOUND", None)[number % 3],
            **about,
            "properties": {},
            "created_at": NOW,
            "happened_at": NOW + timedelta(minutes=number // 4 * every),
        }
        for number in ids
    ]
    with connected(url) as connection:
        connection.execute(insert(ACTIVITIES), made)
    return [str(one["id"]) for one in made]


def test_a_record_page_tells_all_of_it(store: Store, database_url: str) -> None:
    one, gone = create(store, {"externalId": "e1", "firstName": "Ann"}, {"externalId": "e2"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {})], origin())
    tasks = [
        create_task(store, CreateTask(s, contact_id=c), {}, request(s.encode()), origin()).task.id
        for s, c in (("open", one), ("of the merged", gone), ("done", one))
    ]
    complete_tasks(store, CompleteTasks(tasks[2:]), origin())
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", to=one, id=gone)
    store.project_pending()
    update(store, {"crmId": one, "firstName": "Bea"})

    page = store.catalogue.record_page(Kind.CONTACT, gone)

    assert page is not None
    assert (page.card.id, page.card.name, page.card.company) == (one, "Bea", "Acme")
    assert page.record.properties == {"firstName": "Bea"}
    assert [name.external_id for name in page.external_ids] == ["e1", "e2"]
    assert page.merged == (gone,)
    assert [card.name for card in page.linked] == ["Acme"]
    assert page.linked_more is False
    assert [line.task.subject for line in page.tasks] == ["open", "of the merged"]
    assert page.done == 1
    company = store.catalogue.record_page(Kind.COMPANY, firm)
    assert company is not None
    assert [card.id for card in company.linked] == [one]
    assert store.catalogue.record_page(Kind.COMPANY, one) is None
    assert store.catalogue.names([one, gone, firm, "x"]) == {
        one: Named(one, "Bea"),
        gone: Named(one, "Bea"),
        firm: Named(firm, "Acme"),
    }


def test_a_deleted_record_still_has_its_page(store: Store, database_url: str) -> None:
    (one,) = create(store, {"externalId": "e1"})
    run(database_url, "UPDATE contacts SET deleted_at = 5 WHERE id = :id", id=one)

    page = store.catalogue.record_page(Kind.CONTACT, one)

    assert page is not None
    assert page.record.deleted
    assert page.card.name == "e1"


def test_many_linked_records_are_not_all_told(store: Store) -> None:
    ids = create(store, *people(102))
    (firm,) = create(store, *firms(1), kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {}) for one in ids], origin())
    store.project_pending()

    page = store.catalogue.record_page(Kind.COMPANY, firm)

    assert page is not None
    assert (len(page.linked), page.linked_more, page.card.people) == (100, True, 102)


@pytest.mark.parametrize("changes", [False, True])
def test_a_timeline_weaves_what_happened(
    store: Store,
    database_url: str,
    changes: bool,  # noqa: FBT001 - a case
) -> None:
    one, gone = create(store, {"externalId": "e1"}, {"externalId": "e2"})
    for step in range(6):
        update(store, {"crmId": one, "step": step}, at=NOW + timedelta(minutes=step // 2))
    tasks = [
        create_task(
            store, CreateTask(f"t{n}", contact_id=one), {}, request(f"{n}".encode()), origin()
        ).task.id
        for n in range(3)
    ]
    own = _log(database_url, ids=range(10), about={"contact_id": one})
    merged = _log(database_url, ids=range(10, 15), about={"contact_id": gone})
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", to=one, id=gone)

    entries = _walk(store, Kind.CONTACT, gone, TimelineFilter(changes=changes, tasks=True))

    keys = [_key(entry) for entry in entries]
    assert len(keys) == len(set(keys)) == 15 + 3 + (8 if changes else 0)
    assert set(keys) >= {*own, *merged, *tasks}
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
    numbers = [entry.change.number for entry in entries if entry.change]
    assert len(numbers) == (8 if changes else 0)


@pytest.mark.parametrize(
    "wanted", [{}, {"type": "EMAIL"}, {"type": "LINKEDIN", "direction": "INBOUND"}]
)
def test_the_timeline_of_a_company_is_that_of_all_its_people(
    store: Store, database_url: str, wanted: dict[str, Any]
) -> None:
    ids = create(store, *people(9))
    (firm,) = create(store, *firms(1), kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {}) for one in ids[:8]], origin())
    every: list[str] = []
    for number, one in enumerate(ids[:8]):
        about = {"contact_id": one, **({"company_id": firm} if number == 3 else {})}
        every += _log(database_url, ids=range(number * 6, number * 6 + 6), about=about, every=-1)
    every += _log(database_url, ids=range(90, 95), about={"company_id": firm})
    _log(database_url, ids=range(100, 103), about={"contact_id": ids[8]})

    entries = _walk(store, Kind.COMPANY, firm, TimelineFilter(**wanted))

    keys = [_key(entry) for entry in entries]
    meant = [
        one
        for one in every
        if wanted.get("type") in {None, ("EMAIL", "LINKEDIN")[int(one[-3:]) % 2]}
        and ("direction" not in wanted or int(one[-3:]) % 3 == 0)
    ]
    assert sorted(keys) == sorted(meant)
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)


def test_history_is_told_newest_first(store: Store) -> None:
    (one,) = create(store, {"externalId": "e1", "level": 0})
    for step in range(1, 6):
        update(store, {"crmId": one, "level": step}, at=NOW + timedelta(minutes=step // 2))

    first = store.catalogue.history(one, None, 4)
    rest = store.catalogue.history(one, first[-1].number, 4)

    assert [change.new["level"] for change in (*first, *rest)] == [5, 4, 3, 2, 1, 0]
    assert first[0].old == {"level": 4}
    assert (rest[-1].action, rest[-1].actor) == ("created", "key:enginy")
    assert store.catalogue.history(one, rest[-1].number, 4) == []
    assert store.catalogue.history(one, 10_000, 4) == []

"""Jobs in bulk, in both databases: what they change, what they leave, and how they are undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from customcrm.contract.tasks import CompleteTasks, CreateTask
from customcrm.contract.values import MAX_PROPERTIES
from customcrm.crm.records import Kind
from customcrm.errors import WorkRefused
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.browsing.events import Day, TaskFilter
from customcrm.operations.bulk.asking import (
    cancel_job,
    count_selected,
    start_job,
    undo_job,
)
from customcrm.operations.bulk.jobs import Deed, Selection, State, Verb
from customcrm.operations.editing import delete_records, restore_records
from customcrm.operations.merging.merges import merge_records
from customcrm.operations.nouns import Noun
from customcrm.operations.tasks import complete_tasks, create_task
from customcrm.store.backend import Store
from tests.integration.store.jobs import (
    ANA,
    DELETE,
    TO_TOM,
    asked,
    now,
    owners,
    run_all,
    step,
    undone,
)
from tests.integration.store.sql import count, rows
from tests.integration.store.world import (
    NOW,
    RULES,
    create,
    firms,
    origin,
    people,
    properties,
    request,
    update,
)


def test_a_selection_gets_an_owner_and_the_history_says_it(
    store: Store, crowd: list[str], database_url: str
) -> None:
    job = asked(store, TO_TOM, [crowd[0], crowd[2], crowd[2]])
    run_all(store)

    assert owners(store, crowd) == ["tom", "ana", "tom", None, None]
    done = now(store, job)
    assert (done.state, done.total, done.done, done.changed) == (State.DONE, 2, 2, 2)
    change = store.catalogue.history(crowd[0], None, 1)[0]
    assert (change.actor, change.action, change.job) == (ANA, "updated", job.id)
    assert (change.old, change.new) == ({"ownerId": "ana"}, {"ownerId": "tom"})
    assert count(database_url, "bulk_items") == 0


def test_all_that_match_are_as_many_as_the_list_says(store: Store, crowd: list[str]) -> None:
    selection = Selection(cards=CardFilter(owner="ana"))
    assert count_selected(store.catalogue, Noun.CONTACT, selection) == 2
    job = asked(store, TO_TOM, owner="ana")
    run_all(store)
    assert now(store, job).total == 2
    assert owners(store, crowd) == ["tom", "tom", None, None, None]


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"search": "p-1"},
        {"created_to": NOW + timedelta(minutes=1)},
        {"properties": (("engaged", "yes"),), "created_from": NOW - timedelta(minutes=1)},
    ],
)
def test_every_kind_of_filter_is_walked_in_short_steps(
    store: Store, crowd: list[str], where: dict[str, Any]
) -> None:
    expected = count_selected(store.catalogue, Noun.CONTACT, Selection(cards=CardFilter(**where)))
    assert expected > 0
    job = asked(store, TO_TOM, **where)
    while step(store, 1):
        pass
    assert now(store, job).changed == expected
    assert owners(store, crowd).count("tom") == expected


def test_what_comes_after_it_was_asked_for_is_not_among_it(store: Store, crowd: list[str]) -> None:
    job = asked(store, TO_TOM)
    later = create(store, *people(2, "later"))
    store.project_pending()
    run_all(store)
    assert now(store, job).total == len(crowd)
    assert owners(store, later) == [None, None]


def test_a_value_that_is_there_already_is_no_change(store: Store, crowd: list[str]) -> None:
    job = asked(store, Deed(Verb.SET, "ownerId", "ana"), crowd)
    run_all(store)
    assert now(store, job).changed == 3


def test_a_property_is_cleared_and_comes_back(store: Store, crowd: list[str]) -> None:
    job = asked(store, Deed(Verb.SET, "email"), crowd[:1])
    run_all(store)
    assert "email" not in properties(store, crowd[0])
    keys = RULES[Kind.CONTACT].keys_of({"email": "ana-0@acme.example"})
    assert store.read(lambda r: r.ids_by_key(Kind.CONTACT, keys)) == {}
    assert undone(store, job).changed == 1
    assert properties(store, crowd[0])["email"] == "ana-0@acme.example"
    assert store.read(lambda r: r.ids_by_key(Kind.CONTACT, keys)) == {keys[0]: crowd[0]}


def test_undo_leaves_what_somebody_has_changed_since(store: Store, crowd: list[str]) -> None:
    before = [properties(store, one) for one in crowd]
    job = asked(store, TO_TOM)
    run_all(store)
    update(store, {"crmId": crowd[1], "ownerId": "priya"})
    update(store, {"crmId": crowd[2], "title": "CTO"})
    delete_records(store, RULES[Kind.CONTACT], [crowd[3]], origin())

    undo = undone(store, job)

    assert (undo.state, undo.total, undo.changed, undo.left_alone) == (State.DONE, 5, 3, 2)
    assert owners(store, crowd) == ["ana", "priya", None, "tom", None]
    assert properties(store, crowd[0]) == before[0]
    assert properties(store, crowd[2]) == {**before[2], "title": "CTO"}
    assert store.read(lambda r: r.records_by_id(Kind.CONTACT, crowd))[crowd[3]].deleted
    assert store.catalogue.history(crowd[4], None, 1)[0].job == undo.id


def test_deleted_in_bulk_and_brought_back(store: Store, crowd: list[str]) -> None:
    job = asked(store, DELETE)
    run_all(store)
    store.project_pending()
    assert store.catalogue.count_cards(Kind.CONTACT, CardFilter()) == 0
    # One was brought back and deleted anew by somebody: that deletion is theirs.
    later = origin(NOW + timedelta(minutes=5))
    restore_records(store, RULES[Kind.CONTACT], [crowd[0]], later)
    delete_records(store, RULES[Kind.CONTACT], [crowd[0]], later)
    restore_records(store, RULES[Kind.CONTACT], [crowd[1]], later)

    undo = undone(store, job)
    store.project_pending()

    assert (undo.changed, undo.left_alone) == (3, 2)
    assert store.catalogue.count_cards(Kind.CONTACT, CardFilter()) == 4
    assert set(store.catalogue.cards_by_id(Kind.CONTACT, crowd)) == set(crowd[1:])


def test_a_deleted_record_is_not_brought_back_by_a_change(store: Store, crowd: list[str]) -> None:
    delete_records(store, RULES[Kind.CONTACT], crowd[:1], origin())
    job = asked(store, TO_TOM, crowd[:2])
    run_all(store)
    assert now(store, job).changed == 1
    assert store.read(lambda r: r.records_by_id(Kind.CONTACT, crowd))[crowd[0]].deleted


@pytest.mark.parametrize("deed", [DELETE, TO_TOM])
def test_whoever_was_merged_since_is_left_and_so_is_whom_they_are_a_part_of(
    store: Store, crowd: list[str], deed: Deed
) -> None:
    merged, survivor, other = crowd[2:]
    job = asked(store, deed, [merged, other])
    merge_records(store.merges, RULES[Kind.CONTACT], survivor, merged, {}, origin())
    run_all(store)
    done = now(store, job)
    assert (done.state, done.done, done.changed, done.left_alone) == (State.DONE, 2, 1, 1)
    kept = store.read(lambda r: r.records_by_id(Kind.CONTACT, [survivor]))[survivor]
    assert not kept.deleted
    assert "ownerId" not in kept.properties
    assert store.catalogue.history(other, None, 1)[0].job == job.id


def test_companies_too(store: Store) -> None:
    ids = create(store, *firms(3), kind=Kind.COMPANY)
    store.project_pending()
    job = asked(store, TO_TOM, noun=Noun.COMPANY)
    run_all(store)
    assert owners(store, ids, Kind.COMPANY) == ["tom"] * 3
    undone(store, job)
    assert owners(store, ids, Kind.COMPANY) == [None] * 3


@pytest.fixture
def tasks(store: Store) -> list[str]:
    """Three tasks, the last one done."""
    made = [
        create_task(
            store, CreateTask(subject=f"Call {n}", owner_id="ana"), {}, request(b"%d" % n), origin()
        ).task.id
        for n in range(3)
    ]
    complete_tasks(store, CompleteTasks(ids=made[2:]), origin())
    return made


@pytest.mark.parametrize(
    ("deed", "changed"),
    [
        (Deed(Verb.SET, "completed", value=True), 2),
        (Deed(Verb.SET, "completed", value=False), 1),
        (Deed(Verb.SET, "ownerId", "tom"), 3),
        (Deed(Verb.SET, "dueDate", "2026-03-04T12:00:00Z"), 3),
    ],
)
def test_tasks_are_changed_and_undone(
    store: Store, tasks: list[str], deed: Deed, changed: int
) -> None:
    before = store.read(lambda reader: reader.tasks(tasks))
    job = asked(store, deed, tasks, Noun.TASK)
    run_all(store, NOW + timedelta(minutes=1))
    assert now(store, job).changed == changed
    after = store.read(lambda reader: reader.tasks(tasks))
    assert sum(after[one] != before[one] for one in tasks) == changed
    undo = undone(store, job)
    assert (undo.changed, undo.left_alone) == (changed, 0)
    assert store.read(lambda reader: reader.tasks(tasks)) == before


def test_an_undo_of_tasks_leaves_what_was_reopened_since(store: Store, tasks: list[str]) -> None:
    job = asked(store, Deed(Verb.SET, "completed", value=True), tasks, Noun.TASK)
    run_all(store)
    complete_tasks(store, CompleteTasks(ids=tasks[:1], completed=False), origin())
    undo = undone(store, job)
    assert (undo.changed, undo.left_alone) == (1, 1)


def test_an_undo_of_tasks_leaves_what_was_completed_anew(
    store: Store, tasks: list[str], database_url: str
) -> None:
    job = asked(store, Deed(Verb.SET, "completed", value=True), tasks[:1], Noun.TASK)
    run_all(store)
    later = origin(NOW + timedelta(minutes=5))
    for completed in (False, True):
        complete_tasks(store, CompleteTasks(ids=tasks[:1], completed=completed), later)
    before = store.read(lambda reader: reader.tasks(tasks))
    undo = undone(store, job)
    assert (undo.changed, undo.left_alone) == (0, 1)
    assert store.read(lambda reader: reader.tasks(tasks)) == before
    told = "SELECT count(*) FROM history WHERE job_id IS NOT NULL"
    assert rows(database_url, told) == [(1,)]


def test_a_property_goes_by_its_documented_name(store: Store) -> None:
    counted = [{**one, "numberOfEmployees": 3} for one in firms(2)]
    ids = create(store, *counted, kind=Kind.COMPANY)
    # One has both numbers, as Enginy may send them: what is named is changed.
    update(store, {"crmId": ids[1], "numberOfEmployees": 3, "employeeCount": 4}, kind=Kind.COMPANY)
    job = asked(store, Deed(Verb.SET, "employeeCount", 5), ids, Noun.COMPANY)
    run_all(store)
    found = [properties(store, one, Kind.COMPANY) for one in ids]
    told = [(one["numberOfEmployees"], one.get("employeeCount")) for one in found]
    assert told == [(5, None), (3, 5)]
    assert undone(store, job).left_alone == 0
    assert properties(store, ids[0], Kind.COMPANY)["numberOfEmployees"] == 3


def test_a_record_that_is_full_is_left(store: Store, crowd: list[str]) -> None:
    room = MAX_PROPERTIES - len(properties(store, crowd[0]))
    update(store, {"crmId": crowd[0], **{f"more {n}": "x" for n in range(room)}})
    job = asked(store, Deed(Verb.SET, "tier", "gold"), crowd[:2])
    run_all(store)
    assert (now(store, job).changed, now(store, job).left_alone) == (1, 1)
    assert len(properties(store, crowd[0])) == MAX_PROPERTIES
    # What it has already can be changed, and cleared.
    for value in ("y", None):
        other = asked(store, Deed(Verb.SET, "more 1", value), crowd[:1])
        run_all(store)
        assert (now(store, other).changed, now(store, other).left_alone) == (1, 0)


def test_all_tasks_of_a_list(store: Store, tasks: list[str]) -> None:
    day = Day(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC))
    chosen = Selection(tasks=TaskFilter(day=day, owner="ana"))
    assert count_selected(store.catalogue, Noun.TASK, chosen) == 3
    job = start_job(store, Noun.TASK, TO_TOM, chosen, origin())
    while step(store, 1):
        pass
    assert now(store, job).changed == 3
    found = store.read(lambda reader: reader.tasks(tasks))
    assert {task.owner_id for task in found.values()} == {"tom"}


def test_what_cannot_be_undone(store: Store, crowd: list[str]) -> None:
    nothing = asked(store, Deed(Verb.SET, "ownerId", "ana"), crowd[:1])
    run_all(store)
    with pytest.raises(WorkRefused):
        undo_job(store, nothing.id, origin())
    running_job = asked(store, TO_TOM, crowd)
    with pytest.raises(WorkRefused):
        undo_job(store, running_job.id, origin())
    run_all(store)
    with pytest.raises(WorkRefused):
        undo_job(store, running_job.id, origin(NOW + timedelta(days=30)))
    undo = undone(store, running_job)
    with pytest.raises(WorkRefused):
        undo_job(store, undo.id, origin())
    assert undo_job(store, "job_of_nobody", origin()) is None
    assert cancel_job(store, "job_of_nobody") is None


@pytest.mark.parametrize(
    ("noun", "deed", "ids"),
    [
        (Noun.CONTACT, TO_TOM, []),
        (Noun.CONTACT, TO_TOM, [f"contact_{n}" for n in range(501)]),
        (Noun.CONTACT, Deed(Verb.SET, " "), ["contact_1"]),
        (Noun.CONTACT, Deed(Verb.SET, "externalId", "x"), ["contact_1"]),
        (Noun.COMPANY, Deed(Verb.SET, "crmId", "x"), ["company_1"]),
        (Noun.COMPANY, Deed(Verb.SET, "id"), ["company_1"]),
        (Noun.CONTACT, Deed(Verb.SET, "x" * 256, "x"), ["contact_1"]),
        (Noun.CONTACT, Deed(Verb.UNDO), ["contact_1"]),
        (Noun.TASK, DELETE, ["task_1"]),
        (Noun.TASK, Deed(Verb.SET, "subject", "x"), ["task_1"]),
    ],
)
def test_what_cannot_be_asked_for(store: Store, noun: Noun, deed: Deed, ids: list[str]) -> None:
    with pytest.raises(WorkRefused):
        asked(store, deed, ids, noun)
    assert store.read_jobs(lambda reader: reader.jobs(10)) == []

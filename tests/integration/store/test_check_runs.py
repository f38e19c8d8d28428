"""What a run of `customcrm check` has made goes away, and nothing else does."""

from datetime import timedelta
from typing import Any

from customcrm.contract.activities import CreateActivity
from customcrm.contract.check_runs import CleanCheckRun, CleanedCheckRun
from customcrm.contract.tasks import CreateTask
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.events import ActivityFilter
from customcrm.operations.check_runs import clean_check_run, read_check_runs
from customcrm.operations.editing import create_record, restore_records
from customcrm.operations.merging.merges import merge_records
from customcrm.operations.tasks import create_task
from customcrm.store.backend import Store
from tests.integration.store.world import NOW, RULES, create, logged, origin, request

RUN = "check-0a1b2c"
RULES_OF_BOTH = (CONTACT_RULES, COMPANY_RULES)


def made(number: int, **values: Any) -> dict[str, Any]:
    return {"externalId": f"{RUN}-{number}", "email": f"{RUN}-{number}@checks.example", **values}


def clean(store: Store, *, tasks: Any = (), activities: Any = ()) -> CleanedCheckRun:
    names = [f"{RUN}-{number}" for number in range(50)]
    asked = CleanCheckRun(names, list(tasks), list(activities))
    return clean_check_run(store, RULES_OF_BOTH, RUN, asked, origin())


def listed(store: Store) -> list[str]:
    store.project_pending()
    cards = store.catalogue.cards(Kind.CONTACT, CardFilter(), Order(), None, 200)
    return [card.id for card in cards.items]


def new_task(store: Store, subject: str) -> str:
    body = subject.encode()
    task, _ = create_task(store, CreateTask(subject), {}, request(body), origin())
    return task.id


def new_activity(store: Store, contact: str, body: bytes) -> str:
    return logged(store, CreateActivity("EMAIL", contact_id=contact), {}, body).id


def test_what_a_run_has_made_is_in_no_list_and_no_count(store: Store) -> None:
    (real,) = create(store, {"externalId": "real", "firstName": "Ann"})
    kept = new_activity(store, real, b"kept")
    one, other = create(store, made(1), made(2))
    activities = [new_activity(store, contact, contact.encode()) for contact in (one, other)]
    unknown = new_activity(store, f"{RUN}-7", b"unknown")
    tasks = [new_task(store, f"Call {RUN}-3"), new_task(store, "Call Ann")]
    store.project_pending()

    removed = clean(store, tasks=tasks, activities=[*activities, unknown, kept])

    assert removed == CleanedCheckRun(contacts=2, companies=0, tasks=1, activities=3)
    assert listed(store) == [real]
    assert store.catalogue.count_activities(ActivityFilter()) == 1
    assert store.read(lambda reader: reader.activity(kept)) is not None
    assert list(store.read(lambda reader: reader.tasks(tasks))) == tasks[1:]
    assert clean(store, tasks=tasks) == CleanedCheckRun(0, 0, 0, 0)


def test_what_is_not_counted_yet_is_counted_right_afterwards(store: Store) -> None:
    (one,) = create(store, made(1))
    clean(store, activities=[new_activity(store, one, b"1")])
    store.project_pending()
    assert store.catalogue.count_activities(ActivityFilter()) == 0


def test_a_person_can_bring_the_records_back(store: Store) -> None:
    (one,) = create(store, made(1))
    clean(store)
    assert restore_records(store, CONTACT_RULES, [one], origin()) == [one]
    assert listed(store) == [one]


def test_a_record_with_another_name_is_left_alone(store: Store) -> None:
    (one,) = create(store, made(1))
    (same,) = create(store, {"externalId": "real", "email": made(1)["email"]})
    assert same == one
    (real,) = create(store, {"externalId": "real-2", "email": "ann@acme.example"})
    (again,) = create(store, made(2, email="ann@acme.example"))
    assert again == real

    assert clean(store).contacts == 0
    assert set(listed(store)) == {one, real}


def test_a_record_that_only_gained_its_name_from_a_run_is_left_alone(store: Store) -> None:
    # Somebody has added it by hand: it had no external id of its own.
    email = {"email": "ann@acme.example"}
    by_hand = create_record(store, CONTACT_RULES, email, request(b"1"), origin())
    (again,) = create(store, made(2, **email), at=NOW + timedelta(seconds=1))
    assert again == by_hand
    assert clean(store).contacts == 0


def test_a_record_into_which_another_was_merged_is_left_alone(store: Store) -> None:
    survivor, merged = create(store, made(1), {"externalId": "real"})
    merge_records(store.merges, CONTACT_RULES, survivor, merged, {}, origin())
    assert clean(store).contacts == 0


def test_companies_go_too(store: Store) -> None:
    create(store, {"externalId": f"{RUN}-1", "name": "Check Ltd"}, kind=Kind.COMPANY)
    assert clean(store).companies == 1


def test_only_records_of_no_run_are_records_of_others(store: Store) -> None:
    assert not read_check_runs(store).other_records
    create(store, made(1))
    create(store, {"externalId": f"{RUN}-9", "name": "Check Ltd"}, kind=Kind.COMPANY)
    assert not read_check_runs(store).other_records
    create(store, {"externalId": "checkout-1"}, kind=Kind.COMPANY)
    assert read_check_runs(store).other_records


def test_rules_of_both_kinds_are_asked_for() -> None:
    assert {rules.kind for rules in RULES_OF_BOTH} == set(RULES)

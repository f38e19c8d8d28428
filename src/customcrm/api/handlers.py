"""One function per operation of the contract: read the message, do the verb, say the result."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from customcrm.api.desk import Asked, Desk, Reply
from customcrm.contract.activities import CreateActivity, shortened_texts, unknown_terms
from customcrm.contract.associations import (
    CreateAssociations,
    CreatedAssociations,
    FailedAssociation,
)
from customcrm.contract.health import Health
from customcrm.contract.reading import read_message
from customcrm.contract.records import (
    CompanyRecord,
    CompanyRecords,
    ContactRecord,
    ContactRecords,
    CreateCompanies,
    CreateContacts,
    CreatedRecord,
    CreatedRecords,
    ReadRecords,
    SyncedRecord,
    SyncedRecords,
    UpdateCompanies,
    UpdateContacts,
    UpdatedRecord,
    UpdatedRecords,
)
from customcrm.contract.tasks import CompleteTasks, CreateTask, ReadTasks, UpdateTask
from customcrm.crm.planning import Effect, Outcome
from customcrm.crm.records import Kind
from customcrm.errors import UsersNotOffered
from customcrm.operations import activities, associations, health, records, tasks, users
from customcrm.operations.calls import Tally, notes_of, tally_of
from customcrm.operations.ports import Pair
from customcrm.operations.records import StoredRecord
from customcrm.operations.repeats import Request

Shown = TypeVar("Shown", ContactRecord, CompanyRecord)
Handler = Callable[[Desk, Asked], Reply]


def check_health(desk: Desk, _: Asked) -> Reply:
    """GET /health."""
    health.check_health(desk.backend)
    return Reply(Health())


def list_users(desk: Desk, _: Asked) -> Reply:
    """GET /users."""
    if not desk.users_offered:
        raise UsersNotOffered
    return Reply(users.list_users(desk.backend))


def create_contacts(desk: Desk, asked: Asked) -> Reply:
    """POST /contacts."""
    message, _ = read_message(CreateContacts, asked.body)
    return _create(desk, asked, Kind.CONTACT, message.contacts)


def create_companies(desk: Desk, asked: Asked) -> Reply:
    """POST /companies."""
    message, _ = read_message(CreateCompanies, asked.body)
    return _create(desk, asked, Kind.COMPANY, message.companies)


def _create(desk: Desk, asked: Asked, kind: Kind, sent: list[dict[str, Any]]) -> Reply:
    outcomes = records.create_records(desk.backend, desk.rule_book.rules(kind), sent, asked.origin)
    results = [CreatedRecord(outcome.id, outcome.record_id) for outcome in outcomes]
    return Reply(CreatedRecords(results), tally_of(outcomes))


def sync_contacts(desk: Desk, asked: Asked) -> Reply:
    """POST /contacts/sync."""
    message, _ = read_message(CreateContacts, asked.body)
    return _sync(desk, asked, Kind.CONTACT, message.contacts)


def sync_companies(desk: Desk, asked: Asked) -> Reply:
    """POST /companies/sync."""
    message, _ = read_message(CreateCompanies, asked.body)
    return _sync(desk, asked, Kind.COMPANY, message.companies)


def _sync(desk: Desk, asked: Asked, kind: Kind, sent: list[dict[str, Any]]) -> Reply:
    found = records.sync_records(desk.backend, desk.rule_book.rules(kind), sent, asked.origin)
    results = [SyncedRecord(one.external_id, one.record_id, one.properties) for one in found]
    return Reply(SyncedRecords(results), Tally(received=len(sent), matched=len(found)))


def update_contacts(desk: Desk, asked: Asked) -> Reply:
    """PUT /contacts."""
    message, _ = read_message(UpdateContacts, asked.body)
    return _update(desk, asked, Kind.CONTACT, message.contacts)


def update_companies(desk: Desk, asked: Asked) -> Reply:
    """PUT /companies."""
    message, _ = read_message(UpdateCompanies, asked.body)
    return _update(desk, asked, Kind.COMPANY, message.companies)


def _update(desk: Desk, asked: Asked, kind: Kind, sent: list[dict[str, Any]]) -> Reply:
    outcomes = records.update_records(desk.backend, desk.rule_book.rules(kind), sent, asked.origin)
    results = [
        UpdatedRecord(outcome.id, outcome.effect is not Effect.FAILED, outcome.reason)
        for outcome in outcomes
    ]
    return Reply(UpdatedRecords(results), tally_of(outcomes))


def read_contacts(desk: Desk, asked: Asked) -> Reply:
    """POST /contacts/batch."""
    message, _ = read_message(ReadRecords, asked.body)
    found = records.read_records(desk.backend, Kind.CONTACT, message.ids)
    return _found(message.ids, ContactRecords([_shown(ContactRecord, one) for one in found]))


def read_companies(desk: Desk, asked: Asked) -> Reply:
    """POST /companies/batch."""
    message, _ = read_message(ReadRecords, asked.body)
    found = records.read_records(desk.backend, Kind.COMPANY, message.ids)
    return _found(message.ids, CompanyRecords([_shown(CompanyRecord, one) for one in found]))


def _found(ids: Sequence[str], message: ContactRecords | CompanyRecords) -> Reply:
    return Reply(message, Tally(received=len(ids), matched=len(message.results)))


_OWN: Final = frozenset({"id", "external_id", "properties"})


def _shown(kind: type[Shown], one: StoredRecord) -> Shown:
    """A record as the contract shows it: documented fields flat, all others apart."""
    names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
    documented, custom = {}, {}
    for name, value in one.record.properties.items():
        attribute = names.get(name)
        if attribute is None or attribute in _OWN:
            custom[name] = value
        else:
            documented[attribute] = value
    return kind(id=one.record.id, external_id=one.external_id, properties=custom, **documented)


def create_associations(desk: Desk, asked: Asked) -> Reply:
    """POST /associations."""
    message, _ = read_message(CreateAssociations, asked.body)
    pairs = [
        Pair(one.pop("contactCRMId"), one.pop("companyCRMId"), one) for one in message.associations
    ]
    outcomes = associations.create_associations(desk.backend, pairs, asked.origin)
    failures = [
        FailedAssociation(pair.contact_id, pair.company_id, outcome.reason or "")
        for pair, outcome in zip(pairs, outcomes, strict=True)
        if outcome.effect is Effect.FAILED
    ]
    created = len(outcomes) - len(failures)
    return Reply(
        CreatedAssociations(success=True, created=created, errors=failures), tally_of(outcomes)
    )


def create_task(desk: Desk, asked: Asked) -> Reply:
    """POST /tasks."""
    message, custom = read_message(CreateTask, asked.body)
    request = Request("create_task", asked.body, asked.idempotency_key)
    task, made = tasks.create_task(desk.backend, message, custom, request, asked.origin)
    return Reply(task, _one(task.id, made=made))


def read_task(desk: Desk, asked: Asked) -> Reply:
    """GET /tasks/{id}."""
    return Reply(tasks.read_task(desk.backend, asked.path["id"]))


def update_task(desk: Desk, asked: Asked) -> Reply:
    """PATCH /tasks/{id}."""
    message, custom = read_message(UpdateTask, asked.body)
    task = tasks.update_task(desk.backend, asked.path["id"], message, custom, asked.origin)
    return Reply(task, Tally(received=1, updated=1))


def read_tasks(desk: Desk, asked: Asked) -> Reply:
    """POST /tasks/batch."""
    message, _ = read_message(ReadTasks, asked.body)
    found = tasks.read_tasks(desk.backend, message.ids)
    return Reply(found, Tally(received=len(message.ids), matched=len(found)))


def complete_tasks(desk: Desk, asked: Asked) -> Reply:
    """PATCH /tasks/batch."""
    message, _ = read_message(CompleteTasks, asked.body)
    found = tasks.complete_tasks(desk.backend, message, asked.origin)
    return Reply(found, Tally(received=len(message.ids), updated=len(found)))


def create_activity(desk: Desk, asked: Asked) -> Reply:
    """POST /activities."""
    message, custom = read_message(CreateActivity, asked.body)
    request = Request("create_activity", asked.body, asked.idempotency_key)
    activity, made = activities.create_activity(
        desk.backend, message, custom, request, asked.origin
    )
    tally = _one(activity.id, made=made)
    notes = [*unknown_terms(message), *shortened_texts(message)]
    tally.items += notes_of(activity.id, notes)
    return Reply(activity, tally)


def read_activity(desk: Desk, asked: Asked) -> Reply:
    """GET /activities/{id}."""
    return Reply(activities.read_activity(desk.backend, asked.path["id"]))


def _one(record_id: str, *, made: bool) -> Tally:
    effect = Effect.CREATED if made else Effect.UNCHANGED
    return tally_of([Outcome("", record_id, effect)])


HANDLERS: Final[dict[str, Handler]] = {
    handler.__name__: handler
    for handler in (
        check_health,
        list_users,
        create_contacts,
        sync_contacts,
        update_contacts,
        read_contacts,
        create_companies,
        sync_companies,
        update_companies,
        read_companies,
        create_associations,
        create_task,
        read_tasks,
        complete_tasks,
        read_task,
        update_task,
        create_activity,
        read_activity,
    )
}
"""The handler of each operation, by its name in the contract."""

"""The one table of what Enginy may ask of a custom CRM."""

from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from customcrm.contract.activities import Activity, CreateActivity
from customcrm.contract.associations import CreateAssociations, CreatedAssociations
from customcrm.contract.health import Health
from customcrm.contract.records import (
    CompanyRecords,
    ContactRecords,
    CreateCompanies,
    CreateContacts,
    CreatedRecords,
    ReadRecords,
    SyncedRecords,
    UpdateCompanies,
    UpdateContacts,
    UpdatedRecords,
)
from customcrm.contract.tasks import CompleteTasks, CreateTask, ReadTasks, Task, UpdateTask
from customcrm.contract.users import User

ALWAYS_POSSIBLE: Final = (401, 500, 503)
"""Statuses that any operation may answer."""

OF_A_BODY: Final = (400, 413)
"""Statuses that any operation with a body may answer."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing Enginy may ask.

    Attributes:
        name: the verb, unique: `create_contacts`.
        method: the HTTP method.
        path: relative to the base URL, with `{id}` where an id goes.
        group: the heading it stands under.
        summary: one line.
        description: what a caller must know, in Markdown.
        request: the message in the body, or None.
        response: the message, or list of messages, in a successful answer.
        success: the status of a successful answer.
        refusals: statuses it may answer besides those that any operation may.
        idempotency_key: whether the header `Idempotency-Key` is honoured.
        writes: whether it changes anything.
        documented: False where only Enginy's reference server shows it.
    """

    name: str
    method: str
    path: str
    group: str
    summary: str
    description: str
    request: type[Struct] | None
    response: Any
    success: int = 200
    refusals: tuple[int, ...] = ()
    idempotency_key: bool = False
    writes: bool = False
    documented: bool = True

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every status it may answer, in order."""
        of_a_body = OF_A_BODY if self.request else ()
        return (
            self.success,
            *sorted({*ALWAYS_POSSIBLE, *of_a_body, *self.refusals}),
        )


_CREATE = (
    "One result for each record, in the order sent. A known `externalId` updates the fields sent "
    "and returns the same `crmId`. A new one whose {keys} already belong to a record becomes "
    "another name of that record: only its empty fields are filled. A blank (`null`, an empty text "
    "or list, blanks only) says nothing. A malformed record refuses the whole request; nothing is "
    "stored then."
)
_SYNC = (
    "Returns the records that exist, and leaves out the others. Looks for {chain}, in this order "
    "unless configured otherwise. `properties` holds what the sender should know and did not send."
)
_UPDATE = (
    "A merge: absent keys are left alone, `null` and the empty text clear, unknown keys are added "
    "to the custom properties. One result for each record, in the order sent; a record that fails "
    "does not disturb the others."
)
_READ = "Reads records by our ids, in the order asked. Unknown ids are left out."

OPERATIONS: Final = (
    Operation(
        "check_health", "GET", "/health", "Health",
        "Validate the connection and the key",
        "200 means that the server works and that the key is valid.",
        None, Health,
    ),
    Operation(
        "list_users", "GET", "/users", "Users",
        "List the users that can own records",
        "A bare array. 404 when the server is set not to offer its users.",
        None, list[User], refusals=(404,),
    ),
    Operation(
        "create_contacts", "POST", "/contacts", "Contacts",
        "Create contacts",
        _CREATE.format(keys="email or LinkedIn URL"),
        CreateContacts, CreatedRecords, success=201, writes=True,
    ),
    Operation(
        "sync_contacts", "POST", "/contacts/sync", "Contacts",
        "Find contacts that exist",
        _SYNC.format(
            chain="`externalId`, `email`, `linkedinUrl`, `phone` or `mobilePhone`, then first "
            "name + last name + company"
        ),
        CreateContacts, SyncedRecords,
    ),
    Operation(
        "update_contacts", "PUT", "/contacts", "Contacts",
        "Update contacts, engagement fields included",
        _UPDATE,
        UpdateContacts, UpdatedRecords, writes=True,
    ),
    Operation(
        "read_contacts", "POST", "/contacts/batch", "Contacts",
        "Read contacts",
        _READ,
        ReadRecords, ContactRecords, documented=False,
    ),
    Operation(
        "create_companies", "POST", "/companies", "Companies",
        "Create companies",
        _CREATE.format(keys="domain or LinkedIn URL"),
        CreateCompanies, CreatedRecords, success=201, writes=True,
    ),
    Operation(
        "sync_companies", "POST", "/companies/sync", "Companies",
        "Find companies that exist",
        _SYNC.format(chain="`externalId`, `domain`, `linkedinUrl`, then `name`"),
        CreateCompanies, SyncedRecords,
    ),
    Operation(
        "update_companies", "PUT", "/companies", "Companies",
        "Update companies, engagement fields included",
        _UPDATE,
        UpdateCompanies, UpdatedRecords, writes=True,
    ),
    Operation(
        "read_companies", "POST", "/companies/batch", "Companies",
        "Read companies",
        _READ,
        ReadRecords, CompanyRecords, documented=False,
    ),
    Operation(
        "create_associations", "POST", "/associations", "Associations",
        "Link contacts to companies",
        "`created` counts the pairs sent that are linked now, whether new or not. A pair that "
        "cannot be linked is listed in `errors` and does not disturb the others.",
        CreateAssociations, CreatedAssociations, writes=True,
    ),
    Operation(
        "create_task", "POST", "/tasks", "Tasks",
        "Create a task",
        "A repeat returns the first task: with the same `Idempotency-Key` for 24 hours, without "
        "one for 60 seconds if the body is the same byte for byte.",
        CreateTask, Task, success=201, refusals=(422,), idempotency_key=True, writes=True,
    ),
    Operation(
        "read_tasks", "POST", "/tasks/batch", "Tasks",
        "Read tasks",
        "A bare array, in the order asked. Unknown ids are left out.",
        ReadTasks, list[Task],
    ),
    Operation(
        "complete_tasks", "PATCH", "/tasks/batch", "Tasks",
        "Complete tasks",
        "A bare array of the tasks changed, in the order asked. Unknown ids are left out. "
        "Completing twice keeps the first `completedAt`.",
        CompleteTasks, list[Task], writes=True,
    ),
    Operation(
        "read_task", "GET", "/tasks/{id}", "Tasks",
        "Read a task",
        "404 when there is none.",
        None, Task, refusals=(404,),
    ),
    Operation(
        "update_task", "PATCH", "/tasks/{id}", "Tasks",
        "Change or complete a task",
        "A merge: absent keys are left alone, `null` clears. `completed: false` reopens. "
        "Completing twice keeps the first `completedAt`.",
        UpdateTask, Task, refusals=(404,), writes=True,
    ),
    Operation(
        "create_activity", "POST", "/activities", "Activities",
        "Log an event of a conversation",
        "A repeat returns the first activity: with the same `Idempotency-Key` for 24 hours; with "
        "the same type, direction, contact and `metadata.messageId` for ever; else for 60 "
        "seconds if the body is the same byte for byte.",
        CreateActivity, Activity, success=201, refusals=(422,), idempotency_key=True, writes=True,
    ),
    Operation(
        "read_activity", "GET", "/activities/{id}", "Activities",
        "Read an activity",
        "404 when there is none.",
        None, Activity, refusals=(404,), documented=False,
    ),
)  # fmt: skip
"""Every operation. A literal path stands before the pattern that would also match it."""

"""What is edited on a page: a contact, a company or a task, by whichever operation is its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from customcrm.contract.json_body import read_json
from customcrm.crm.card import name_of
from customcrm.crm.records import Kind
from customcrm.crm.text import name_or_unnamed
from customcrm.dashboard.desk import Visit
from customcrm.dashboard.failures import Forged
from customcrm.errors import MalformedJson, RecordGone
from customcrm.operations.editing import Edit, edit_record
from customcrm.operations.nouns import Noun
from customcrm.operations.records import read_records
from customcrm.operations.tasks import edit_task, read_task, values_of

MAX_SEEN: Final = 130_000
"""Characters of a value as JSON, in a form."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is edited.

    Attributes:
        noun: what it is.
        id: its own; the one asked for may have been merged into it.
        name: for people.
        values: what can be edited, and what cannot, by name.
    """

    noun: Noun
    id: str
    name: str
    values: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Its page, without the base."""
        return f"/view/{self.noun}/{self.id}"


def subject_of(visit: Visit, noun: Noun) -> Subject:
    """What a path names.

    Raises:
        RecordGone: it is deleted, or was never there.
        TaskNotFound: so is a task.
    """
    told: str = visit.path["id"]
    if noun is Noun.TASK:
        task = read_task(visit.desk.backend, told)
        return Subject(noun, task.id, name_or_unnamed(task.subject), values_of(task))
    kind = Kind(noun)
    found = read_records(visit.desk.backend, kind, [told])
    if not found:
        raise RecordGone
    record, external_id = found[0]
    name = name_of(kind, record.properties, external_id)
    return Subject(noun, record.id, name, record.properties)


def change(visit: Visit, subject: Subject, edits: Sequence[Edit]) -> Mapping[str, Any]:
    """Change values; returns all of them as they are now.

    Raises:
        EditConflict: somebody else has changed one of them since it was seen.
        Forged: a task cannot have such a value.
        RecordGone: it is deleted.
        TaskNotFound: so is a task.
    """
    backend, origin = visit.desk.backend, visit.origin
    if subject.noun is Noun.TASK:
        try:
            return values_of(edit_task(backend, subject.id, edits, origin))
        except msgspec.ValidationError:
            raise Forged from None
    rules = visit.desk.rule_book.rules(Kind(subject.noun))
    return edit_record(backend, rules, subject.id, edits, origin).properties


def packed(value: Any) -> str:
    """A value as the forms bear it."""
    return msgspec.json.encode(value).decode()


def unpacked(told: str) -> Any:
    """What a form of ours bears as JSON.

    Raises:
        Forged: no form of ours bears that.
    """
    try:
        if len(told) > MAX_SEEN:
            raise Forged
        return read_json(told.encode())
    except MalformedJson:
        raise Forged from None

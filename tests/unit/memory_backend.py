"""A CRM in dictionaries: the port is as small as this."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.contract.users import User
from customcrm.crm.activity_text import ActivityText
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import PossibleDuplicate
from customcrm.crm.records import Kind, Record
from customcrm.crm.revision import Revision
from customcrm.operations.ports import (
    Answer,
    Backend,
    Link,
    Pair,
    Reader,
    Stamp,
    TaskChange,
    Writer,
)

T = TypeVar("T")


@dataclass
class Data:
    """All that is kept. Every value in these is replaced, never changed."""

    records: dict[str, Record] = field(default_factory=dict)
    keys: dict[str, tuple[MatchKey, ...]] = field(default_factory=dict)
    names: dict[tuple[Kind, str], str] = field(default_factory=dict)
    duplicates: dict[tuple[str, str], str] = field(default_factory=dict)
    associations: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    deleted_tasks: set[str] = field(default_factory=set)
    activities: dict[str, Activity] = field(default_factory=dict)
    repeat_keys: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def snapshot(self) -> "Data":
        return Data(*(copy(getattr(self, each.name)) for each in fields(self)))


class MemoryTransaction:
    """Implements `ports.Writer`. It keeps no history."""

    def __init__(self, data: Data) -> None:
        self._data = data

    def ping(self) -> None:
        pass

    def _of_kind(self, kind: Kind) -> Iterable[Record]:
        """Records of one kind, the oldest first: the kind is the prefix of its ids."""
        return (self._data.records[i] for i in sorted(self._data.records) if i.startswith(kind))

    def is_empty(self) -> bool:
        return not self._data.records

    def records_by_id(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Record]:
        return {record.id: record for record in self._of_kind(kind) if record.id in ids}

    def ids_by_external_id(self, kind: Kind, external_ids: Collection[str]) -> Mapping[str, str]:
        names = self._data.names
        return {n: names[kind, n] for n in external_ids if (kind, n) in names}

    def ids_by_key(self, kind: Kind, keys: Collection[MatchKey]) -> Mapping[MatchKey, str]:
        return {key: held[0] for key, held in self.holders_of_keys(kind, keys).items()}

    def holders_of_keys(
        self, kind: Kind, keys: Collection[MatchKey], most: int | None = None
    ) -> Mapping[MatchKey, Sequence[str]]:
        holders: dict[MatchKey, list[str]] = {}
        for record in self._of_kind(kind):
            for key in self._data.keys[record.id]:
                if key in keys and not record.deleted:
                    holders.setdefault(key, []).append(record.id)
        return {key: held[:most] for key, held in holders.items()}

    def noted_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate]
    ) -> Collection[PossibleDuplicate]:
        del kind
        return [pair for pair in pairs if (pair.first_id, pair.second_id) in self._data.duplicates]

    def external_ids(self, kind: Kind, ids: Collection[str]) -> Mapping[str, str]:
        first: dict[str, str] = {}
        for (of_kind, name), record_id in self._data.names.items():
            if of_kind is kind and record_id in ids:
                first.setdefault(record_id, name)
        return first

    def last_activity_dates(self, contact_ids: Collection[str]) -> Mapping[str, datetime]:
        dates: dict[str, datetime] = {}
        for activity in self._data.activities.values():
            contact, at = activity.contact_id, activity.occurred_at
            if contact in contact_ids and contact and at:
                dates[contact] = max(at, dates.get(contact, at))
        return dates

    def tasks(self, ids: Collection[str]) -> Mapping[str, Task]:
        there = self._data.tasks.keys() - self._data.deleted_tasks
        return {i: self._data.tasks[i] for i in ids if i in there}

    def activity(self, activity_id: str) -> Activity | None:
        return self._data.activities.get(activity_id)

    def holds_others(self) -> bool:
        named: dict[str, bool] = {}
        for (_, name), record_id in self._data.names.items():
            named[record_id] = named.get(record_id, False) or name.startswith("check-")
        living = [one.id for one in self._data.records.values() if not one.deleted]
        return not all(named.get(record_id) for record_id in living)

    def made_under(self, kind: Kind, external_ids: Collection[str]) -> Collection[str]:
        names: dict[str, set[str]] = {}
        for (of_kind, name), record_id in self._data.names.items():
            if of_kind is kind and not self._data.records[record_id].deleted:
                names.setdefault(record_id, set()).add(name)
        return [record_id for record_id, own in names.items() if own <= set(external_ids)]

    def remove_activities(self, ids: Collection[str]) -> int:
        return sum(self._data.activities.pop(one, None) is not None for one in ids)

    def users(self) -> Sequence[User]:
        return sorted(self._data.users.values(), key=lambda user: user.name)

    def hold(self, name: str) -> None:
        del name  # all writes wait for one another

    def insert_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        assert self._data.records.keys().isdisjoint(revision.id for revision in revisions)
        self.update_records(kind, revisions, stamp)

    def update_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        del stamp
        for revision in revisions:
            properties = dict(revision.properties)
            self._data.records[revision.id] = Record(revision.id, properties, revision.gone)
            self._data.keys[revision.id] = revision.keys
            for name in revision.external_ids:
                assert (kind, name) not in self._data.names
                self._data.names[kind, name] = revision.id

    def note_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate], stamp: Stamp
    ) -> None:
        del kind, stamp
        for first, second, reason in sorted(pairs):
            self._data.duplicates.setdefault((first, second), reason)

    def associate(self, pairs: Sequence[Pair], stamp: Stamp) -> None:
        del stamp
        for contact_id, company_id, properties in pairs:
            before = self._data.associations.get((contact_id, company_id), {})
            self._data.associations[contact_id, company_id] = {**before, **properties}

    def link_by_hand(self, link: Link, stamp: Stamp, *, again: bool = False) -> bool:
        del again
        ends = link.contact_id, link.company_id
        there = ends in self._data.associations
        self.associate([Pair(*ends, {})], stamp)
        return not there

    def unlink_by_hand(self, link: Link, stamp: Stamp) -> bool:
        del stamp
        return self._data.associations.pop((link.contact_id, link.company_id), None) is not None

    def insert_task(self, task: Task, stamp: Stamp) -> None:
        del stamp
        self._data.tasks[task.id] = task

    def update_tasks(self, changes: Sequence[TaskChange], stamp: Stamp) -> None:
        del stamp
        self._data.tasks |= {change.task.id: change.task for change in changes}

    def delete_tasks(self, ids: Collection[str], stamp: Stamp) -> Sequence[str]:
        del stamp
        moved = [i for i in ids if i in self._data.tasks.keys() - self._data.deleted_tasks]
        self._data.deleted_tasks |= set(moved)
        return moved

    def restore_tasks(self, ids: Collection[str], stamp: Stamp) -> Sequence[str]:
        del stamp
        moved = [i for i in ids if i in self._data.deleted_tasks]
        self._data.deleted_tasks -= set(moved)
        return moved

    def insert_activity(
        self, activity: Activity, text: ActivityText, repeat_key: str | None, stamp: Stamp
    ) -> None:
        del text, stamp
        self._data.activities[activity.id] = activity
        if repeat_key is not None:
            assert repeat_key not in self._data.repeat_keys
            self._data.repeat_keys[repeat_key] = activity.id

    def find_repeat(
        self, repeat_key: str, contact_id: str | None
    ) -> tuple[Activity | None, Sequence[str]]:
        del contact_id  # nothing is ever merged here
        return self.first_activity([repeat_key]), ()

    def first_activity(self, repeat_keys: Sequence[str]) -> Activity | None:
        ids = sorted(self._data.repeat_keys[k] for k in repeat_keys if k in self._data.repeat_keys)
        return self._data.activities[ids[0]] if ids else None

    def answer(self, key: str, at: datetime) -> Answer | None:
        kept = self._data.answers.get(key)
        return kept if kept and kept.expires_at > at else None

    def keep_answer(self, answer: Answer) -> None:
        self._data.answers[answer.key] = answer


class MemoryBackend:
    """Implements `ports.Backend`: one transaction at a time, all of it or nothing."""

    def __init__(self) -> None:
        self.data = Data()
        self.closed = False
        self._one_at_a_time = RLock()

    def read(self, work: Callable[[Reader], T]) -> T:
        with self._one_at_a_time:
            return work(MemoryTransaction(self.data))

    def write(self, work: Callable[[Writer], T]) -> T:
        with self._one_at_a_time:
            data = self.data.snapshot()
            result = work(MemoryTransaction(data))
            self.data = data
            return result

    def close(self) -> None:
        self.closed = True

    def delete(self, record_id: str) -> None:
        """What a person does on a record's page."""
        record = self.data.records[record_id]
        self.data.records[record_id] = Record(record.id, record.properties, deleted=True)


_: Callable[[], Backend] = MemoryBackend

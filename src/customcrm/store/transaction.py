"""One transaction, as the operations see it: the port, method by method, over the tables."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, true

from customcrm.contract.activities import Activity
from customcrm.contract.tasks import Task
from customcrm.contract.users import User
from customcrm.crm.activity_text import ActivityText
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import PossibleDuplicate
from customcrm.crm.records import Kind, Record
from customcrm.crm.revision import Revision
from customcrm.operations.ports import Answer, Link, Pair, Stamp, TaskChange
from customcrm.store import activities, answers, associations, check_runs, records, tasks, users
from customcrm.store import pairs as duplicates

_ANYTHING: Final = select(true())


class Transaction:
    """Implements `ports.Writer`, and so `ports.Reader`.

    Args:
        connection: with a transaction begun.
        hold: how this database makes transactions wait for one another.
    """

    __slots__ = ("_connection", "_hold")

    def __init__(self, connection: Connection, hold: Callable[[Connection, str], None]) -> None:
        self._connection = connection
        self._hold = hold

    def ping(self) -> None:
        """As the port says."""
        self._connection.execute(_ANYTHING)

    def is_empty(self) -> bool:
        """As the port says."""
        return records.is_empty(self._connection)

    def records_by_id(self, kind: Kind, ids: Collection[str]) -> Mapping[str, Record]:
        """As the port says."""
        return records.records_by_id(self._connection, kind, ids)

    def ids_by_external_id(self, kind: Kind, external_ids: Collection[str]) -> Mapping[str, str]:
        """As the port says."""
        return records.ids_by_external_id(self._connection, kind, external_ids)

    def ids_by_key(self, kind: Kind, keys: Collection[MatchKey]) -> Mapping[MatchKey, str]:
        """As the port says."""
        return records.ids_by_key(self._connection, kind, keys)

    def holders_of_keys(
        self, kind: Kind, keys: Collection[MatchKey], most: int | None = None
    ) -> Mapping[MatchKey, Sequence[str]]:
        """As the port says."""
        if most is not None:
            return records.oldest_holders(self._connection, kind, keys, most)
        return records.holders_of_keys(self._connection, kind, keys)

    def noted_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate]
    ) -> Collection[PossibleDuplicate]:
        """As the port says."""
        return duplicates.noted_duplicates(self._connection, kind, pairs)

    def external_ids(self, kind: Kind, ids: Collection[str]) -> Mapping[str, str]:
        """As the port says."""
        return records.first_external_ids(self._connection, kind, ids)

    def last_activity_dates(self, contact_ids: Collection[str]) -> Mapping[str, datetime]:
        """As the port says."""
        return activities.last_activity_dates(self._connection, contact_ids)

    def tasks(self, ids: Collection[str]) -> Mapping[str, Task]:
        """As the port says."""
        return tasks.tasks_by_id(self._connection, ids)

    def activity(self, activity_id: str) -> Activity | None:
        """As the port says."""
        return activities.activity_by_id(self._connection, activity_id)

    def users(self) -> Sequence[User]:
        """As the port says."""
        return users.users(self._connection)

    def hold(self, name: str) -> None:
        """As the port says."""
        self._hold(self._connection, name)

    def insert_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        """As the port says."""
        records.insert_records(self._connection, kind, revisions, stamp)

    def update_records(self, kind: Kind, revisions: Sequence[Revision], stamp: Stamp) -> None:
        """As the port says."""
        records.update_records(self._connection, kind, revisions, stamp)

    def note_duplicates(
        self, kind: Kind, pairs: Collection[PossibleDuplicate], stamp: Stamp
    ) -> None:
        """As the port says."""
        duplicates.note_duplicates(self._connection, kind, pairs, stamp)

    def associate(self, pairs: Sequence[Pair], stamp: Stamp) -> None:
        """As the port says."""
        associations.associate(self._connection, pairs, stamp)

    def link_by_hand(self, link: Link, stamp: Stamp, *, again: bool = False) -> bool:
        """As the port says."""
        return associations.link_by_hand(self._connection, link, stamp, again=again)

    def unlink_by_hand(self, link: Link, stamp: Stamp) -> bool:
        """As the port says."""
        return associations.unlink_by_hand(self._connection, link, stamp)

    def insert_task(self, task: Task, stamp: Stamp) -> None:
        """As the port says."""
        tasks.insert_task(self._connection, task, stamp)

    def update_tasks(self, changes: Sequence[TaskChange], stamp: Stamp) -> None:
        """As the port says."""
        tasks.update_tasks(self._connection, changes, stamp)

    def delete_tasks(self, ids: Collection[str], stamp: Stamp) -> list[str]:
        """As the port says."""
        return tasks.delete_tasks(self._connection, ids, stamp)

    def restore_tasks(self, ids: Collection[str], stamp: Stamp) -> list[str]:
        """As the port says."""
        return tasks.restore_tasks(self._connection, ids, stamp)

    def insert_activity(
        self, activity: Activity, text: ActivityText, repeat_key: str | None, stamp: Stamp
    ) -> None:
        """As the port says."""
        activities.insert_activity(self._connection, activity, text, repeat_key, stamp)

    def holds_others(self) -> bool:
        """As the port says."""
        return check_runs.holds_others(self._connection)

    def made_under(self, kind: Kind, external_ids: Collection[str]) -> Collection[str]:
        """As the port says."""
        return check_runs.made_under(self._connection, kind, external_ids)

    def remove_activities(self, ids: Collection[str]) -> int:
        """As the port says."""
        return check_runs.remove_activities(self._connection, ids)

    def find_repeat(
        self, repeat_key: str, contact_id: str | None
    ) -> tuple[Activity | None, list[str]]:
        """As the port says."""
        return activities.find_repeat(self._connection, repeat_key, contact_id)

    def first_activity(self, repeat_keys: Sequence[str]) -> Activity | None:
        """As the port says."""
        return activities.first_activity(self._connection, repeat_keys)

    def answer(self, key: str, at: datetime) -> Answer | None:
        """As the port says."""
        return answers.answer(self._connection, key, at)

    def keep_answer(self, answer: Answer) -> None:
        """As the port says."""
        answers.keep_answer(self._connection, answer)

"""What answers teach: which ids there are now, and how many records."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from customcrm.client.exchange import Answer, read_json
from customcrm.simulator.calls import Call
from customcrm.simulator.known import Known, objects_in, pairs_in
from customcrm.simulator.summary import Records

REFUSED: Final = "record refused"
NOT_UNDERSTOOD: Final = "not understood"


class Heard(NamedTuple):
    """An answer.

    Attributes:
        call: what it answers.
        answer: with any status.
        repeated: whether the same call succeeded before.
    """

    call: Call
    answer: Answer
    repeated: bool = False


class Kept:
    """What the server holds of contacts, or of companies, as far as its answers tell.

    Args:
        ids: the server's ids by Enginy's; what is learned goes there.
    """

    def __init__(self, ids: dict[str, str]) -> None:
        self._ids = ids
        self._matched: dict[str, str] = {}
        self._matched_ids: set[str] = set()
        self._created: set[str] = set()
        self._told = Records()

    def found(self, heard: Heard, pairs: Sequence[tuple[str, str]]) -> None:
        """A sync was answered."""
        self._ids.update(pairs)
        if not heard.call.again:
            self._matched.update(pairs)
            self._matched_ids.update(crm_id for _, crm_id in pairs)
        elif not heard.repeated:
            self._told.asked_again += len(heard.call.names)
            self._told.found_again += len({name for name, _ in pairs})

    def created(self, pairs: Sequence[tuple[str, str]]) -> None:
        """A create was answered."""
        self._ids.update(pairs)
        self._created.update(crm_id for _, crm_id in pairs)

    def updated(self, count: int) -> None:
        """An update was answered."""
        self._told.updated += count

    @property
    def told(self) -> Records:
        """The numbers, as they stand."""
        return Records(
            exported=len(self._ids),
            matched=len(self._matched),
            created=len(self._created - self._matched_ids),
            asked_again=self._told.asked_again,
            found_again=self._told.found_again,
            updated=self._told.updated,
        )


class Lessons:
    """Learns from answers that succeeded. Ids that come twice are counted once.

    Args:
        known: is told which ids the server has given.

    Attributes:
        contacts: what the server holds of contacts.
        companies: likewise of companies.
        links: pairs of contact and company that are linked.
        tasks: the ids of tasks.
        done: the ids of those that are done.
        activities: how many activities there are, by type and direction.
        carried: how many records the requests carried.
        problems: what was wrong in answers that succeeded, by kind.
    """

    def __init__(self, known: Known) -> None:
        self.contacts = Kept(known.contacts)
        self.companies = Kept(known.companies)
        self.links: set[tuple[str, str]] = set()
        self.tasks: set[str] = set()
        self.done: set[str] = set()
        self.activities: Counter[str] = Counter()
        self.carried = 0
        self.problems: Counter[str] = Counter()
        self._known = known
        self._logged: set[str] = set()

    def learn(self, heard: Heard) -> None:
        """Learn from an answer that succeeded."""
        lesson = _LESSONS.get(heard.call.operation)
        if lesson:
            lesson(self, heard)

    def users(self, heard: Heard) -> None:
        """Who can own records."""
        self._known.learn_users(heard.answer)

    def synced(self, heard: Heard) -> None:
        """Who was there."""
        self.carried += len(heard.call.names)
        self._of(heard).found(heard, pairs_in(heard.answer))

    def created(self, heard: Heard) -> None:
        """Who is there now."""
        pairs = pairs_in(heard.answer)
        self.carried += len(pairs)
        if not pairs:
            self._wonder(heard)
        self._of(heard).created(pairs)

    def updated(self, heard: Heard) -> None:
        """Which updates went through."""
        self.carried += len(heard.call.names)
        results = objects_in(_object(heard).get("results"))
        through = sum(one.get("success") is True for one in results)
        if not results:
            self._wonder(heard)
        self._refuse(heard, len(results) - through)
        if not heard.repeated:
            self._of(heard).updated(through)

    def linked(self, heard: Heard) -> None:
        """Which pairs are linked."""
        sent = read_json(heard.answer.request.body or b"{}")["associations"]
        failed = {_pair(one) for one in objects_in(_object(heard).get("errors"))}
        self._refuse(heard, len(failed))
        self.carried += len(sent)
        self.links |= {_pair(one) for one in sent} - failed

    def new_task(self, heard: Heard) -> None:
        """A task is there."""
        task_id = self._id_in(heard)
        if task_id:
            self.tasks.add(task_id)
            self._known.tasks[heard.call.names[-1]] = task_id

    def completed(self, heard: Heard) -> None:
        """Which tasks are done."""
        self.carried += len(heard.call.names)
        done = [one for one in objects_in(heard.answer.json) if one.get("completed") is True]
        self.done.update(str(one.get("id")) for one in done)

    def logged(self, heard: Heard) -> None:
        """An activity is there."""
        activity_id = self._id_in(heard)
        if activity_id and activity_id not in self._logged:
            self._logged.add(activity_id)
            self.activities[heard.call.kind] += 1

    def _of(self, heard: Heard) -> Kept:
        return self.contacts if heard.call.operation.endswith("contacts") else self.companies

    def _id_in(self, heard: Heard) -> str:
        """The id of what was made, or nothing."""
        self.carried += 1
        made = _object(heard).get("id")
        if isinstance(made, str):
            return made
        self._wonder(heard)
        return ""

    def _refuse(self, heard: Heard, count: int) -> None:
        if count:
            self.problems[f"{heard.answer.status} {REFUSED}"] += count

    def _wonder(self, heard: Heard) -> None:
        self.problems[f"{heard.answer.status} {NOT_UNDERSTOOD}"] += 1


_LESSONS: Final[Mapping[str, Callable[[Lessons, Heard], None]]] = {
    "list_users": Lessons.users,
    "sync_contacts": Lessons.synced,
    "sync_companies": Lessons.synced,
    "create_contacts": Lessons.created,
    "create_companies": Lessons.created,
    "update_contacts": Lessons.updated,
    "update_companies": Lessons.updated,
    "create_associations": Lessons.linked,
    "create_task": Lessons.new_task,
    "complete_tasks": Lessons.completed,
    "create_activity": Lessons.logged,
}
"""What each operation's answers teach."""


def _object(heard: Heard) -> dict[str, Any]:
    """What an answer holds, if that is an object; else an empty one."""
    return heard.answer.json if isinstance(heard.answer.json, dict) else {}


def _pair(link: Mapping[str, Any]) -> tuple[str, str]:
    return str(link.get("contactCRMId")), str(link.get("companyCRMId"))

"""What runs of `customcrm check` have left behind, and its removal."""

import re
from collections.abc import Collection, Sequence

from customcrm.contract.check_runs import RUN, CheckRuns, CleanCheckRun, CleanedCheckRun, belongs_to
from customcrm.crm.records import Kind, Rules
from customcrm.errors import InvalidRequest, Problem
from customcrm.operations.editing import delete_records
from customcrm.operations.ports import Backend, Origin, Reader, Writer
from customcrm.operations.tasks import delete_tasks


def read_check_runs(backend: Backend) -> CheckRuns:
    """Say whether there is a record that no run has made."""
    return CheckRuns(other_records=backend.read(lambda reader: reader.holds_others()))


def clean_check_run(
    backend: Backend, rules: Sequence[Rules], run: str, asked: CleanCheckRun, origin: Origin
) -> CleanedCheckRun:
    """Remove what a run has made, as far as nobody else has added to it.

    Contacts and companies go to the bin if they were created under an external id of the run and
    have no other, tasks if their subject names the run; a person can restore them. Activities of
    the run's contacts are removed for good: they are no messages that anybody has sent.

    Args:
        backend: the CRM.
        rules: of both kinds of record.
        run: its name: `check-9f3a2c`.
        asked: the ids that the run knows of.
        origin: who asks.

    Raises:
        InvalidRequest: that is no name of a run.
    """
    if not RUN.fullmatch(run):
        raise InvalidRequest([Problem("id", f"must match {RUN.pattern}")])
    own = [name for name in asked.external_ids if belongs_to(run, name)]
    made = {each.kind: _made(backend, each.kind, own) for each in rules}
    activities = _remove_activities(backend, run, made[Kind.CONTACT], asked.activities)
    counts = {
        each.kind: len(delete_records(backend, each, made[each.kind], origin)) for each in rules
    }
    tasks = _tasks_of(backend, run, asked.tasks)
    return CleanedCheckRun(
        contacts=counts[Kind.CONTACT],
        companies=counts[Kind.COMPANY],
        tasks=len(delete_tasks(backend, tasks, origin)) if tasks else 0,
        activities=activities,
    )


def _made(backend: Backend, kind: Kind, external_ids: Collection[str]) -> Collection[str]:
    """The records that were created under these external ids and have no others."""
    return backend.read(lambda reader: reader.made_under(kind, external_ids))


def _tasks_of(backend: Backend, run: str, ids: Collection[str]) -> list[str]:
    """Those of these tasks whose subject names the run."""
    found = backend.read(lambda reader: reader.tasks(ids))
    return [task.id for task in found.values() if _names(run, task.subject)]


def _names(run: str, text: str) -> bool:
    """Whether a text has a name of the run in it."""
    return re.search(rf"(?<![\w-]){re.escape(run)}-\d", text) is not None


def _remove_activities(
    backend: Backend, run: str, contacts: Collection[str], ids: Collection[str]
) -> int:
    """Remove those of these activities that are about a contact of the run."""

    def of_run(reader: Reader, activity_id: str) -> bool:
        activity = reader.activity(activity_id)
        contact = (activity and activity.contact_id) or ""
        return contact in contacts or belongs_to(run, contact)

    def remove(writer: Writer) -> int:
        own = [one for one in dict.fromkeys(ids) if of_run(writer, one)]
        return writer.remove_activities(own)

    return backend.write(remove) if ids else 0

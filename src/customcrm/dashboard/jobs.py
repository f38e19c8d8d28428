"""Jobs in bulk: how far they are, what they have done, and how to take it back."""

from typing import Any, Final

from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.failures import Forbidden, PageNotFound
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.selecting import LISTS, PLURALS
from customcrm.dashboard.words import count, cut, label_of
from customcrm.operations.accounts.people import Role
from customcrm.operations.bulk.asking import cancel_job, undo_job
from customcrm.operations.bulk.jobs import Job, Verb
from customcrm.operations.nouns import Noun

SHOWN: Final = 100
"""Jobs of the list: the latest."""


def jobs(visit: Visit) -> Reply:
    """GET /view/jobs."""
    found = visit.desk.jobs.read_jobs(lambda reader: reader.jobs(SHOWN))
    owners = names_of_owners(visit)
    lines = [(one, told_of(one, owners)) for one in found]
    return Page("jobs.html", {"lines": lines, "owners": owners, "plurals": PLURALS})


def job(visit: Visit) -> Reply:
    """GET /view/job/{id}: how far it is, until it is over."""
    found = _job(visit)
    owners = names_of_owners(visit)
    told, theirs = told_of(found, owners), _may(visit, found)
    undoable = found.undoable(visit.now) and not found.undone_by
    undo_form = Undo(f"/view/job/{found.id}/undo") if undoable and theirs else None
    verb = "taken back" if found.undoes else "changed"
    context = {
        "job": found,
        "told": told,
        "said": Toast(f"{told}: {count(found.changed)} {verb}", undo_form),
        "many": PLURALS[found.noun],
        "list": LISTS[found.noun],
        "owners": owners,
        "undoable": undoable,
        "theirs": theirs,
    }
    return Page("job.html", context)


def told_of(job: Job, owners: Any) -> str:
    """What a job does, in a few words."""
    deed = job.deed
    match deed.verb:
        case Verb.UNDO:
            return "Undo"
        case Verb.DELETE:
            return "Delete"
    if job.noun is Noun.TASK and deed.name == "completed":
        return "Complete" if deed.value else "Reopen"
    name = "Date" if deed.name == "dueDate" else cut(label_of(deed.name))
    if deed.value is None:
        return f"{name}: cleared"
    value = {True: "Yes", False: "No"}[deed.value] if isinstance(deed.value, bool) else deed.value
    value = owners.get(value, value) if deed.name == "ownerId" else value
    return f"{name}: {cut(str(value))}"


def cancel(visit: Visit) -> Reply:
    """POST /view/job/{id}/cancel."""
    found = _own(visit)
    cancel_job(visit.desk.jobs, found.id)
    return Redirect(f"/view/job/{found.id}", toast=Toast("It does no more"))


def undo(visit: Visit) -> Reply:
    """POST /view/job/{id}/undo: by a job of its own, which is shown."""
    found = _own(visit)
    began = undo_job(visit.desk.jobs, found.id, visit.origin)
    return Redirect(f"/view/job/{began.id if began else found.id}")


def _job(visit: Visit) -> Job:
    found = visit.desk.jobs.read_jobs(lambda reader: reader.job(visit.path["id"]))
    if found is None:
        raise PageNotFound
    return found


def _may(visit: Visit, found: Job) -> bool:
    """Whether somebody may stop a job, or take it back: who asked for it, and admins."""
    return found.actor == visit.origin.actor or visit.person.role is Role.ADMIN


def _own(visit: Visit) -> Job:
    found = _job(visit)
    if not _may(visit, found):
        raise Forbidden
    return found

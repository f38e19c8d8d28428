"""Tasks: by when they are due, one by one, and what is done with them."""

from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec

from customcrm.contract.due_dates import due_on
from customcrm.contract.tasks import CompleteTasks, CreateTask, Task
from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.revision import Action
from customcrm.crm.text import has_visible
from customcrm.dashboard.desk import Document, Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.due_dates import state_of
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.fields import field_of
from customcrm.dashboard.list_queries import read_task_list
from customcrm.dashboard.people import names_of_actors, names_of_owners
from customcrm.dashboard.security import DATA_POLICY
from customcrm.dashboard.selecting import offers_for
from customcrm.dashboard.urls import changed, day_of, today
from customcrm.dashboard.views import strip_of
from customcrm.operations.browsing.cards import PAGE
from customcrm.operations.browsing.events import TaskLine, TaskState
from customcrm.operations.nouns import Noun
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import complete_tasks, create_task, read_task, values_of

MAX_SUBJECT: Final = 1_000
MAX_DESCRIPTION: Final = 20_000
MAX_PATH: Final = 8_000
"""Characters of a path that somebody is sent to: proxies refuse longer answers."""

MAX_HISTORY: Final = 100
STATES: Final = {
    TaskState.OVERDUE: "Overdue",
    TaskState.TODAY: "Today",
    TaskState.UPCOMING: "Upcoming",
    TaskState.UNDATED: "Without a date",
    TaskState.DONE: "Done",
}


def tasks(visit: Visit) -> Reply:
    """GET /view/tasks."""
    chosen, at = read_task_list(visit.query, visit.now, visit.zone)
    catalogue = visit.desk.catalogue
    counts = {state: catalogue.count_tasks(replace(chosen, state=state)) for state in TaskState}
    state = chosen.state or _first_with_any(counts)
    page = catalogue.tasks(replace(chosen, state=state), at, PAGE)
    return Page(
        "tasks.html",
        {
            "page": page,
            "state": state,
            "here": f"/view/tasks{changed(visit.query, state=state)}",
            "states": STATES,
            "counts": counts,
            "owner": chosen.owner,
            "problems": chosen.problems,
            "owners": names_of_owners(visit),
            "offers": offers_for(Noun.TASK),
            **strip_of(visit, Noun.TASK, [*visit.query, ("state", state)]),
        },
    )


def _first_with_any(counts: dict[TaskState, int]) -> TaskState:
    """What to show to somebody who has not said: what is most urgent."""
    urgent = (state for state, count in counts.items() if count and state is not TaskState.DONE)
    return next(urgent, TaskState.UPCOMING)


def task(visit: Visit) -> Reply:
    """GET /view/task/{id}."""
    line = _line(visit)
    values = values_of(line.task)
    history = visit.desk.catalogue.history(line.task.id, None, MAX_HISTORY)
    return Page(
        "task.html",
        {
            "line": line,
            "values": values,
            "fields": {name: field_of(Noun.TASK, name, value) for name, value in values.items()},
            "deletion": next((one for one in history if one.action == Action.DELETED), None),
            "actors": names_of_actors(visit) if line.deleted else {},
            "day": today(visit.now, visit.zone),
            "owners": names_of_owners(visit),
            "history": history,
        },
    )


def task_json(visit: Visit) -> Reply:
    """GET /view/task/{id}/json."""
    body = msgspec.json.format(msgspec.json.encode(_line(visit).task), indent=2)
    return Document(body, "application/json", DATA_POLICY)


def _line(visit: Visit) -> TaskLine:
    line = visit.desk.catalogue.task_line(visit.path["id"])
    if line is None:
        raise PageNotFound
    return line


def add_task(visit: Visit) -> Reply:
    """POST /view/tasks. A form sent twice makes one task: it bears a key of its own."""
    form = visit.form
    subject = form.get("subject", "").strip()[:MAX_SUBJECT]
    back = came_from(visit)
    if not has_visible(subject):
        return Redirect(back)
    asked = CreateTask(
        subject=subject,
        description=form.get("description", "").strip()[:MAX_DESCRIPTION] or None,
        type=form.get("type", "").strip()[:MAX_SUBJECT] or None,
        owner_id=form.get("owner", "")[:MAX_IDENTIFIER] or visit.person.id,
        due_date=_due(visit),
        contact_id=form.get("contact", "")[:MAX_IDENTIFIER] or None,
        company_id=form.get("company", "")[:MAX_IDENTIFIER] or None,
    )
    once = form.get("once", "")[:MAX_IDENTIFIER] or visit.desk.new_id("form")
    request = Request("add_task", msgspec.json.encode(asked), f"{visit.person.id} {once}")
    task = create_task(visit.desk.backend, asked, {}, request, visit.origin).task
    where = _among_tasks(visit, task) if back.startswith("/view/tasks") else back
    return Redirect(where, toast=Toast("Task added"))


def _among_tasks(visit: Visit, task: Task) -> str:
    """Where the page of all tasks shows one: what was added is seen at once."""
    return f"/view/tasks?state={state_of(task, today(visit.now, visit.zone))}#{task.id}"


def _due(visit: Visit) -> datetime | None:
    """The day that a form names: it has no input for an hour."""
    day = day_of(visit.form.get("due"), visit.zone)
    return None if day is None else due_on(day.date)


def complete(visit: Visit) -> Reply:
    """POST /view/task/{id}/complete."""
    return _complete(visit, completed=True)


def reopen(visit: Visit) -> Reply:
    """POST /view/task/{id}/reopen."""
    return _complete(visit, completed=False)


def _complete(visit: Visit, *, completed: bool) -> Reply:
    before = read_task(visit.desk.backend, visit.path["id"])
    asked = CompleteTasks(ids=[visit.path["id"]], completed=completed)
    found = complete_tasks(visit.desk.backend, asked, visit.origin)
    if not found:
        raise PageNotFound
    back = came_from(visit)
    done = "completed" if completed else "reopened"
    if before.completed == completed:
        # What somebody else has done is not for this one to take back.
        return Redirect(back, toast=Toast(f"Task was {done} already"))
    otherwise = "reopen" if completed else "complete"
    undo = Undo(f"/view/task/{found[0].id}/{otherwise}", {"back": back})
    return Redirect(back, toast=Toast(f"Task {done}", undo))


def came_from(visit: Visit, otherwise: str = "/view/tasks") -> str:
    """The page of ours that a form says it was sent from."""
    back = visit.form.get("back", "")
    return back if is_path(back) else otherwise


def is_path(text: str) -> bool:
    """Whether a text is a path of ours: nothing that a browser would take for another host."""
    return (
        len(text) <= MAX_PATH
        and text.startswith("/")
        and not text.startswith(("//", "/\\"))
        and text.isascii()
        and text.isprintable()
        and "\\" not in text
    )

"""Deleting contacts, companies and tasks, and the bin that they come back from."""

from typing import Final

from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.edited import subject_of
from customcrm.dashboard.people import names_of_actors
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.tasks import came_from
from customcrm.operations.browsing.cards import EMPTY, PAGE
from customcrm.operations.editing import delete_records, restore_records
from customcrm.operations.nouns import Noun
from customcrm.operations.tasks import delete_tasks, restore_tasks

LISTS: Final = {
    Noun.CONTACT: "/view/contacts",
    Noun.COMPANY: "/view/companies",
    Noun.TASK: "/view/tasks",
}
TITLES: Final = {Noun.CONTACT: "Contacts", Noun.COMPANY: "Companies", Noun.TASK: "Tasks"}


def bin_page(visit: Visit) -> Reply:
    """GET /view/bin."""
    reader = QueryReader(visit.query, ("of", "at"))
    noun, at = Noun(reader.choice("of", Noun) or Noun.CONTACT), reader.cursor()
    return Page(
        "bin.html",
        {
            "noun": noun,
            "titles": TITLES,
            "page": EMPTY if reader.problems else visit.desk.catalogue.bin(noun, at, PAGE),
            "problems": reader.problems,
            "actors": names_of_actors(visit),
        },
    )


def delete_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/delete."""
    return _delete(visit, Noun.CONTACT)


def delete_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/delete."""
    return _delete(visit, Noun.COMPANY)


def delete_task(visit: Visit) -> Reply:
    """POST /view/task/{id}/delete."""
    return _delete(visit, Noun.TASK)


def restore_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/restore."""
    return _restore(visit, Noun.CONTACT)


def restore_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/restore."""
    return _restore(visit, Noun.COMPANY)


def restore_task(visit: Visit) -> Reply:
    """POST /view/task/{id}/restore."""
    return _restore(visit, Noun.TASK)


def _delete(visit: Visit, noun: Noun) -> Reply:
    subject, backend = subject_of(visit, noun), visit.desk.backend
    if noun is Noun.TASK:
        gone = delete_tasks(backend, [subject.id], visit.origin)
    else:
        rules = visit.desk.rule_book.rules(Kind(noun))
        gone = delete_records(backend, rules, [subject.id], visit.origin)
    if not gone:
        # What somebody else has done is not for this one to take back.
        told = Toast(f"{subject.name} was deleted already")
        return Redirect(came_from(visit, LISTS[noun]), toast=told)
    undo = Undo(f"{subject.path}/restore", {"back": subject.path})
    return Redirect(came_from(visit, LISTS[noun]), toast=Toast(f"{subject.name} deleted", undo))


def _restore(visit: Visit, noun: Noun) -> Reply:
    backend, asked = visit.desk.backend, visit.path["id"]
    if noun is Noun.TASK:
        back = restore_tasks(backend, [asked], visit.origin)
    else:
        back = restore_records(
            backend, visit.desk.rule_book.rules(Kind(noun)), [asked], visit.origin
        )
    # What was never there cannot be restored; what somebody else has just restored is there.
    subject = subject_of(visit, noun)
    where = came_from(visit, subject.path)
    if not back:
        return Redirect(where, toast=Toast(f"{subject.name} was restored already"))
    undo = Undo(f"{subject.path}/delete", {"back": LISTS[noun]})
    return Redirect(where, toast=Toast(f"{subject.name} restored", undo))

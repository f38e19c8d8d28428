"""Changing what is selected: first it is shown how many that are, then it is done."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.property_types import PropertyType
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Visit
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.selecting import (
    LISTS,
    OFFERS,
    PLURALS,
    noun_of,
    offers_for,
    sample_of,
    selection_of,
)
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.urls import day_of
from customcrm.errors import WorkRefused
from customcrm.operations.bulk.asking import count_selected, start_job, value_to_set
from customcrm.operations.bulk.jobs import Deed, Selection, Verb
from customcrm.operations.nouns import Noun

CLEAR: Final = "clear"
"""What is chosen in the place of a type, to leave a property without a value."""

TYPES: Final[Mapping[str, str]] = {
    PropertyType.TEXT: "Text",
    PropertyType.NUMBER: "Number",
    PropertyType.DATE: "Date",
    PropertyType.YES_NO: "Yes or no",
    PropertyType.URL: "Link",
    CLEAR: "No value: clear it",
}
UNPROCESSABLE: Final = 422
MAX_SHOWN: Final = 300
"""Properties that are offered; any other can be typed."""


def confirm(visit: Visit) -> Reply:
    """POST /view/bulk: how many it would be, and what is to be said of it. Nothing is done yet."""
    noun = noun_of(visit.form.get("noun"))
    action = visit.form.get("action", "")
    if noun is None or action not in offers_for(noun):
        return Redirect(came_from(visit, LISTS[noun or Noun.CONTACT]))
    try:
        selection = selection_of(visit, noun)
    except WorkRefused as error:
        return _back(visit, noun, str(error))
    if selection is None:
        return _back(visit, noun, f"Select {PLURALS[noun]} first")
    return _confirm(visit, noun, action, selection)


def _confirm(
    visit: Visit, noun: Noun, action: str, selection: Selection, problem: str | None = None
) -> Page:
    names = () if noun.kind is None else visit.desk.catalogue.property_names(noun.kind)
    context = {
        "noun": noun,
        "many": PLURALS[noun],
        "action": action,
        "title": OFFERS[action].name,
        "selection": selection,
        "count": count_selected(visit.desk.catalogue, noun, selection),
        "sample": sample_of(visit, noun, selection),
        "query": visit.form.get("query", ""),
        "back": came_from(visit, LISTS[noun]),
        "form": visit.form,
        "owners": names_of_owners(visit),
        "properties": [one for one in names if one.name != "ownerId"][:MAX_SHOWN],
        "types": TYPES,
        "problem": problem,
    }
    return Page("bulk.html", context, UNPROCESSABLE if problem else 200)


def start(visit: Visit) -> Reply:
    """POST /view/bulk/start."""
    noun = noun_of(visit.form.get("noun"))
    action = visit.form.get("action", "")
    if noun is None or action not in _DEEDS or action not in offers_for(noun):
        return Redirect(came_from(visit, LISTS[noun or Noun.CONTACT]))
    try:
        selection = selection_of(visit, noun)
    except WorkRefused as error:
        return _back(visit, noun, str(error))
    if selection is None:
        return Redirect(came_from(visit, LISTS[noun]))
    try:
        deed = _DEEDS[action](visit)
        job = start_job(visit.desk.jobs, noun, deed, selection, visit.origin)
    except WorkRefused as error:
        return _confirm(visit, noun, action, selection, str(error))
    return Redirect(f"/view/job/{job.id}")


def _back(visit: Visit, noun: Noun, said: str) -> Redirect:
    """To the list, which says why nothing is done."""
    return Redirect(came_from(visit, LISTS[noun]), toast=Toast(said))


def _owner(visit: Visit) -> Deed:
    return Deed(Verb.SET, "ownerId", visit.form.get("owner", "")[:MAX_IDENTIFIER] or None)


def _property(visit: Visit) -> Deed:
    name, told = visit.form.get("name", "").strip(), visit.form.get("type", "")
    if not name:
        raise WorkRefused("Name the property")
    if told == CLEAR:
        return Deed(Verb.SET, name)
    kind = PropertyType(told) if told in TYPES else PropertyType.TEXT
    value: Any = value_to_set(kind, visit.form.get("value", ""))
    if value is None:
        raise WorkRefused("Say which value; to leave it without one, choose to clear it")
    return Deed(Verb.SET, name, value)


def _due(visit: Visit) -> Deed:
    if not visit.form.get("due"):
        return Deed(Verb.SET, "dueDate")
    day = day_of(visit.form["due"], visit.zone)
    if day is None:
        raise WorkRefused("The date must be one, such as 2026-01-31")
    return Deed(Verb.SET, "dueDate", day.date.isoformat())


_DEEDS: Final[Mapping[str, Callable[[Visit], Deed]]] = {
    "complete": lambda _: Deed(Verb.SET, "completed", value=True),
    "reopen": lambda _: Deed(Verb.SET, "completed", value=False),
    "owner": _owner,
    "due": _due,
    "property": _property,
    "delete": lambda _: Deed(Verb.DELETE),
}
"""What each action does, as a form has it."""

"""Values edited where they stand, of contacts, companies and tasks: one by one, or all on a page.

What was seen travels with the form, so that nobody overwrites what they have not seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from customcrm.crm.records import Kind
from customcrm.dashboard import choosing, fields
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.edit_forms import (
    Form,
    Meanwhile,
    form_of,
    is_same,
    name_sent,
    sent_form,
    wanted_value,
)
from customcrm.dashboard.edited import Subject, change, packed, subject_of
from customcrm.dashboard.fields import Widget, field_for
from customcrm.dashboard.people import actor_name, names_of_actors, names_of_owners
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.urls import value_of
from customcrm.errors import Conflict, EditConflict
from customcrm.operations.browsing.cards import Card
from customcrm.operations.browsing.cards import Page as PageOf
from customcrm.operations.browsing.events import Named
from customcrm.operations.editing import Edit, why_no_value
from customcrm.operations.nouns import Noun

MAX_ALL: Final = 60
"""Values on the page of all of them."""

MAX_SENT: Final = 800_000
"""Bytes that a browser sends of all values on that page: some less than a form may have."""

_CHOOSERS: Final = frozenset({Widget.CONTACT, Widget.COMPANY})


def edit_contact_page(visit: Visit) -> Reply:
    """GET /view/contact/{id}/edit."""
    return _show(visit, Noun.CONTACT)


def edit_company_page(visit: Visit) -> Reply:
    """GET /view/company/{id}/edit."""
    return _show(visit, Noun.COMPANY)


def edit_task_page(visit: Visit) -> Reply:
    """GET /view/task/{id}/edit."""
    return _show(visit, Noun.TASK)


def edit_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/edit."""
    return _save(visit, Noun.CONTACT)


def edit_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/edit."""
    return _save(visit, Noun.COMPANY)


def edit_task_values(visit: Visit) -> Reply:
    """POST /view/task/{id}/edit."""
    return _save(visit, Noun.TASK)


def _show(visit: Visit, noun: Noun) -> Reply:
    subject = subject_of(visit, noun)
    name = name_sent(value_of(visit.query, "field") or "", subject.values)
    if not name:
        return _page(visit, subject, _all_of(visit, subject), whole=True)
    form = replace(form_of(visit, subject, name), fresh=True)
    try:
        _check_name(subject, name)
    except ValueError as error:
        return _page(visit, subject, [replace(form, problem=str(error))], 422)
    return _page(visit, subject, [form])


def _all_of(visit: Visit, subject: Subject) -> list[Form]:
    """The forms of as many values as a browser can send at once."""
    shown: list[Form] = []
    left = MAX_SENT
    for form in _editable(visit, subject):
        if form.size <= left and len(shown) < MAX_ALL:
            shown.append(form)
            left -= form.size
    return shown


def _editable(visit: Visit, subject: Subject) -> Iterator[Form]:
    """A form for each value that is edited by hand, those that the contract documents first."""
    documented = fields.DOCUMENTED.get(subject.noun, tuple(fields.TASK))
    names = list(dict.fromkeys([*documented, *subject.values]))
    # Of two names for the same thing the one that has a value is enough.
    if "numberOfEmployees" in names:
        names = [one for one in names if one != "employeeCount" or one in subject.values]
    forms = (form_of(visit, subject, name) for name in names)
    return (form for form in forms if form.field.widget)


def _save(visit: Visit, noun: Noun) -> Reply:
    subject = subject_of(visit, noun)
    if "field" in visit.form:
        return _save_one(visit, subject)
    return _save_all(visit, subject)


def _save_one(visit: Visit, subject: Subject) -> Reply:
    sent = sent_form(visit, subject)
    form, field, seen = sent.form, sent.form.field, sent.seen
    back = came_from(visit, f"{subject.path}#{field.anchor}")
    if not sent.touched:
        return Redirect(back)
    try:
        wanted = wanted_value(visit, sent)
        _check_name(subject, field.name)
    except ValueError as error:
        return _page(visit, subject, [replace(form, problem=str(error))], 422)
    if is_same(seen, wanted):
        return Redirect(back)
    if is_same(subject.values.get(field.name), wanted):
        # What somebody else has done is not for this one to take back.
        return Redirect(back, toast=Toast(f"{field.label} was changed to this already"))
    try:
        now = change(visit, subject, [Edit(field.name, seen, wanted)])
    except EditConflict as error:
        return _page(visit, subject, [_contested(visit, subject, form, error.conflicts[0])], 409)
    done = "cleared" if wanted is None else "changed" if seen is not None else "added"
    undo = {
        "field": field.name,
        "seen": packed(now.get(field.name)),
        "exact": packed(seen),
        "back": subject.path,
    }
    return Redirect(back, toast=Toast(f"{field.label} {done}", Undo(f"{subject.path}/edit", undo)))


def _check_name(subject: Subject, name: str) -> None:
    """Make sure that a value can be kept under a name.

    Raises:
        ValueError: it cannot; the message says why.
    """
    problem = why_no_value(subject.values, name)
    if problem is None and subject.noun is Noun.TASK and name not in subject.values:
        problem = "must have another name: this one means something else"
    if problem is not None:
        raise ValueError(problem)


def _contested(visit: Visit, subject: Subject, form: Form, conflict: Conflict) -> Form:
    """The form of a value that somebody else has changed: with both values."""
    origin = visit.desk.catalogue.origins(subject.id).get(conflict.name)
    who = actor_name(origin.actor, names_of_actors(visit)) if origin else "Somebody else"
    return replace(
        form,
        seen=packed(conflict.present),
        # Whoever sends it again means it, also where that is what was there before.
        untouched="",
        mine=packed(conflict.wanted),
        meanwhile=Meanwhile(who, origin.at if origin else None, conflict.present, conflict.wanted),
    )


def _save_all(visit: Visit, subject: Subject) -> Reply:
    forms, edits, failed = [], [], False
    for number in range(MAX_ALL):
        if f"field-{number}" not in visit.form:
            break
        form, edit = _one_of_all(visit, subject, f"-{number}")
        failed = failed or bool(form.problem)
        forms.append(form)
        edits += [edit] if edit else []
    if failed:
        return _page(visit, subject, forms, 422, whole=True)
    if not edits:
        return Redirect(subject.path)
    try:
        change(visit, subject, edits)
    except EditConflict as error:
        contested = {one.name: one for one in error.conflicts}
        forms = [
            _contested(visit, subject, form, contested[form.field.name])
            if form.field.name in contested
            else form
            for form in forms
        ]
        return _page(visit, subject, forms, 409, whole=True)
    changed = ", ".join(field_for(visit, subject.noun, edit.name, None).label for edit in edits)
    return Redirect(subject.path, toast=Toast(f"{changed} changed"))


def _one_of_all(visit: Visit, subject: Subject, suffix: str) -> tuple[Form, Edit | None]:
    """One value of many, and how it changes, if it does."""
    sent = sent_form(visit, subject, suffix)
    if not sent.touched:
        return sent.form, None
    name = sent.form.field.name
    try:
        wanted = wanted_value(visit, sent)
        _check_name(subject, name)
    except ValueError as error:
        return replace(sent.form, problem=str(error)), None
    return sent.form, None if is_same(sent.seen, wanted) else Edit(name, sent.seen, wanted)


def _page(
    visit: Visit, subject: Subject, forms: Sequence[Form], status: int = 200, *, whole: bool = False
) -> Page:
    return Page(
        "edit.html",
        {
            "subject": subject,
            "kind": None if subject.noun is Noun.TASK else Kind(subject.noun),
            "forms": forms,
            "whole": whole,
            "left_out": whole and len(forms) < sum(1 for _ in _editable(visit, subject)),
            "owners": names_of_owners(visit),
            "people": _people(visit, forms),
            "asked": value_of(visit.query, "q") or "",
            "found": _found(visit, forms, whole=whole),
        },
        status,
    )


def _found(visit: Visit, forms: Sequence[Form], *, whole: bool) -> PageOf[Card] | None:
    """Whom a search finds on the page of a value that is somebody's id."""
    widget = forms[0].field.widget if forms and not whole else None
    if widget not in _CHOOSERS:
        return None
    return choosing.found(visit, Kind(widget), value_of(visit.query, "q") or "")


def _people(visit: Visit, forms: Sequence[Form]) -> Mapping[str, Named]:
    """The names of records that are chosen in forms."""
    chosen = [form for form in forms if form.field.widget in _CHOOSERS]
    both = [(one.meanwhile.theirs, one.meanwhile.mine) for one in chosen if one.meanwhile]
    ids = [one.text for one in chosen] + [one for pair in both for one in pair]
    return visit.desk.catalogue.names([one for one in ids if one and isinstance(one, str)])

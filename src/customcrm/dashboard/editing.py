"""Values edited where they stand, of contacts, companies and tasks: one by one, or all on a page.

What was seen travels with the form, so that nobody overwrites what they have not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any, Final

import msgspec

from customcrm.crm.records import Kind
from customcrm.crm.values import is_blank, same_value
from customcrm.dashboard import choosing, fields
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.edited import Subject, change, packed, subject_of, unpacked
from customcrm.dashboard.failures import Forged
from customcrm.dashboard.fields import Field, Widget, field_for
from customcrm.dashboard.people import actor_name, names_of_actors, names_of_owners
from customcrm.dashboard.tasks import NOON, came_from
from customcrm.dashboard.urls import value_of
from customcrm.errors import Conflict, EditConflict
from customcrm.operations.browsing.cards import Card
from customcrm.operations.browsing.cards import Page as PageOf
from customcrm.operations.browsing.events import Named
from customcrm.operations.editing import Edit, why_no_value
from customcrm.operations.nouns import Noun

MAX_ALL: Final = 60
"""Values on the page of all of them."""

_CHOOSERS: Final = frozenset({Widget.CONTACT, Widget.COMPANY})


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else has written into a value since it was seen."""

    who: str
    at: datetime | None
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Form:
    """A value while it is edited.

    Attributes:
        field: which.
        seen: the value that stands there, as JSON.
        text: what stands in the input; `time`: in the one beside it, for a moment.
        problem: what is wrong with it, if anything is.
        meanwhile: what somebody else has written since, if anybody has.
        mine: the value wanted, as JSON, where somebody else has written another one.
        fresh: whether it was just opened.
    """

    field: Field
    seen: str
    text: str = ""
    time: str = ""
    problem: str = ""
    meanwhile: Meanwhile | None = None
    mine: str = ""
    fresh: bool = False


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
    name = (value_of(visit.query, "field") or "").strip()
    if not name:
        return _page(visit, subject, _all_of(visit, subject), whole=True)
    form = replace(_form(visit, subject, name), fresh=True)
    try:
        _check_name(subject, name)
    except ValueError as error:
        return _page(visit, subject, [replace(form, problem=str(error))], 422)
    return _page(visit, subject, [form])


def _all_of(visit: Visit, subject: Subject) -> list[Form]:
    """A form for each value, those that the contract documents first."""
    documented = fields.DOCUMENTED.get(subject.noun, tuple(fields.TASK))
    names = list(dict.fromkeys([*documented, *subject.values]))
    # Of two names for the same thing the one that has a value is enough.
    if "numberOfEmployees" in names and "employeeCount" not in subject.values:
        names.remove("employeeCount")
    forms = [_form(visit, subject, name) for name in names]
    return [form for form in forms if form.field.widget][:MAX_ALL]


def _form(visit: Visit, subject: Subject, name: str) -> Form:
    value = subject.values.get(name)
    field = field_for(visit, subject.noun, name, value)
    text, clock = fields.text_of(value), ""
    if field.widget is Widget.MOMENT and text:
        local = datetime.fromisoformat(text).astimezone(visit.zone)
        text, clock = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    return Form(field, packed(value), text, clock)


def _save(visit: Visit, noun: Noun) -> Reply:
    subject = subject_of(visit, noun)
    if "field" in visit.form:
        return _save_one(visit, subject)
    return _save_all(visit, subject)


def _save_one(visit: Visit, subject: Subject) -> Reply:
    name = visit.form["field"].strip()
    seen = unpacked(visit.form.get("seen", "null"))
    field = field_for(visit, subject.noun, name, seen)
    form = Form(field, packed(seen), visit.form.get("value", ""), visit.form.get("time", ""))
    try:
        wanted = _wanted(visit, field, "", seen)
        _check_name(subject, name)
    except ValueError as error:
        return _page(visit, subject, [replace(form, problem=str(error))], 422)
    back = came_from(visit, f"{subject.path}#{field.anchor}")
    if _same(seen, wanted):
        return Redirect(back)
    if _same(subject.values.get(name), wanted):
        # What somebody else has done is not for this one to take back.
        return Redirect(back, toast=Toast(f"{field.label} was changed to this already"))
    try:
        now = change(visit, subject, [Edit(name, seen, wanted)])
    except EditConflict as error:
        return _page(visit, subject, [_contested(visit, subject, form, error.conflicts[0])], 409)
    done = "cleared" if wanted is None else "changed" if seen is not None else "added"
    undo = {"field": name, "seen": packed(now.get(name)), "exact": packed(seen)}
    path = f"{subject.path}/edit"
    return Redirect(
        back,
        toast=Toast(f"{field.label} {done}", Undo(path, {**undo, "back": subject.path})),
    )


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


def _wanted(visit: Visit, field: Field, suffix: str, seen: Any) -> Any:
    """The value that a form asks for.

    Raises:
        ValueError: it is none of its type.
        Forged: no form of ours bears that.
    """
    exact, text = visit.form.get(f"exact{suffix}"), visit.form.get(f"value{suffix}", "")
    if exact is not None:
        wanted = unpacked(exact)
        if field.required and is_blank(wanted):
            raise Forged
        return wanted
    if field.widget is Widget.MOMENT:
        return _moment(visit, text, visit.form.get(f"time{suffix}", ""), seen)
    return fields.read(field, text, seen)


def _moment(visit: Visit, day: str, clock: str, seen: Any) -> str | None:
    """A day and an hour in the visitor's zone, as the contract tells a moment."""
    if not day.strip():
        return None
    try:
        hour = time.fromisoformat(clock) if clock.strip() else NOON
        local = datetime.combine(datetime.fromisoformat(day.strip()).date(), hour, visit.zone)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a date, such as 2026-01-31") from None
    # Seconds cannot be typed: a moment that has some stays as it is.
    before = datetime.fromisoformat(seen) if isinstance(seen, str) else None
    if before and before.replace(second=0, microsecond=0) == moment:
        return str(seen)
    told: str = msgspec.to_builtins(moment)
    return told


def _contested(visit: Visit, subject: Subject, form: Form, conflict: Conflict) -> Form:
    """The form of a value that somebody else has changed: with both values."""
    origin = visit.desk.catalogue.origins(subject.id).get(conflict.name)
    who = actor_name(origin.actor, names_of_actors(visit)) if origin else "Somebody else"
    return replace(
        form,
        seen=packed(conflict.present),
        mine=packed(conflict.wanted),
        meanwhile=Meanwhile(who, origin.at if origin else None, conflict.present, conflict.wanted),
    )


def _same(one: Any, other: Any) -> bool:
    return same_value(one, other) or (is_blank(one) and is_blank(other))


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
    name = visit.form[f"field{suffix}"]
    seen = unpacked(visit.form.get(f"seen{suffix}", "null"))
    field = field_for(visit, subject.noun, name, seen)
    form = Form(
        field,
        packed(seen),
        visit.form.get(f"value{suffix}", ""),
        visit.form.get(f"time{suffix}", ""),
    )
    try:
        wanted = _wanted(visit, field, suffix, seen)
        _check_name(subject, name)
    except ValueError as error:
        return replace(form, problem=str(error)), None
    return form, None if _same(seen, wanted) else Edit(name, seen, wanted)


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

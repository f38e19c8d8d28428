"""Where values came from, and values of before that come back."""

from typing import Final

from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.edited import change, packed, subject_of, unpacked
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.fields import field_for
from customcrm.dashboard.people import names_of_actors, names_of_owners
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.words import label_of
from customcrm.operations.editing import Edit
from customcrm.operations.nouns import Noun

_LARGEST: Final = 2**63 - 1


def contact_origins(visit: Visit) -> Reply:
    """GET /view/contact/{id}/origins."""
    return _origins(visit, Noun.CONTACT)


def company_origins(visit: Visit) -> Reply:
    """GET /view/company/{id}/origins."""
    return _origins(visit, Noun.COMPANY)


def revert_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/revert."""
    return _revert(visit, Noun.CONTACT)


def revert_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/revert."""
    return _revert(visit, Noun.COMPANY)


def revert_task(visit: Visit) -> Reply:
    """POST /view/task/{id}/revert."""
    return _revert(visit, Noun.TASK)


def _origins(visit: Visit, noun: Noun) -> Reply:
    subject = subject_of(visit, noun)
    found = visit.desk.catalogue.origins(subject.id)
    return Page(
        "origins.html",
        {
            "subject": subject,
            "fields": [
                field_for(visit, noun, name, value) for name, value in subject.values.items()
            ],
            "origins": found,
            "actors": names_of_actors(visit),
            "owners": names_of_owners(visit),
        },
    )


def _revert(visit: Visit, noun: Noun) -> Reply:
    """Bring the value back that stood there before a change; what was seen there is in the form."""
    subject = subject_of(visit, noun)
    number, name = _number(visit.form.get("number", "")), visit.form.get("field", "")
    past = visit.desk.catalogue.change(subject.id, number)
    if past is None or name not in past.old:
        raise PageNotFound
    seen, wanted = unpacked(visit.form.get("seen", "")), past.old[name]
    now = change(visit, subject, [Edit(name, seen, wanted)])
    undo = {"field": name, "seen": packed(now.get(name)), "exact": packed(seen)}
    return Redirect(
        came_from(visit, subject.path),
        toast=Toast(
            f"{label_of(name)} restored",
            Undo(f"{subject.path}/edit", {**undo, "back": subject.path}),
        ),
    )


def _number(told: str) -> int:
    """The number of a change; of one that there is none of, the largest."""
    small = told.isascii() and told.isdecimal() and len(told) < len(str(_LARGEST))
    return int(told) if small else _LARGEST

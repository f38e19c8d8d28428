"""Contacts and companies linked by hand."""

from typing import Final

from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.records import Kind
from customcrm.dashboard.choosing import found
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.edited import Subject, subject_of
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.urls import value_of
from customcrm.operations.associations import link_contact, unlink_contact
from customcrm.operations.nouns import Noun

_AGAIN: Final = "again"
"""The field of a form by which an unlinking is taken back, with all that was said of the link."""


def link_contact_page(visit: Visit) -> Reply:
    """GET /view/contact/{id}/link."""
    return _page(visit, Noun.CONTACT)


def link_company_page(visit: Visit) -> Reply:
    """GET /view/company/{id}/link."""
    return _page(visit, Noun.COMPANY)


def link_from_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/link."""
    return _link(visit, Noun.CONTACT)


def link_from_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/link."""
    return _link(visit, Noun.COMPANY)


def unlink_from_contact(visit: Visit) -> Reply:
    """POST /view/contact/{id}/unlink."""
    return _unlink(visit, Noun.CONTACT)


def unlink_from_company(visit: Visit) -> Reply:
    """POST /view/company/{id}/unlink."""
    return _unlink(visit, Noun.COMPANY)


def _other(noun: Noun) -> Kind:
    return Kind.COMPANY if noun is Noun.CONTACT else Kind.CONTACT


def _page(visit: Visit, noun: Noun) -> Reply:
    subject, other = subject_of(visit, noun), _other(noun)
    asked = value_of(visit.query, "q") or ""
    context = {"asked": asked, "found": found(visit, other, asked)}
    return Page("link_record.html", {"subject": subject, "other": other, **context})


def _ends(visit: Visit, noun: Noun) -> tuple[Subject, str, str]:
    """Whose page it is, and the ids of the contact and the company."""
    subject = subject_of(visit, noun)
    other = visit.form.get("other", "")[:MAX_IDENTIFIER]
    contact, company = (subject.id, other) if noun is Noun.CONTACT else (other, subject.id)
    return subject, contact, company


def _link(visit: Visit, noun: Noun) -> Reply:
    subject, contact, company = _ends(visit, noun)
    again = _AGAIN in visit.form
    link = link_contact(visit.desk.backend, contact, company, visit.origin, again=again)
    back = came_from(visit, subject.path)
    if link is None:
        return Redirect(back)
    undo = Undo(f"{subject.path}/unlink", {"other": visit.form["other"], "back": subject.path})
    return Redirect(back, toast=Toast(f"{link.contact} linked to {link.company}", undo))


def _unlink(visit: Visit, noun: Noun) -> Reply:
    subject, contact, company = _ends(visit, noun)
    link = unlink_contact(visit.desk.backend, contact, company, visit.origin)
    back = came_from(visit, subject.path)
    if link is None:
        return Redirect(back)
    form = {"other": visit.form["other"], "back": subject.path, _AGAIN: "yes"}
    undo = Undo(f"{subject.path}/link", form)
    return Redirect(back, toast=Toast(f"{link.contact} no longer linked to {link.company}", undo))

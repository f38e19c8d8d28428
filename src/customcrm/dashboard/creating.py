"""Contacts and companies made by hand."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from customcrm.contract.values import MAX_IDENTIFIER
from customcrm.crm.records import Kind
from customcrm.dashboard import fields
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.fields import field_for
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.urls import value_of
from customcrm.dashboard.words import label_of
from customcrm.errors import KeyTaken
from customcrm.operations.editing import create_record
from customcrm.operations.nouns import Noun
from customcrm.operations.repeats import Request

FORMS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.CONTACT: (
        "firstName",
        "lastName",
        "email",
        "phone",
        "title",
        "company",
        "linkedinUrl",
        "location",
    ),
    Kind.COMPANY: (
        "name",
        "domain",
        "industry",
        "linkedinUrl",
        "numberOfEmployees",
        "location",
    ),
}
"""What the forms ask for. Everything else is added on the page of what was made."""

NAMING: Final = {
    Kind.CONTACT: ("firstName", "lastName", "email", "linkedinUrl"),
    Kind.COMPANY: ("name", "domain"),
}
"""Without one of these nobody would know whom they have made."""

KEYS: Final = {"email": "email", "linkedin": "LinkedIn address", "domain": "domain"}
"""Strong keys, for people."""


def new_contact(visit: Visit) -> Reply:
    """GET /view/contacts/new."""
    return _page(visit, Kind.CONTACT, _begun(visit, Kind.CONTACT), {})


def new_company(visit: Visit) -> Reply:
    """GET /view/companies/new."""
    return _page(visit, Kind.COMPANY, _begun(visit, Kind.COMPANY), {})


def add_contact(visit: Visit) -> Reply:
    """POST /view/contacts/new."""
    return _add(visit, Kind.CONTACT)


def add_company(visit: Visit) -> Reply:
    """POST /view/companies/new."""
    return _add(visit, Kind.COMPANY)


def _begun(visit: Visit, kind: Kind) -> dict[str, str]:
    """What a link to the form says already."""
    told = {name: value_of(visit.query, name) or "" for name in (*FORMS[kind], "company_id")}
    return {**told, "ownerId": visit.person.id}


def _add(visit: Visit, kind: Kind) -> Reply:
    """Make one; a form sent twice makes one: it bears a key of its own."""
    values, problems = _values(visit, kind)
    if not problems and not any(values.get(name) for name in NAMING[kind]):
        wanted = " or ".join(label_of(name).lower() for name in NAMING[kind])
        problems = {NAMING[kind][0]: f"must say who it is: {wanted}"}
    if problems:
        return _page(visit, kind, visit.form, problems, status=422)
    company = visit.form.get("company_id", "")[:MAX_IDENTIFIER] or None
    if company:
        named = visit.desk.catalogue.names([company]).get(company)
        values |= {"company": named.name} if named else {}
    body = msgspec.json.encode([values, company])
    once = visit.form.get("once", "")[:MAX_IDENTIFIER] or visit.desk.new_id("form")
    # Another body is another record: somebody went back, and changed what they had typed.
    request = Request(f"add_{kind}", body)
    request = Request(f"add_{kind}", body, f"{visit.person.id} {once} {request.digest}")
    try:
        made = create_record(
            visit.desk.backend,
            visit.desk.rule_book.rules(kind),
            values,
            request,
            visit.origin,
            company_id=company if kind is Kind.CONTACT else None,
            despite=visit.form.get("despite") == "yes",
        )
    except KeyTaken as error:
        return _page(visit, kind, visit.form, {}, error.holders, status=409)
    undo = Undo(f"/view/{kind}/{made}/delete", label="Undo")
    told = f"{'Contact' if kind is Kind.CONTACT else 'Company'} added"
    return Redirect(f"/view/{kind}/{made}", toast=Toast(told, undo))


def _values(visit: Visit, kind: Kind) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed, and what is wrong with it, by name."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name in (*FORMS[kind], "ownerId"):
        try:
            field = field_for(visit, Noun(kind), name, None)
            values[name] = fields.read(field, visit.form.get(name, ""), None)
        except ValueError as error:
            problems[name] = str(error)
    return {name: value for name, value in values.items() if value is not None}, problems


def _page(
    visit: Visit,
    kind: Kind,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    holders: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> Page:
    company = typed.get("company_id") or ""
    ids: Sequence[str] = [*(holders or {}).values(), *([company] if company else [])]
    names = visit.desk.catalogue.names(ids)
    taken = [
        (KEYS.get(key, key), names[one]) for key, one in (holders or {}).items() if one in names
    ]
    return Page(
        "new.html",
        {
            "kind": kind,
            "fields": [field_for(visit, Noun(kind), name, None) for name in FORMS[kind]],
            "typed": typed,
            "problems": problems,
            "taken": taken,
            "chosen": names.get(company),
            "once": typed.get("once") or visit.desk.new_id("form"),
            "owners": names_of_owners(visit),
        },
        status,
    )

"""Why a record is who it is: each link of the chain, taken apart.

It says of each value what the match keys say of it, in the words of `match_keys`; a test holds the
two together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.country import region_of
from customcrm.crm.domain import domain_key, website_host
from customcrm.crm.email import email_key
from customcrm.crm.folding import fold
from customcrm.crm.linkedin import linkedin_key
from customcrm.crm.match_keys import (
    DOMAIN_FIELDS,
    MAX_KEY,
    PHONE_FIELDS,
)
from customcrm.crm.matching import EXTERNAL_ID, Match
from customcrm.crm.name import MAX_KEY as MAX_NAME
from customcrm.crm.name import company_name_key, person_name_key, says_too_little
from customcrm.crm.phone import is_national, phone_key
from customcrm.crm.records import Kind, Rules
from customcrm.crm.values import is_blank, same_value

NAME_FIELDS: Final = ("firstName", "lastName", "company")

MADE_FROM: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    Kind.CONTACT: {
        EXTERNAL_ID: (EXTERNAL_ID,),
        "email": ("email",),
        "linkedinUrl": ("linkedinUrl",),
        "phone": PHONE_FIELDS,
        "name": NAME_FIELDS,
    },
    Kind.COMPANY: {
        EXTERNAL_ID: (EXTERNAL_ID,),
        "domain": DOMAIN_FIELDS,
        "linkedinUrl": ("linkedinUrl",),
        "name": ("name",),
    },
}
"""The links that the chain of a kind can have, in the order in which they are believed, and the
properties that each is made from."""


class Why(StrEnum):
    """Why a value gives no key."""

    ABSENT = "absent"
    BLANK = "blank"
    NO_TEXT = "no text"
    TOO_LONG = "too long"
    UNREADABLE = "unreadable"
    SHARED_DOMAIN = "shared domain"
    OTHER_PAGE = "other page"
    NO_COUNTRY = "no country"
    INITIAL = "initial"
    NOT_NEEDED = "not needed"


class Form(NamedTuple):
    """What became of one value, or of those that make a key together.

    Attributes:
        made_from: the properties with their values as they came.
        value: the normal form, which is looked for; None if there is none.
        why: why there is none.
        about: what `why` speaks of, such as a property or a domain; of a phone number the country
            that it was read by.
    """

    made_from: tuple[tuple[str, Any], ...]
    value: str | None
    why: Why | None = None
    about: str = ""


def forms_of(kind: Kind, link: str, values: Mapping[str, Any]) -> tuple[Form, ...]:
    """The normal forms of one link of the chain.

    Args:
        kind: of the record.
        link: one of `MADE_FROM`.
        values: the record as it came; a null is as good as nothing.
    """
    match link:
        case "externalId":
            return (Form(_named(values, [EXTERNAL_ID]), str(values[EXTERNAL_ID])),)
        case "email":
            return (_form(values, "email", email_key(values.get("email"))),)
        case "linkedinUrl":
            return (_linkedin(values, company=kind is Kind.COMPANY),)
        case "phone":
            return _phones(values)
        case "domain":
            return tuple(_domains(values))
        case _:
            return (_person(values) if kind is Kind.CONTACT else _company(values),)


def _named(values: Mapping[str, Any], fields: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    return tuple((field, values.get(field)) for field in fields)


def _form(
    values: Mapping[str, Any], field: str, key: str | None, why: Why = Why.UNREADABLE
) -> Form:
    """The form of one value; `why` says why there is none where nothing simpler does."""
    made_from = _named(values, [field])
    if key is not None and len(key) <= MAX_KEY:
        return Form(made_from, key)
    if key is not None:
        return Form(made_from, None, Why.TOO_LONG, field)
    return Form(made_from, None, _plainly(values.get(field)) or why, field)


def _plainly(value: object) -> Why | None:
    """Why anything at all could not be made of a value; None if the reason lies deeper."""
    if value is None:
        return Why.ABSENT
    if is_blank(value):
        return Why.BLANK
    return None if isinstance(value, str) else Why.NO_TEXT


def _linkedin(values: Mapping[str, Any], *, company: bool) -> Form:
    value = values.get("linkedinUrl")
    key = linkedin_key(value, company=company)
    other = key is None and linkedin_key(value, company=not company) is not None
    return _form(values, "linkedinUrl", key, Why.OTHER_PAGE if other else Why.UNREADABLE)


def _domains(values: Mapping[str, Any]) -> Iterator[Form]:
    """The forms of a company's domain: only the first that gives a key is used."""
    used = False
    for field in DOMAIN_FIELDS:
        value = values.get(field)
        if used:
            why = _plainly(value) or Why.NOT_NEEDED
            yield Form(_named(values, [field]), None, why, field)
            continue
        key, host = domain_key(value), website_host(value)
        form = _form(values, field, key)
        if key is None and host is not None:
            form = form._replace(why=Why.SHARED_DOMAIN, about=host)
        used = form.value is not None
        yield form


def _phones(values: Mapping[str, Any]) -> tuple[Form, ...]:
    """The forms of both numbers; the second is none of its own where it is the first again."""
    region = region_of(values)
    forms: list[Form] = []
    for field in PHONE_FIELDS:
        value = values.get(field)
        key = phone_key(value, region)
        form = _form(values, field, key)
        if is_national(value):
            form = form._replace(about=region or field)
            if key is None and region is None:
                form = form._replace(why=Why.NO_COUNTRY)
        elif form.why is Why.NO_TEXT and isinstance(value, int | float):
            form = form._replace(why=Why.UNREADABLE)
        forms.append(form)
    return tuple(forms)


def _person(values: Mapping[str, Any]) -> Form:
    first, last, company = (values.get(field) for field in NAME_FIELDS)
    key = person_name_key(first, last, company)
    made_from = _named(values, NAME_FIELDS)
    if key is not None:
        return Form(made_from, key)
    for field in NAME_FIELDS:
        why = _why_no_part(field, values.get(field))
        if why:
            return Form(made_from, None, why, field)
    return Form(made_from, None, Why.TOO_LONG)


def _why_no_part(field: str, value: object) -> Why | None:
    """Why one part of a person's key says nothing; None if it says something."""
    if not isinstance(value, str) or is_blank(value):
        return _plainly(value)
    if len(value) > MAX_NAME:
        return Why.TOO_LONG
    if field == "company":
        return None if company_name_key(value) else Why.UNREADABLE
    folded = fold(value)
    if not says_too_little(folded):
        return None
    return Why.INITIAL if folded else Why.UNREADABLE


def _company(values: Mapping[str, Any]) -> Form:
    name = values.get("name")
    long = isinstance(name, str) and len(name) > MAX_NAME
    return _form(values, "name", company_name_key(name), Why.TOO_LONG if long else Why.UNREADABLE)


class Verdict(StrEnum):
    """What one link of the chain came to."""

    WON = "won"
    AGREES = "agrees"
    RIVAL = "rival"
    DELETED = "deleted"
    NOTHING = "nothing"
    NO_KEY = "no key"
    OFF = "off"


class Holder(NamedTuple):
    """A stored record that has a key or a name.

    Attributes:
        id: of the record.
        merged_from: the id that led to it, if that was merged into it.
        deleted: whether it is deleted: then it is no match.
    """

    id: str
    merged_from: str = ""
    deleted: bool = False


class Tried(NamedTuple):
    """A form, and who has it: the oldest first; `more` says whether there are others."""

    form: Form
    holders: tuple[Holder, ...] = ()
    more: bool = False


class Step(NamedTuple):
    """One link of the chain: what it is, what it came to, and what was tried."""

    link: str
    verdict: Verdict
    tried: tuple[Tried, ...]


def verdict_of(rules: Rules, link: str, tried: Sequence[Tried], matched: Match | None) -> Verdict:
    """What a link came to, beside what the whole chain found."""
    if link not in rules.chain:
        return Verdict.OFF
    if matched and matched.rule == link:
        return Verdict.WON
    found = {one.holders[0].id for one in tried if one.holders and not one.holders[0].deleted}
    if matched and found:
        return Verdict.AGREES if found == {matched.record.id} else Verdict.RIVAL
    if any(one.holders for one in tried):
        return Verdict.DELETED
    return Verdict.NOTHING if any(one.form.value for one in tried) else Verdict.NO_KEY


class Kept(NamedTuple):
    """A value that a record keeps although another came for it."""

    name: str
    own: Any
    came: Any


def kept_by(own: Mapping[str, Any], came: Mapping[str, Any]) -> tuple[Kept, ...]:
    """What a record has of its own where something else came."""
    return tuple(
        Kept(name, own[name], value)
        for name, value in came.items()
        if name in own and not same_value(own[name], value)
    )

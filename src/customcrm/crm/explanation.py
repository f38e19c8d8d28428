"""Why a record is who it is: each link of the chain, taken apart.

It says of each value what the match keys say of it, in the words of `match_keys`; a test holds the
two together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.country import region_of
from customcrm.crm.documented_fields import (
    COMPANY_PAGE_FIELDS,
    DOMAIN_FIELDS,
    EMAIL_FIELDS,
    PHONE_FIELDS,
    PROFILE_FIELDS,
)
from customcrm.crm.folding import fold
from customcrm.crm.identity import Objection, Weakness
from customcrm.crm.linkedin import linkedin_key
from customcrm.crm.match_keys import (
    NAME_FIELDS,
    Candidate,
    MatchKey,
    company_names,
    domains,
    emails,
    pages,
    person_names,
    phones,
)
from customcrm.crm.matching import Match
from customcrm.crm.name import MAX_KEY as MAX_NAME
from customcrm.crm.name import company_name_key, says_too_little
from customcrm.crm.phone import is_national
from customcrm.crm.placeholders import is_no_employer, is_placeholder
from customcrm.crm.records import EXTERNAL_ID, Kind, Rules
from customcrm.crm.values import is_blank, same_value

MADE_FROM: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    Kind.CONTACT: {
        EXTERNAL_ID: (EXTERNAL_ID,),
        "email": EMAIL_FIELDS,
        "linkedinUrl": PROFILE_FIELDS,
        "phone": PHONE_FIELDS,
        "name": NAME_FIELDS,
    },
    Kind.COMPANY: {
        EXTERNAL_ID: (EXTERNAL_ID,),
        "domain": DOMAIN_FIELDS,
        "linkedinUrl": COMPANY_PAGE_FIELDS,
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
    PLACEHOLDER = "placeholder"
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
        about: what `why` speaks of, such as a property; of a phone number the country that it was
            read by.
        weakness: why it links only where the names agree; None if it does not ask for them.
    """

    made_from: tuple[tuple[str, Any], ...]
    value: str | None
    why: Why | None = None
    about: str = ""
    weakness: Weakness | None = None


def forms_of(rules: Rules, link: str, values: Mapping[str, Any]) -> tuple[Form, ...]:
    """Return the normal forms of one link of the chain.

    Args:
        rules: of the record's kind.
        link: one of `MADE_FROM`.
        values: the record as it came; a null is as good as nothing.
    """
    if link == EXTERNAL_ID:
        return (Form(_named(values, [EXTERNAL_ID]), str(values[EXTERNAL_ID])),)
    if link != "name":
        forms = list(_of_fields(rules.kind, link, values))
    else:
        forms = [_person(values) if rules.kind is Kind.CONTACT else _company(values)]
    identity = rules.links.identity_of([values])
    return tuple(
        one
        if one.value is None
        else one._replace(weakness=rules.links.weakness(MatchKey(link, one.value), identity))
        for one in forms
    )


def _named(values: Mapping[str, Any], fields: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    return tuple((field, values.get(field)) for field in fields)


def _candidates(kind: Kind, link: str, values: Mapping[str, Any]) -> list[Candidate]:
    match link:
        case "email":
            return list(emails(values))
        case "phone":
            return list(phones(values))
        case "domain":
            return list(domains(values))
        case _:
            return list(pages(values, company=kind is Kind.COMPANY))


def _of_fields(kind: Kind, link: str, values: Mapping[str, Any]) -> Iterator[Form]:
    """The forms of a link that is made from single values: of each field, one for each of them."""
    candidates = _candidates(kind, link, values)
    for field in MADE_FROM[kind][link]:
        own = [one for one in candidates if one.field == field]
        if not own:
            why = _plainly(values.get(field)) or Why.BLANK
            yield Form(_named(values, [field]), None, why, field)
        yield from (_form_of(kind, link, one, values) for one in own)


def _form_of(kind: Kind, link: str, one: Candidate, values: Mapping[str, Any]) -> Form:
    """The form of one value; why it has none, where it has none."""
    made_from = ((one.field, one.value),)
    key = one.match_key
    about, national = one.field, False
    if link == "phone":
        region = region_of(values)
        national = is_national(one.value)
        about = (region or one.field) if national else one.field
        if key is None and national and region is None:
            return Form(made_from, None, Why.NO_COUNTRY, one.field)
    if key is not None:
        return Form(made_from, key, None, about if national else "")
    return Form(made_from, None, _why_none(kind, link, one), about)


def _why_none(kind: Kind, link: str, one: Candidate) -> Why:
    """Why one value gives no key."""
    if one.placeholder:
        return Why.PLACEHOLDER
    if not one.needed:
        return Why.NOT_NEEDED
    if link == "linkedinUrl" and linkedin_key(one.value, company=kind is Kind.CONTACT) is not None:
        return Why.OTHER_PAGE
    number = link == "phone" and isinstance(one.value, int | float)
    return (None if number else _plainly(one.value)) or Why.UNREADABLE


def _form(
    values: Mapping[str, Any], field: str, key: str | None, why: Why = Why.UNREADABLE
) -> Form:
    """The form of one value; `why` says why there is none where nothing simpler does."""
    made_from = _named(values, [field])
    if key is not None:
        return Form(made_from, key)
    return Form(made_from, None, _plainly(values.get(field)) or why, field)


def _plainly(value: object) -> Why | None:
    """Why anything at all could not be made of a value; None if the reason lies deeper."""
    if value is None:
        return Why.ABSENT
    if is_blank(value) or value == []:
        return Why.BLANK
    return None if isinstance(value, str) else Why.NO_TEXT


def _person(values: Mapping[str, Any]) -> Form:
    made_from = _named(values, NAME_FIELDS)
    for one in person_names(values):
        if one.match_key is not None:
            return Form(made_from, one.match_key)
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
    company = field == "company"
    if not (company_name_key(value) if company else fold(value)):
        return Why.UNREADABLE
    if is_no_employer(value) if company else is_placeholder(value):
        return Why.PLACEHOLDER
    return Why.INITIAL if not company and says_too_little(fold(value)) else None


def _company(values: Mapping[str, Any]) -> Form:
    name = values.get("name")
    long = isinstance(name, str) and len(name) > MAX_NAME
    why = Why.TOO_LONG if long else Why.UNREADABLE
    one = next(company_names(values), None)
    if one is not None and one.match_key is None:
        why = Why.PLACEHOLDER
    return _form(values, "name", one.match_key if one else None, why)


class Verdict(StrEnum):
    """What one link of the chain came to."""

    WON = "won"
    AGREES = "agrees"
    RIVAL = "rival"
    REJECTED = "rejected"
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
        objection: why the key does not make it the record that came; None if it does.
    """

    id: str
    merged_from: str = ""
    deleted: bool = False
    objection: Objection | None = None

    @property
    def qualifies(self) -> bool:
        """Whether the key or name makes it the record that came."""
        return not self.deleted and self.objection is None


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
    qualifying = [next((h for h in one.holders if h.qualifies), None) for one in tried]
    found = {holder.id for holder in qualifying if holder}
    if matched and found:
        return Verdict.AGREES if found == {matched.record.id} else Verdict.RIVAL
    held = [holder for one in tried for holder in one.holders]
    if held:
        return Verdict.DELETED if all(holder.deleted for holder in held) else Verdict.REJECTED
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

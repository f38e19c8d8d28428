"""How matching is told to people: links, normal forms, and why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from customcrm.crm.explanation import Form, Step, Tried, Verdict, Why
from customcrm.crm.records import Kind
from customcrm.dashboard.words import label_of


class LinkWords(NamedTuple):
    """One link of a chain, for people.

    Attributes:
        name: as it stands in lists.
        how: what it is made from, and which spellings of it are the same.
    """

    name: str
    how: str


_EXTERNAL_ID: Final = LinkWords(
    "Enginy's id",
    "The externalId, exactly as it came. A record has one for each time it was exported or "
    "recognised.",
)
_LINKEDIN: Final = "Scheme, country, language, query, case and the slash at the end do not matter."

LINK_WORDS: Final[Mapping[Kind, Mapping[str, LinkWords]]] = {
    Kind.CONTACT: {
        "externalId": _EXTERNAL_ID,
        "email": LinkWords(
            "Email",
            "The email: trimmed, in small letters, its domain in ASCII. Dots and +tags count.",
        ),
        "linkedinUrl": LinkWords("LinkedIn", f"The address of a person's profile. {_LINKEDIN}"),
        "phone": LinkWords(
            "Phone",
            "Phone and mobile, in the international form. A national number counts only if the "
            "record says its country.",
        ),
        "name": LinkWords(
            "Name and company",
            "First name, last name and company together, without case, accents, punctuation and "
            "legal forms (Inc, GmbH, S.L.). All three must be there; initials say too little.",
        ),
    },
    Kind.COMPANY: {
        "externalId": _EXTERNAL_ID,
        "domain": LinkWords(
            "Domain",
            "The domain, else the website: without protocol, www., port and path. Domains that "
            "many share (gmail.com, linkedin.com) identify nobody.",
        ),
        "linkedinUrl": LinkWords("LinkedIn", f"The address of a company's page. {_LINKEDIN}"),
        "name": LinkWords(
            "Name",
            "The name without case, accents, punctuation and legal forms (Inc, GmbH, S.L.). "
            "Similar names stay different.",
        ),
    },
}
"""Every link that a chain can have."""


class VerdictWords(NamedTuple):
    """What a link came to, for people: a word, an icon, a mood."""

    word: str
    icon: str
    mood: str


VERDICTS: Final[Mapping[Verdict, VerdictWords]] = {
    Verdict.WON: VerdictWords("decides", "check", "good"),
    Verdict.AGREES: VerdictWords("agrees", "check", ""),
    Verdict.RIVAL: VerdictWords("points elsewhere", "triangle-alert", "warn"),
    Verdict.DELETED: VerdictWords("deleted, no match", "x", "bad"),
    Verdict.NOTHING: VerdictWords("nobody has it", "circle", ""),
    Verdict.NO_KEY: VerdictWords("nothing to look for", "circle", ""),
    Verdict.OFF: VerdictWords("switched off", "circle", ""),
}

_PLAIN: Final[Mapping[Why, str]] = {
    Why.ABSENT: "{label} did not come",
    Why.BLANK: "{label} is blank",
    Why.NO_TEXT: "{label} is no text",
    Why.TOO_LONG: "Too long for a key",
    Why.SHARED_DOMAIN: "{about} is shared by many: free mail, a platform or a host of sites",
    Why.NO_COUNTRY: "{label} has no country code, and the record names no country",
    Why.INITIAL: "{label} is only an initial: too little to tell people apart",
    Why.NOT_NEEDED: "{label} is not needed: the domain counts",
}
_UNREADABLE: Final[Mapping[str, str]] = {
    "email": "Not readable as an email address",
    "linkedinUrl": "Not readable as the address of a LinkedIn profile or page",
    "phone": "No number of a length that any country uses, or one digit over and over",
    "domain": "Not readable as a public domain",
    "name": "{label} has no letters",
}
_OTHER_PAGE: Final[Mapping[Kind, str]] = {
    Kind.CONTACT: "A company's page, not a profile: all colleagues would be one person",
    Kind.COMPANY: "A person's profile, not a company's page",
}


def why_not(kind: Kind, link: str, form: Form) -> str:
    """Why a value gives no key, as a phrase; empty if it gives one."""
    match form.why:
        case None:
            return ""
        case Why.UNREADABLE:
            phrase = _UNREADABLE[link]
        case Why.OTHER_PAGE:
            phrase = _OTHER_PAGE[kind]
        case why:
            phrase = _PLAIN[why]
    return phrase.format(label=label_of(form.about), about=form.about)


def told_of(step: Step) -> Sequence[Tried]:
    """What is shown of a link: values that did not come are, where nothing else did."""
    came = [one for one in step.tried if one.form.why is not Why.ABSENT]
    return came or step.tried[:1]


EXAMPLES: Final[Mapping[str, tuple[Kind, str, dict[str, Any]]]] = {
    "spellings": (
        Kind.CONTACT,
        "Odd spellings",
        {
            "externalId": "example-1",
            "firstName": "Zoë",
            "lastName": "O'Brien",
            "email": " Zoe.OBrien@ACME.example ",
            "linkedinUrl": "https://ie.linkedin.com/in/Zoe-OBrien/en?trk=search",
            "phone": "00353 1 234 5678",
            "company": "ACME, Ltd.",
        },
    ),
    "gaps": (
        Kind.CONTACT,
        "Too little said",
        {
            "externalId": "example-2",
            "firstName": "J.",
            "lastName": "Smith",
            "email": "j.smith at acme",
            "linkedinUrl": "https://www.linkedin.com/company/acme",
            "phone": "600 111 222",
        },
    ),
    "company": (
        Kind.COMPANY,
        "A free-mail domain",
        {
            "externalId": "example-3",
            "name": "Acme Iberia, S.L.",
            "domain": "gmail.com",
            "website": "https://www.acme.example/es?ref=mail",
        },
    ),
}
"""Records to try: kind, title, and the record."""

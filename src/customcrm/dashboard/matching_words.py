"""How matching is told to people: links, normal forms, and why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from customcrm.crm.explanation import Form, Step, Tried, Verdict, Why
from customcrm.crm.identity import Difference, Objection, Weakness
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
            "The email, professional or personal: trimmed, in small letters, its domain in ASCII. "
            "Dots and +tags count. A mailbox of a role (info@, sales@) finds only somebody whose "
            "name agrees.",
        ),
        "linkedinUrl": LinkWords("LinkedIn", f"The address of a person's profile. {_LINKEDIN}"),
        "phone": LinkWords(
            "Phone",
            "Phone, mobile and other numbers, in the international form. A national number counts "
            "only if the record says its country. It finds nobody whose email or profile is "
            "another one, or whose name is different.",
        ),
        "name": LinkWords(
            "Name and company",
            "First name, last name and company together, without case, accents, punctuation and "
            "legal forms (Inc, GmbH, S.L.). All three must be there; initials say too little. It "
            "finds nobody whose email, profile or phone is another one.",
        ),
    },
    Kind.COMPANY: {
        "externalId": _EXTERNAL_ID,
        "domain": LinkWords(
            "Domain",
            "The domain, else the website: without protocol, www., port and path. A domain that "
            "many share (gmail.com, etsy.com) or a page of a site (/shop/oak) finds only a company "
            "whose name agrees.",
        ),
        "linkedinUrl": LinkWords("LinkedIn", f"The address of a company's page. {_LINKEDIN}"),
        "name": LinkWords(
            "Name",
            "The name without case, accents, punctuation and legal forms (Inc, GmbH, S.L.). "
            "Similar names stay different. It finds no company whose domain or LinkedIn page is "
            "another one.",
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
    Verdict.REJECTED: VerdictWords("does not link", "x", "warn"),
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
    Why.PLACEHOLDER: "Placeholder: not used for matching",
    Why.NO_COUNTRY: "{label} has no country code, and the record names no country",
    Why.INITIAL: "{label} is only an initial: too little to tell people apart",
    Why.NOT_NEEDED: "{label} is not needed: the domain counts",
}
_UNREADABLE: Final[Mapping[str, str]] = {
    "email": "Not readable as an email address",
    "linkedinUrl": "Not readable as the address of a LinkedIn profile or page",
    "phone": "Not readable as a phone number, or one digit over and over",
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


WEAKNESSES: Final[Mapping[Weakness, str]] = {
    Weakness.ROLE_MAILBOX: "Role mailbox: links only if the names agree",
    Weakness.SHARED_DOMAIN: "Shared domain: links only if the names agree",
    Weakness.OWN_PAGE: "Page of a site: links only if the names agree",
    Weakness.PHONE: "Phone: links only if the names agree",
}
"""Why a key links only where the names agree."""

REASON_LINKS: Final[Mapping[str, str]] = {"sharedEmail": "email", "sharedDomain": "domain"}
"""The link that a pair is noted for, where the reason is not the link itself."""


def objection_words(kind: Kind, objection: Objection) -> str:
    """Return why somebody who has a key is not the record that came, as a phrase."""
    match objection.difference:
        case Difference.NAMES:
            return "different name"
        case Difference.ADDRESS:
            return "different page, and no name to compare"
        case Difference.KEYS:
            names = [LINK_WORDS[kind][link].name for link in objection.kinds]
            return "different " + " and ".join(
                name if name.startswith("LinkedIn") else name.lower() for name in names
            )


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
    "switchboard": (
        Kind.CONTACT,
        "Shared mailbox and phone",
        {
            "externalId": "example-4",
            "firstName": "Bob",
            "lastName": "Example",
            "email": "info@acme.example",
            "linkedinUrl": "https://www.linkedin.com/in/bob-example",
            "phone": "+1-555-0123",
            "company": "n/a",
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

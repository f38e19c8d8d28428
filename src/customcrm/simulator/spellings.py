"""The same thing written in different ways, as lists from different vendors write it."""

import random
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from customcrm.simulator.dice import happens
from customcrm.simulator.locales.locale import Word

Spelling = Callable[[str], str]

EMAILS: Final[tuple[Spelling, ...]] = (
    str.upper,
    str.title,
    "  {}".format,
    "{} ".format,
    "mailto:{}".format,
)
"""Of an address. Most addresses are written as they are."""

PROFILES: Final[tuple[Spelling, ...]] = (
    "https://www.linkedin.com/in/{}".format,
    "https://www.linkedin.com/in/{}/".format,
    "http://www.linkedin.com/in/{}".format,
    "https://linkedin.com/in/{}".format,
    "linkedin.com/in/{}".format,
    "www.linkedin.com/in/{}/".format,
    "https://es.linkedin.com/in/{}".format,
    "https://uk.linkedin.com/in/{}/".format,
    "https://www.linkedin.com/in/{}?utm_source=share&utm_medium=member_desktop".format,
    "https://www.linkedin.com/in/{}/?originalSubdomain=de".format,
    "https://www.linkedin.com/in/{}/#about".format,
    "https://www.linkedin.com/in/{}/en".format,
    lambda slug: f"HTTPS://WWW.LINKEDIN.COM/IN/{slug.upper()}",
    lambda slug: f"https://www.linkedin.com/in/{quote(slug)}",
)
"""Of a person's page."""

PAGES: Final[tuple[Spelling, ...]] = (
    "https://www.linkedin.com/company/{}".format,
    "https://www.linkedin.com/company/{}/".format,
    "linkedin.com/company/{}".format,
    "http://linkedin.com/company/{}/about/".format,
    "https://www.linkedin.com/company/{}?trk=public_jobs".format,
    lambda slug: f"https://www.LinkedIn.com/company/{slug.upper()}/",
)
"""Of a company's page."""

DOMAINS: Final[tuple[Spelling, ...]] = (
    "www.{}".format,
    "https://{}".format,
    "https://www.{}/".format,
    "http://www.{}/en/about?ref=list".format,
    "  {}".format,
    str.upper,
    "{}.".format,
)
"""Of a domain. Most domains are written as they are."""

NO_EMAIL: Final = ("", "N/A", "n/a", "-", None, "unknown")
"""What stands where there is no address."""


def spelt(
    throw: random.Random, text: str, spellings: Sequence[Spelling], share: float = 1.0
) -> str:
    """A text in one of its spellings, in this share of cases; else as it is. No text stays so."""
    return throw.choice(spellings)(text) if text and happens(throw, share) else text


def shouted(text: str) -> str:
    """A name as careless lists have it: in capitals, with a space at its end."""
    return f"{text.upper()} "


def plain_company_name(name: str) -> str:
    """`Acme, Inc.` as `ACME Inc`: the word in capitals, no stops and commas."""
    first, space, rest = name.replace(",", "").replace(".", "").partition(" ")
    return f"{first.upper()}{space}{rest}"


def telephone(throw: random.Random, national: str, international: str) -> str:
    """A number as somebody wrote it: at home or abroad, with or without spaces."""
    digits = "".join(char for char in international.replace("(0)", "") if char.isdigit())
    ways = (international, international, f"+{digits}", f"+{digits}", f"00{digits}", national)
    return throw.choice((*ways, national))


def mailbox(first: Word, last: Word, habit: int) -> str:
    """The part of an address before the `@`, as one company makes all of them."""
    one, other = first.latin.replace("-", ""), last.latin
    return (
        f"{one}.{other}",
        f"{one}.{other}",
        f"{one}_{other.replace('-', '')}",
        f"{other}.{one}",
        f"{one}-{other}",
    )[habit]


def slug(word: Word, *, accents: bool) -> str:
    """A name as a part of an address; with its accents, or in another script, if it bears it."""
    written = "-".join(word.written.lower().split())
    bears = written.replace("-", "").isalpha() and written.upper().lower() == written
    return written if accents and bears else word.latin

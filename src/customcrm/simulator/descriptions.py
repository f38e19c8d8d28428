"""What people and companies say of themselves: from a line to pages, with HTML or without."""

import random
from html import escape
from typing import Final

from customcrm.simulator.dice import happens
from customcrm.simulator.people import SIZES, Company, Person

_PAGES: Final = 60
"""Sentences in the longest texts."""


def about_person(person: Person, throw: random.Random) -> str:
    """What stands under a profile."""
    said = person.letters.about
    if happens(throw, 0.02):
        return " ".join(throw.choice(said) for _ in range(_PAGES))
    chosen = throw.sample(said, throw.randrange(1, 4))
    if happens(throw, 0.12):
        return _as_html(chosen)
    return " ".join(chosen)


def about_company(company: Company, founded: int, throw: random.Random) -> str:
    """What stands on a page."""
    name, city = company.legal_name, company.city.name.written
    said = (
        f"{name} has been at home in {city} since {founded}.",
        f"{company.industry} for customers in {city} and beyond.",
        f"A team of {SIZES[company.size][0]} people who answer the phone themselves.",
        f"Winner of the award «Best of {city}», twice.",
        "ISO 9001 & 27001. We are hiring! 🚀",
    )
    if happens(throw, 0.03):
        return "\r\n\r\n".join(throw.choice(said) for _ in range(_PAGES))
    chosen = throw.sample(said, throw.randrange(1, 5))
    if happens(throw, 0.3):
        return _as_html(chosen)
    return " ".join(chosen)


def _as_html(sentences: list[str]) -> str:
    """Sentences as a web page has them."""
    first, *rest = map(escape, sentences)
    points = "".join(f"<li>{one}</li>" for one in rest)
    return f"<p><strong>{first}</strong></p>" + (f"<ul>\n{points}\n</ul>" if points else "&nbsp;")

"""Who is in the lists twice.

A double and its original are always of the same hundred, which is exported in one call: so it makes
no difference which hundred comes first. Nobody has more than one double.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from customcrm.simulator.dice import dice, happens
from customcrm.simulator.people import Person
from customcrm.simulator.scenario import BATCH

_APART: Final = 37
"""How far behind its original a contact's double is; odd."""

_TWICE: Final = 0.12
"""How many of those who could be somebody's double are."""

_KNOWN: Final = 0.75
"""How many doubles share an address with their original."""


class Likeness(StrEnum):
    """What a record has to do with its original."""

    SAME = "same"
    """One and the same: they share an email, a domain or a page on LinkedIn."""
    ALIKE = "alike"
    """They share a name, and a telephone at most: nobody can know."""


class Double(NamedTuple):
    """Whose double a record is, and how much of one."""

    original: int
    likeness: Likeness


def original_of_contact(seed: int, number: int) -> int | None:
    """Whose double a contact is: an even number's, or nobody's."""
    if number % 2 == 0 or number % BATCH < _APART:
        return None
    throw = dice(seed, "double of contact", number)
    return number - _APART if happens(throw, _TWICE) else None


def double_of_contact(seed: int, number: int, original: Person) -> Double:
    """How much of a double of this person a contact is."""
    throw = dice(seed, "likeness of contact", number)
    known = bool(original.email or original.slug) and happens(throw, _KNOWN)
    return Double(original.number, Likeness.SAME if known else Likeness.ALIKE)


def double_of_company(seed: int, number: int) -> Double | None:
    """Whose double a company is: that of the even number before it, or nobody's."""
    throw = dice(seed, "double of company", number)
    if number % 2 == 0 or not happens(throw, _TWICE):
        return None
    return Double(number - 1, Likeness.SAME if happens(throw, _KNOWN) else Likeness.ALIKE)

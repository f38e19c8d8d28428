"""Read the query of an address, and note every part that is not understood.

A filter that is silently dropped shows more than was asked for, and a bulk job would then change
it. So each value is read by a `QueryReader`, which collects a `QueryProblem` for everything that it
cannot read; a filter that has problems matches nothing.
"""

import json
import re
from base64 import urlsafe_b64decode
from binascii import Error as BadBase64
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, tzinfo
from typing import Final

from customcrm.dashboard.urls import MAX_TOKEN, MAX_VALUE, Query, day_of
from customcrm.operations.browsing.cards import Cursor, Order, QueryProblem, Sort
from customcrm.operations.browsing.events import Day
from customcrm.web.text import is_clean

MAX_PROBLEMS: Final = 10
"""Problems of one query that are noted: one is enough to match nothing."""

MAX_SHOWN: Final = 60
"""Characters of a value that a message repeats."""

_LARGEST: Final = 2**63 - 1
_LABELS: Final[Mapping[str, str]] = {
    "at": "Page",
    "col": "Columns",
    "contacted_in": "First contacted",
    "created_from": "Added from",
    "created_to": "Added to",
    "operation": "Call",
    "failed": "Outcome",
    "prop": "Property",
    "q": "Search",
    "replied_after": "Reply after step",
    "replied_in": "First reply",
    "since": "From",
    "sort": "Sort order",
    "step": "Step sent",
    "type": "Channel",
    "until": "To",
    "updated_from": "Changed from",
    "updated_to": "Changed to",
}


class QueryReader:
    """Reads the values of one query by name.

    Args:
        query: the pairs, in their order. A pair without a value asks for nothing.
        known: every name that the page understands.
        repeated: those of them that may come more than once; their values are read elsewhere.
    """

    def __init__(
        self, query: Query, known: Collection[str], repeated: Collection[str] = ()
    ) -> None:
        self.problems: list[QueryProblem] = []
        self._values: dict[str, str] = {}
        for name, value in query:
            if not value or name in repeated:
                continue
            if name not in known:
                self.note(name, f"There is no filter named {quoted(name)}")
            elif self._values.setdefault(name, value) != value:
                self.note(name, f"{label(name)} is given more than once")

    def note(self, parameter: str, message: str) -> None:
        """Note a part of the query that is not understood."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(QueryProblem(parameter[:MAX_SHOWN], message))

    def refuse(self, name: str, value: str, expected: str) -> None:
        """Note a value that is not what is expected, such as `a number from 0 to 9`."""
        self.note(name, f"{label(name)}: {quoted(value)} is not {expected}")

    def text(self, name: str) -> str | None:
        """Return a text of at most 300 characters."""
        value = self._values.get(name)
        if value is not None and len(value) > MAX_VALUE:
            self.note(name, f"{label(name)} is longer than {MAX_VALUE} characters")
            return None
        return value

    def choice(self, name: str, choices: Iterable[str]) -> str | None:
        """Return one of the choices."""
        value = self.text(name)
        if value is None or value in set(choices):
            return value
        self.refuse(name, value, "one of the choices")
        return None

    def flag(self, name: str) -> bool | None:
        """Return whether it is `yes`; None if it is absent."""
        value = self.choice(name, ("yes", "no"))
        return None if value is None else value == "yes"

    def number(self, name: str, least: int = 0, most: int = 999) -> int | None:
        """Return a whole number within two bounds."""
        value = self.text(name)
        if value is None:
            return None
        if re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most:
            return int(value)
        self.refuse(name, value, f"a whole number from {least} to {most}")
        return None

    def day(self, name: str, zone: tzinfo) -> Day | None:
        """Return a day of a zone."""
        value = self.text(name)
        if value is None:
            return None
        day = day_of(value, zone)
        if day is None:
            self.refuse(name, value, "a date that can be used here, such as 2026-01-31")
        return day

    def date(self, name: str) -> date | None:
        """Return a date."""
        day = self.day(name, UTC)
        return None if day is None else day.start.date()

    def order(self, name: str, allowed: Mapping[str, Sort], default: Order) -> Order:
        """Return the order `name` or, descending, `-name`."""
        value = self.text(name)
        if value is None:
            return default
        by = allowed.get(value.removeprefix("-"))
        if by is None:
            self.refuse(name, value, "one of the choices")
            return default
        return Order(by, value.startswith("-"))

    def cursor(self, name: str = "at") -> Cursor | None:
        """Return the place in a list at which a page begins."""
        value = self._values.get(name)
        if value is None:
            return None
        cursor = _decoded(value) if len(value) <= MAX_TOKEN else None
        if cursor is None:
            self.note(name, "This address does not name a page of the list")
        return cursor


def label(name: str) -> str:
    """Return what people call a parameter."""
    return _LABELS.get(name) or name[:MAX_SHOWN].replace("_", " ").capitalize()


def quoted(value: str) -> str:
    """Return a value as a message repeats it: cut, and in quotation marks."""
    return f"“{value[:MAX_SHOWN]}{'…' if len(value) > MAX_SHOWN else ''}”"


def _decoded(token: str) -> Cursor | None:
    """Decode what `urls.token_of` has made; None for anything else."""
    try:
        parts = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, BadBase64, RecursionError):
        return None
    match parts:
        case [str() | int() as value, int() as number, int() as backwards] if (
            not any(isinstance(part, bool) for part in parts)
            and abs(number) <= _LARGEST
            and (is_clean(value) if isinstance(value, str) else abs(value) <= _LARGEST)
            and backwards in {0, 1}
        ):
            return Cursor(value, number, bool(backwards))
    return None

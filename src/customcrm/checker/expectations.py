"""What an answer can be held against; each returns what is wrong, or None, so that `or` joins them.

return has_status(answer, 200) or is_list(answer, "results") or equals(answer, "results", [])
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from customcrm.checker.places import MISSING, at
from customcrm.client.exchange import NOT_JSON, Answer

REFUSALS: Final = (400, 422)
"""Statuses of an invalid body. Enginy documents 400; frameworks that say 422 mean the same."""

NOT_OFFERED: Final = (404, 405, 501)
"""Statuses by which an optional endpoint says that it is not there."""


class Broken(NamedTuple):
    """A rule that is broken: what was expected, what came, and as the answer to what.

    `waited` is whether an answer was waited for in vain. The two texts are as long as what came,
    and may hold the key: the engine sees to both.
    """

    expected: str
    got: str
    answer: Answer
    waited: bool = False


def shown(value: object) -> str:
    """A value as a finding shows it."""
    if value is MISSING or value is NOT_JSON:
        return repr(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _said(answer: Answer) -> str:
    """What came: the status, where it leads to if it leads away, and the body."""
    body = answer.text if answer.json is NOT_JSON else shown(answer.json)
    leads_away = 300 <= answer.status <= 399  # noqa: PLR2004 - the definition of it
    to = f"to {answer.headers.get('location', 'nowhere')} " if leads_away else ""
    return f"{answer.status} {to}{body}".rstrip()


def has_status(answer: Answer, *statuses: int) -> Broken | None:
    """Its status is one of these."""
    if answer.status in statuses:
        return None
    wanted = " or ".join(map(str, statuses))
    return Broken(f"status {wanted}", _said(answer), answer)


def succeeds(answer: Answer) -> Broken | None:
    """Its status is a 2xx."""
    return None if answer.succeeded else Broken("a 2xx status", _said(answer), answer)


def refuses(answer: Answer) -> Broken | None:
    """Its status says that the request was wrong."""
    if answer.status in REFUSALS:
        return None
    return Broken("status 400: the request is invalid", _said(answer), answer)


def survives(answer: Answer) -> Broken | None:
    """Its status is no 5xx."""
    if answer.status < 500:  # noqa: PLR2004 - the definition of it
        return None
    return Broken("no 5xx status", _said(answer), answer)


def _broken_at(answer: Answer, place: str, expected: str, value: object) -> Broken:
    where = f"`{place}`" if place else "the body"
    if answer.json is NOT_JSON:
        return Broken(f"{where} {expected}", _said(answer), answer)
    return Broken(f"{where} {expected}", f"{where} is {shown(value)}", answer)


def is_list(answer: Answer, place: str = "", length: int | None = None) -> Broken | None:
    """There is an array, of a length if one is given."""
    value = at(answer.json, place)
    if not isinstance(value, list):
        return _broken_at(answer, place, "is an array", value)
    if length is not None and len(value) != length:
        return _broken_at(answer, place, f"has {length} items", value)
    return None


def is_object(answer: Answer, place: str = "") -> Broken | None:
    """There is an object."""
    value = at(answer.json, place)
    return None if isinstance(value, dict) else _broken_at(answer, place, "is an object", value)


def is_id(answer: Answer, place: str) -> Broken | None:
    """There is an id: a string that is not empty."""
    value = at(answer.json, place)
    if isinstance(value, str) and value:
        return None
    return _broken_at(answer, place, "is a string that is not empty", value)


def is_text(answer: Answer, place: str) -> Broken | None:
    """There is a text that is not empty."""
    value = at(answer.json, place)
    if isinstance(value, str) and value.strip():
        return None
    return _broken_at(answer, place, "is a text", value)


def equals(answer: Answer, place: str, wanted: object) -> Broken | None:
    """There is this value, of this type."""
    value = at(answer.json, place)
    if type(value) is type(wanted) and value == wanted:
        return None
    return _broken_at(answer, place, f"is {shown(wanted)}", value)


def equals_if_present(answer: Answer, place: str, wanted: object) -> Broken | None:
    """There is nothing, or this value."""
    return None if at(answer.json, place) is MISSING else equals(answer, place, wanted)


def is_absent(answer: Answer, place: str) -> Broken | None:
    """There is nothing."""
    value = at(answer.json, place)
    return None if value is MISSING else _broken_at(answer, place, "is not there", value)


def is_moment(answer: Answer, place: str) -> Broken | None:
    """There is a date in ISO 8601."""
    value = at(answer.json, place)
    if isinstance(value, str) and moment_of(value):
        return None
    return _broken_at(answer, place, "is a date in ISO 8601", value)


def moment_of(value: str) -> datetime | None:
    """The moment that a date in ISO 8601 names, or None if it is no such date."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def lists_in_order(answer: Answer, place: str, name: str, wanted: Sequence[Any]) -> Broken | None:
    """The items of an array have these values under a name, in this order."""
    value = at(answer.json, place)
    found = [at(item, name) for item in value] if isinstance(value, list) else value
    if found == list(wanted):
        return None
    where = f"{place}[].{name}" if place else f"[].{name}"
    return _broken_at(answer, where, f"is {shown(list(wanted))}", found)

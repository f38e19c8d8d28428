"""The calls received: what Enginy asked, what became of it, and why what failed has failed."""

from typing import Final

from customcrm.dashboard.desk import Page, Reply, Visit
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.list_queries import read_call_list
from customcrm.operations.browsing.cards import PAGE
from customcrm.operations.browsing.events import CallFilter, CallLine

MAX_DIGITS: Final = 18
"""Digits of a number that both databases can look for."""


def calls(visit: Visit) -> Reply:
    """GET /view/calls."""
    chosen, at = read_call_list(visit.query)
    page = visit.desk.catalogue.calls(chosen, at, PAGE)
    return Page("calls.html", {"page": page, "chosen": chosen, "narrowed": chosen != CallFilter()})


def call(visit: Visit) -> Reply:
    """GET /view/call/{number}."""
    return Page("call.html", {"line": call_line(visit, visit.path["number"])})


def call_line(visit: Visit, number: str) -> CallLine:
    """The call of a number, as it stands in a path or a query.

    Raises:
        PageNotFound: there is none.
    """
    is_one = number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS
    line = visit.desk.catalogue.call(int(number)) if is_one else None
    if line is None:
        raise PageNotFound
    return line

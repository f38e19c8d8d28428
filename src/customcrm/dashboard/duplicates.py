"""The list of records that may be one."""

from collections.abc import Mapping
from typing import Final

from customcrm.crm.duplicates import Reason
from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.urls import changed
from customcrm.operations.browsing.cards import EMPTY
from customcrm.operations.merging.suggestions import dismiss, suggest_again

SUGGESTIONS: Final = 25
"""Pairs on one page."""

MAX_COUNTED: Final = 500
"""Pairs that are counted: where there are more, the page says so."""

LIST: Final = "/view/duplicates"

REASONS: Final[Mapping[Reason, str]] = {
    Reason.EMAIL: "Same email",
    Reason.LINKEDIN: "Same LinkedIn page",
    Reason.DOMAIN: "Same domain",
    Reason.EXTERNAL_ID: "Same id at Enginy",
    Reason.NAME: "Same name",
    Reason.PHONE: "Same phone",
    Reason.SHARED_EMAIL: "Same shared mailbox",
    Reason.SHARED_DOMAIN: "Same shared domain",
    Reason.SIMILAR_NAME: "Similar name",
}

OFFERED: Final[Mapping[Kind, tuple[Reason, ...]]] = {
    Kind.CONTACT: (
        Reason.EMAIL,
        Reason.LINKEDIN,
        Reason.NAME,
        Reason.PHONE,
        Reason.SHARED_EMAIL,
        Reason.SIMILAR_NAME,
        Reason.EXTERNAL_ID,
    ),
    Kind.COMPANY: (
        Reason.DOMAIN,
        Reason.LINKEDIN,
        Reason.NAME,
        Reason.SHARED_DOMAIN,
        Reason.SIMILAR_NAME,
        Reason.EXTERNAL_ID,
    ),
}
"""The reasons that there are for each kind."""


def duplicates(visit: Visit) -> Reply:
    """GET /view/duplicates."""
    reader = QueryReader(visit.query, ("kind", "reason", "at"))
    kind = kind_of(reader.choice("kind", list(Kind)))
    chosen = reader.choice("reason", [str(one) for one in OFFERED[kind]])
    reason, at = Reason(chosen) if chosen else None, reader.cursor()
    merges, refused = visit.desk.merges, bool(reader.problems)
    return Page(
        "duplicates.html",
        {
            "kind": kind,
            "reason": reason,
            "reasons": REASONS,
            "offered": OFFERED[kind],
            "page": EMPTY if refused else merges.suggestions(kind, reason, at, SUGGESTIONS),
            "count": 0 if refused else merges.count_suggestions(kind, reason, MAX_COUNTED),
            "problems": reader.problems,
            "doubtful": len(merges.doubtful_records(kind)),
            "most": MAX_COUNTED,
            "search": merges.search(kind),
            "here": f"{LIST}{changed(visit.query, kind=str(kind))}",
        },
    )


def kind_of(text: str | None) -> Kind:
    """The kind that an address names; contacts, if it names none."""
    return Kind(text) if text in set(Kind) else Kind.CONTACT


def dismiss_pair(visit: Visit) -> Reply:
    """POST /view/duplicates/dismiss."""
    kind, pair, back = _asked(visit)
    if not dismiss(visit.desk.merges, kind, pair, visit.origin):
        return Redirect(back)
    undo = Undo("/view/duplicates/suggest", {**visit.form, "back": back})
    return Redirect(back, toast=Toast("They are two, and will not be suggested again", undo))


def suggest_pair(visit: Visit) -> Reply:
    """POST /view/duplicates/suggest."""
    kind, pair, back = _asked(visit)
    suggest_again(visit.desk.merges, kind, pair)
    return Redirect(back)


def _asked(visit: Visit) -> tuple[Kind, tuple[str, str], str]:
    """The kind, the pair and the page that a form names."""
    form = visit.form
    pair = form.get("first", ""), form.get("second", "")
    return kind_of(form.get("kind")), pair, came_from(visit, LIST)


def look_again(visit: Visit) -> Reply:
    """POST /view/duplicates/search."""
    visit.desk.merges.look_again()
    return Redirect(came_from(visit, LIST), toast=Toast("All records are being looked at again"))

"""Two records side by side, merging them, and taking that back."""

from typing import Final, NamedTuple

from customcrm.crm.merging import Contest, contests
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.crm.text import NO_NAME
from customcrm.crm.values import is_blank
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.words import cut
from customcrm.errors import RecordGone
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.records import RecordPage
from customcrm.operations.merging.merges import merge_records, undo_merge

CANDIDATES: Final = 25
"""Records on one page to choose from."""

CHOICE: Final = "keep "
"""What the fields of a form begin with that say whose value wins; the property's name follows."""

_RULES: Final = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}


class Rows(NamedTuple):
    """The properties of two records.

    Attributes:
        differing: both have a value, and not the same: there is a choice.
        single: one of the two has a value.
        same: both have the same.
    """

    differing: tuple[Contest, ...]
    single: tuple[Contest, ...]
    same: tuple[Contest, ...]


def side_by_side(visit: Visit) -> Reply:
    """GET /view/duplicates/{kind}/{first}/{second}: the first is the one that stays."""
    kind = _kind(visit)
    survivor, merged = (_record(visit, kind, visit.path[name]) for name in ("first", "second"))
    if survivor.record.id == merged.record.id:
        return Redirect(f"/view/{kind}/{survivor.record.id}")
    pair = survivor.record.id, merged.record.id
    if pair != (visit.path["first"], visit.path["second"]):
        return Redirect(f"/view/duplicates/{kind}/{pair[0]}/{pair[1]}")
    return Page(
        "pair.html",
        {
            "kind": kind,
            "survivor": survivor,
            "merged": merged,
            "rows": _rows(survivor, merged),
            "choice": CHOICE,
            "moves": _moves(kind, merged),
            "suggested": visit.desk.merges.is_suggested(kind, pair),
            "owners": names_of_owners(visit),
        },
    )


def _kind(visit: Visit) -> Kind:
    kind = visit.path["kind"]
    if kind not in set(Kind):
        raise PageNotFound
    return Kind(kind)


def _record(visit: Visit, kind: Kind, record_id: str) -> RecordPage:
    page = visit.desk.catalogue.record_page(kind, record_id)
    if page is None:
        raise PageNotFound
    if page.record.deleted:
        raise RecordGone
    return page


def _rows(survivor: RecordPage, merged: RecordPage) -> Rows:
    found = contests(survivor.record.properties, merged.record.properties)
    told = [one for one in found if not (is_blank(one.survivor) and is_blank(one.merged))]
    single = [one for one in told if is_blank(one.survivor) or is_blank(one.merged)]
    differing = [one for one in told if one.differs]
    apart = {one.name for one in (*single, *differing)}
    same = [one for one in told if one.name not in apart]
    return Rows(tuple(differing), tuple(single), tuple(same))


def _moves(kind: Kind, merged: RecordPage) -> tuple[tuple[str, str, int], ...]:
    """What comes along with the merged record: a word for one, one for several, and how many."""
    linked = ("company", "companies") if kind is Kind.CONTACT else ("person", "people")
    return (
        ("activity", "activities", merged.card.activities),
        ("task", "tasks", len(merged.tasks) + merged.done),
        (*linked, len(merged.linked)),
        ("id of Enginy's", "ids of Enginy's", len(merged.external_ids)),
        ("record merged before", "records merged before", len(merged.merged)),
    )


def merge(visit: Visit) -> Reply:
    """POST /view/duplicates/{kind}/{first}/{second}."""
    kind = _kind(visit)
    first, second = visit.path["first"], visit.path["second"]
    choices = {
        name.removeprefix(CHOICE): side
        for name, side in visit.form.items()
        if name.startswith(CHOICE)
    }
    named = visit.desk.catalogue.names([first, second])
    done = merge_records(visit.desk.merges, _RULES[kind], first, second, choices, visit.origin)
    undo = Undo(f"/view/merge/{kind}/{done.id}/undo")
    names = [cut(named[one].name) for one in (second, first)]
    said = f"Merged with {names[0]}" if names[0] != names[1] else "Merged into one"
    return Redirect(f"/view/{kind}/{done.survivor_id}", toast=Toast(said, undo))


def undo(visit: Visit) -> Reply:
    """POST /view/merge/{kind}/{id}/undo."""
    kind = _kind(visit)
    done = undo_merge(visit.desk.merges, _RULES[kind], visit.path["id"], visit.origin)
    where = came_from(visit, f"/view/{kind}/{done.survivor_id}")
    return Redirect(where, toast=Toast("The merge was undone: both are as they were"))


def pick(visit: Visit) -> Reply:
    """GET /view/merge/{kind}/{id}: with what to merge a record."""
    kind = _kind(visit)
    page = _record(visit, kind, visit.path["id"])
    reader = QueryReader(visit.query, ("q", "at"))
    asked, at = reader.text("q"), reader.cursor()
    name = "" if page.card.name == NO_NAME else page.card.name
    words = (asked or next(reversed(name.split()), "")).strip()
    chosen = CardFilter(search=words, problems=tuple(reader.problems))
    found = visit.desk.catalogue.cards(kind, chosen, Order(), at, CANDIDATES)
    return Page(
        "pick.html",
        {"kind": kind, "record": page, "words": words, "page": found, "problems": reader.problems},
    )

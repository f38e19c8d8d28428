"""The page of a contact or a company, with its timeline."""

from itertools import groupby
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.records import CompanyFields, ContactFields
from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Document, Page, Redirect, Reply, Visit
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.reach import ways_to_reach
from customcrm.dashboard.security import DATA_POLICY
from customcrm.dashboard.urls import choice_of, cursor_of, value_of
from customcrm.dashboard.words import CHANNELS, date_of, in_zone
from customcrm.operations.browsing.records import Entry, RecordPage, Timeline, TimelineFilter

TIMELINE: Final = 40
"""Entries of a timeline that come at once."""

DIRECTIONS: Final = ("INBOUND", "OUTBOUND")

_DOCUMENTED: Final = {
    Kind.CONTACT: tuple(field.encode_name for field in msgspec.structs.fields(ContactFields)),
    Kind.COMPANY: tuple(field.encode_name for field in msgspec.structs.fields(CompanyFields)),
}
_ELSEWHERE: Final = {
    Kind.CONTACT: frozenset({"firstName", "lastName", "title", "description"}),
    Kind.COMPANY: frozenset({"name", "description"}),
}
"""Properties that stand in the head of the page, or have a place of their own."""


class Part(NamedTuple):
    """Properties that belong together."""

    title: str
    properties: tuple[tuple[str, Any], ...]


class Stretch(NamedTuple):
    """The entries of one day."""

    title: str
    entries: tuple[Entry, ...]


def contact(visit: Visit) -> Reply:
    """GET /view/contact/{id}."""
    return _record(visit, Kind.CONTACT)


def company(visit: Visit) -> Reply:
    """GET /view/company/{id}."""
    return _record(visit, Kind.COMPANY)


def contact_json(visit: Visit) -> Reply:
    """GET /view/contact/{id}/json."""
    return _json(visit, Kind.CONTACT)


def company_json(visit: Visit) -> Reply:
    """GET /view/company/{id}/json."""
    return _json(visit, Kind.COMPANY)


def _record(visit: Visit, kind: Kind) -> Reply:
    page = _page_of(visit, kind)
    if page.record.id != visit.path["id"]:
        return Redirect(f"/view/{kind}/{page.record.id}?merged={visit.path['id']}")
    chosen = TimelineFilter(
        type=choice_of(visit.query, "type", CHANNELS),
        direction=choice_of(visit.query, "direction", DIRECTIONS),
        changes=value_of(visit.query, "changes") == "yes",
        tasks=value_of(visit.query, "tasks") == "yes",
    )
    timeline = visit.desk.catalogue.timeline(
        kind, page.record.id, chosen, cursor_of(visit.query), TIMELINE
    )
    return Page(
        "record.html",
        {
            "kind": kind,
            "page": page,
            "parts": _parts(visit, kind, page),
            "timeline": timeline,
            "stretches": _stretches(visit, timeline),
            "chosen": chosen,
            "owners": names_of_owners(visit),
            "merged_from": choice_of(visit.query, "merged", page.merged),
            "merges": visit.desk.merges.merges_into(kind, page.record.id),
            "ways": ways_to_reach(page.record.properties),
            "today": date_of(visit.now, visit.zone, visit.now),
        },
    )


def _page_of(visit: Visit, kind: Kind) -> RecordPage:
    page = visit.desk.catalogue.record_page(kind, visit.path["id"])
    if page is None:
        raise PageNotFound
    return page


def _parts(visit: Visit, kind: Kind, page: RecordPage) -> list[Part]:
    """All properties: documented ones in the contract's order, engagement, and all others."""
    properties = page.record.properties
    names = visit.desk.catalogue.property_names(kind)
    engagement = {name.name for name in names if name.origin == "engagement"}
    documented = [n for n in _DOCUMENTED[kind] if n in properties and n not in _ELSEWHERE[kind]]
    others = [n for n in properties if n not in _DOCUMENTED[kind]]
    groups = (
        ("Details", documented),
        ("Engagement", [name for name in others if name in engagement]),
        ("Custom properties", [name for name in others if name not in engagement]),
    )
    return [
        Part(title, tuple((name, properties[name]) for name in members))
        for title, members in groups
        if members
    ]


def _stretches(visit: Visit, timeline: Timeline) -> list[Stretch]:
    """The entries of a timeline by day, as the visitor has it."""
    days = groupby(timeline.entries, key=lambda one: in_zone(one.at, visit.zone).date())
    return [
        Stretch(date_of(entries[0].at, visit.zone, visit.now), tuple(entries))
        for entries in (list(members) for _, members in days)
    ]


def _json(visit: Visit, kind: Kind) -> Document:
    page = _page_of(visit, kind)
    told = {
        "id": page.record.id,
        "deleted": page.record.deleted,
        "externalIds": [one.external_id for one in page.external_ids],
        "merged": page.merged,
        "createdAt": page.card.created_at,
        "updatedAt": page.card.updated_at,
        "properties": page.record.properties,
    }
    body = msgspec.json.format(msgspec.json.encode(told), indent=2)
    return Document(body, "application/json", DATA_POLICY)

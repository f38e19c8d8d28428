"""The page of a contact or a company, with its timeline."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, NamedTuple

import msgspec

from customcrm.contract.activities import DIRECTIONS
from customcrm.crm.documented_fields import with_documented_fields
from customcrm.crm.journey import OTHER_TYPE
from customcrm.crm.moments import in_zone
from customcrm.crm.records import Kind
from customcrm.crm.revision import Action
from customcrm.dashboard.activities import terms_beyond
from customcrm.dashboard.arrangement import Part, parts_of
from customcrm.dashboard.desk import Document, Page, Redirect, Reply, Visit
from customcrm.dashboard.due_dates import due_order
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.fields import DOCUMENTED, Field, field_for
from customcrm.dashboard.list_queries import read_card_list
from customcrm.dashboard.lists import LISTS
from customcrm.dashboard.people import names_of_actors, names_of_owners
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.reach import ways_to_reach
from customcrm.dashboard.security import DATA_POLICY
from customcrm.dashboard.urls import (
    Query,
    changed,
    choice_of,
    list_of,
    met_in,
)
from customcrm.dashboard.words import CHANNELS, date_of
from customcrm.operations.browsing.cards import Beside, Card, Cursor
from customcrm.operations.browsing.records import (
    Change,
    Entry,
    RecordPage,
    Timeline,
    TimelineFilter,
)
from customcrm.operations.nouns import Noun

TIMELINE: Final = 40
"""Entries of a timeline that come at once."""

MAX_OTHER_TYPES: Final = 8
"""Unknown types of activity that a timeline can be filtered by."""


class Facts(NamedTuple):
    """Properties that belong together, and how each is edited."""

    title: str
    properties: tuple[tuple[Field, Any], ...]


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
    chosen, at = _timeline_of(visit.query)
    properties = page.record.properties
    parts, hidden = parts_of(visit, kind, properties)
    timeline = visit.desk.catalogue.timeline(kind, page.record.id, chosen, at, TIMELINE)
    return Page(
        "record.html",
        {
            "kind": kind,
            "page": page,
            "tasks": sorted(page.tasks, key=lambda line: due_order(line.task, visit.zone)),
            "parts": [_facts(visit, kind, part) for part in parts],
            "hidden": _facts(visit, kind, hidden),
            "about": field_for(visit, Noun(kind), "description", properties.get("description")),
            "missing": _missing(visit, kind, properties),
            "deletion": _deletion(visit, page),
            "actors": names_of_actors(visit) if page.record.deleted or visit.in_part else {},
            "origins": visit.desk.catalogue.origins(page.record.id) if visit.in_part else {},
            "timeline": timeline,
            "stretches": _stretches(visit, timeline),
            "chosen": chosen,
            "other_types": _other_types(visit, page.card, chosen.type),
            "owners": names_of_owners(visit),
            "merged_from": choice_of(visit.query, "merged", page.merged),
            "merges": visit.desk.merges.merges_into(kind, page.record.id),
            "ways": ways_to_reach(with_documented_fields(kind, properties)),
            "documented": with_documented_fields(kind, properties),
            "today": date_of(visit.now, visit.zone, visit.now),
            "beside": _beside(visit, kind, page.record.id),
        },
    )


def _other_types(visit: Visit, card: Card, chosen: str | None) -> list[str]:
    """The unknown types of activity that the timeline of a record offers as filters."""
    kinds = visit.desk.catalogue.other_activity_kinds() if OTHER_TYPE in card.channels else []
    return terms_beyond(CHANNELS, [*[one for one, _ in kinds][:MAX_OTHER_TYPES], chosen])


def _timeline_of(query: Query) -> tuple[TimelineFilter, Cursor | None]:
    """Return what the address of a record asks of its timeline, and where its page begins."""
    reader = QueryReader(query, {name for name, _ in query})
    at = reader.cursor()
    chosen = TimelineFilter(
        type=reader.text("type"),
        direction=reader.choice("direction", DIRECTIONS),
        changes=reader.choice("changes", ("yes",)) is not None,
        tasks=reader.choice("tasks", ("yes",)) is not None,
    )
    return replace(chosen, problems=tuple(reader.problems)), at


class Neighbours(NamedTuple):
    """The list that a record was met in: its path, how it is told, and what stands beside."""

    path: str
    told: str
    beside: Beside


def _beside(visit: Visit, kind: Kind, record_id: str) -> Neighbours | None:
    query = met_in(visit.query)
    if query is None:
        return None
    of = LISTS[kind]
    wanted = read_card_list(query, kind, visit.zone)
    found = visit.desk.catalogue.beside(kind, wanted.filter, wanted.order, record_id)
    return Neighbours(f"{of.path}{changed(query)}", list_of(query), found)


def _deletion(visit: Visit, page: RecordPage) -> Change | None:
    """How the record was deleted, if it is, and the history tells."""
    if not page.record.deleted:
        return None
    newest = visit.desk.catalogue.history(page.record.id, None, 1)
    return next((one for one in newest if one.action == Action.DELETED), None)


def _page_of(visit: Visit, kind: Kind) -> RecordPage:
    page = visit.desk.catalogue.record_page(kind, visit.path["id"])
    if page is None:
        raise PageNotFound
    return page


def _facts(visit: Visit, kind: Kind, part: Part) -> Facts:
    members = (
        (field_for(visit, Noun(kind), name, value), value) for name, value in part.properties
    )
    return Facts(part.title, tuple(members))


def _missing(visit: Visit, kind: Kind, properties: Mapping[str, Any]) -> list[Field]:
    """The properties that the contract documents and this record has no value of."""
    # The other name of the number of employees.
    offered = (n for n in DOCUMENTED[Noun(kind)] if n not in properties and n != "employeeCount")
    return [field_for(visit, Noun(kind), name, None) for name in offered]


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

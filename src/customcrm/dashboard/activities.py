"""Activities: all of them, one by one, and the bodies of messages in a frame of their own."""

from collections.abc import Collection, Iterable
from typing import Final

import msgspec
from markupsafe import escape

from customcrm.contract.activities import DIRECTIONS
from customcrm.crm.html_text import clearly_decoded, form_of
from customcrm.dashboard.assets import address_of
from customcrm.dashboard.desk import Document, Page, Reply, Visit
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.list_queries import read_activity_list
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.sanitise import sanitised
from customcrm.dashboard.security import DATA_POLICY, message_policy
from customcrm.dashboard.urls import value_of
from customcrm.dashboard.words import CHANNELS
from customcrm.operations.browsing.cards import PAGE
from customcrm.operations.browsing.events import ActivityFilter, ActivityLine


def activities(visit: Visit) -> Reply:
    """GET /view/activities."""
    catalogue = visit.desk.catalogue
    kinds = catalogue.other_activity_kinds()
    chosen, at, counted = read_activity_list(visit.query, visit.zone, kinds)
    return Page(
        "activities.html",
        {
            "page": catalogue.activities(chosen, at, PAGE),
            "chosen": chosen,
            "owners": names_of_owners(visit),
            "other_types": terms_beyond(CHANNELS, [*[one for one, _ in kinds], chosen.type]),
            "other_directions": terms_beyond(
                DIRECTIONS, [*[way for _, way in kinds], chosen.direction]
            ),
            "total": catalogue.count_activities(chosen) if counted else None,
            "narrowed": chosen != ActivityFilter(),
        },
    )


def terms_beyond(known: Collection[str], terms: Iterable[str | None]) -> list[str]:
    """Return the types or directions that are not the contract's, each once, sorted."""
    return sorted({term for term in terms if term is not None and term not in known})


def activity(visit: Visit) -> Reply:
    """GET /view/activity/{id}."""
    line = _line(visit)
    sent = line.activity.body or ""
    is_html = form_of(sent).is_html
    return Page(
        "activity.html",
        {
            "line": line,
            "owners": names_of_owners(visit),
            "images": value_of(visit.query, "images") == "yes",
            "has_images": is_html and sanitised(sent, images=False).remote_images,
        },
    )


def activity_json(visit: Visit) -> Reply:
    """GET /view/activity/{id}/json."""
    body = msgspec.json.format(msgspec.json.encode(_line(visit).activity), indent=2)
    return Document(body, "application/json", DATA_POLICY)


def activity_body(visit: Visit) -> Reply:
    """GET /view/activity/{id}/body: what a stranger has written, in a frame that runs nothing."""
    images = value_of(visit.query, "images") == "yes"
    sent = _line(visit).activity.body or ""
    form = form_of(sent)
    body = sanitised(sent, images=images).html if form.is_html else shown_plain(sent)
    document = message_document(visit, body, keeps_lines=form.keeps_lines)
    return Document(document, HTML, message_policy(images=images))


def shown_plain(body: str) -> str:
    """Return plain text as HTML: character references that are clearly some are those once."""
    return escape(clearly_decoded(body))


HTML: Final = "text/html; charset=utf-8"


def message_document(visit: Visit, body: str, *, keeps_lines: bool) -> bytes:
    """A page that holds a body and nothing else; plain text keeps its lines."""
    look = "message plain" if keeps_lines else "message"
    style = f"{visit.base}{address_of('message.css')}"
    return (
        "<!doctype html><html><head><meta charset=utf-8><title>Message</title>"
        f'<link rel="stylesheet" href="{escape(style)}"></head>'
        f'<body class="{look}">{body}</body></html>'
    ).encode()


def _line(visit: Visit) -> ActivityLine:
    line = visit.desk.catalogue.activity_line(visit.path["id"])
    if line is None:
        raise PageNotFound
    return line

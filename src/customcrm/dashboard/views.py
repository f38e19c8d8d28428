"""Saved views: kept from a list, opened as its address, and changed by who may."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

from customcrm.dashboard.desk import Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.failures import Forbidden, PageNotFound
from customcrm.dashboard.property_query import properties_of
from customcrm.dashboard.selecting import LISTS, all_of, noun_of, query_of
from customcrm.dashboard.urls import Query, value_of
from customcrm.errors import StoreUnavailable, WorkRefused
from customcrm.operations.nouns import Noun
from customcrm.operations.views import View, change_view, may_change, save_view

_OF_RECORDS: Final = (
    *("q", "owner", "owned", "company", "campaign", "channel", "replied", "engaged"),
    *("contacted", "connected", "step", "replied_after", "contacted_in", "replied_in"),
    *("created_from", "created_to", "updated_from", "updated_to", "sort", "col"),
)
KEYS: Final[Mapping[Noun, Sequence[str]]] = {
    Noun.CONTACT: _OF_RECORDS,
    Noun.COMPANY: _OF_RECORDS,
    Noun.TASK: ("state", "owner"),
}
"""What of an address is kept in a view. Properties are kept too, where there are any."""


def saved_of(query: Query, noun: Noun) -> str:
    """The query that a view keeps of an address: known names only, always in the same order."""
    kept = [(key, value) for key in KEYS[noun] for name, value in query if name == key and value]
    if noun is not Noun.TASK:
        for one in properties_of(query):
            beside = (("value", one.value), ("from", one.first), ("to", one.last))
            kept += [("prop", one.name), *((key, told) for key, told in beside if told)]
    return urlencode(kept, quote_via=quote)


def address_of(view: View) -> str:
    """Where a view is opened."""
    return f"{LISTS[view.noun]}?{view.query}{'&' if view.query else ''}view={view.id}"


def strip_of(visit: Visit, noun: Noun, query: Query) -> Mapping[str, Any]:
    """What a list shows of views: which there are, which one is open, and whether it differs."""
    views = visit.desk.views.views(visit.person.id, noun)
    asked = value_of(query, "view")
    view = next((one for one in views if one.id == asked), None)
    return {
        "views": views,
        "view": view,
        "view_changed": view is not None
        and saved_of(query_of(view.query), noun) != saved_of(query, noun),
        "view_mine": view is not None and may_change(view, visit.person),
        "noun": noun,
        "saved": saved_of(query, noun),
    }


def pins_of(visit: Visit) -> Sequence[View]:
    """The views at somebody's side. A page that tells of a database that is away has none."""
    if visit.session is None or not visit.desk.own_data:
        return ()
    try:
        return visit.desk.views.pinned(visit.person.id)
    except StoreUnavailable:
        return ()


def save(visit: Visit) -> Reply:
    """POST /view/views: and at one's side, if that is ticked."""
    noun = noun_of(visit.form.get("noun"))
    if noun is None:
        return Redirect(LISTS[Noun.CONTACT])
    try:
        query = _query_in(visit, noun)
    except WorkRefused as error:
        return Redirect(LISTS[noun], toast=Toast(str(error)))
    shared = visit.form.get("shared") == "yes"
    asked = View("", visit.person.id, noun, visit.form.get("name", ""), query, shared)
    try:
        view = save_view(visit.desk.views, asked, visit.origin)
    except WorkRefused as error:
        return Redirect(f"{LISTS[noun]}?{query}", toast=Toast(str(error)))
    if visit.form.get("pinned") == "yes":
        visit.desk.views.pin_view(visit.person.id, view.id, visit.now)
    return Redirect(address_of(view), toast=Toast(f"View {view.name} saved"))


def change(visit: Visit) -> Reply:
    """POST /view/views/{id}/change: its name, and who sees it."""
    view, form = _own(visit), visit.form
    changed = view._replace(name=form.get("name", ""), shared=form.get("shared") == "yes")
    return _kept(visit, view, changed, "View saved")


def update(visit: Visit) -> Reply:
    """POST /view/views/{id}/update: to what the list shows now."""
    view = _own(visit)
    try:
        query = _query_in(visit, view.noun)
    except WorkRefused as error:
        return Redirect(address_of(view), toast=Toast(str(error)))
    return _kept(visit, view, view._replace(query=query), "View updated")


def _query_in(visit: Visit, noun: Noun) -> str:
    """Return the query to save from a form.

    Raises:
        WorkRefused: a part of it is not understood, so the view would show something else.
    """
    query = query_of(visit.form.get("query", ""))
    # Where the page began, and whether its lines were counted, are not saved.
    all_of(visit, noun, [(name, value) for name, value in query if name not in {"at", "count"}])
    return saved_of(query, noun)


def _kept(visit: Visit, view: View, changed: View, said: str) -> Reply:
    try:
        change_view(visit.desk.views, changed, visit.origin)
    except WorkRefused as error:
        return Redirect(address_of(view), toast=Toast(str(error)))
    return Redirect(address_of(changed), toast=Toast(said))


def pin(visit: Visit) -> Reply:
    """POST /view/views/{id}/pin: at one's own side, or away from it."""
    view = _seen(visit)
    pinned = visit.form.get("pinned") == "yes"
    visit.desk.views.pin_view(visit.person.id, view.id, visit.now if pinned else None)
    said = Toast("It is at the side of every page" if pinned else "No longer at the side")
    return Redirect(address_of(view), toast=said)


def copy(visit: Visit) -> Reply:
    """POST /view/views/{id}/copy: of a view that others share."""
    view = _seen(visit)
    asked = View("", visit.person.id, view.noun, f"{view.name[:80]} (copy)", view.query)
    try:
        own = save_view(visit.desk.views, asked, visit.origin)
    except WorkRefused as error:
        return Redirect(address_of(view), toast=Toast(str(error)))
    return Redirect(address_of(own), toast=Toast("This copy is yours"))


def delete(visit: Visit) -> Reply:
    """POST /view/views/{id}/delete."""
    view = _own(visit)
    visit.desk.views.move_view(view.id, visit.now)
    undo = Undo(f"/view/views/{view.id}/restore")
    return Redirect(LISTS[view.noun], toast=Toast(f"View {view.name} deleted", undo))


def restore(visit: Visit) -> Reply:
    """POST /view/views/{id}/restore."""
    view = _own(visit, deleted=True)
    visit.desk.views.move_view(view.id, None)
    return Redirect(address_of(view), toast=Toast("It is back"))


def _seen(visit: Visit, *, deleted: bool = False) -> View:
    view = visit.desk.views.view(visit.person.id, visit.path["id"], deleted=deleted)
    if view is None:
        raise PageNotFound
    return view


def _own(visit: Visit, *, deleted: bool = False) -> View:
    view = _seen(visit, deleted=deleted)
    if not may_change(view, visit.person):
        raise Forbidden
    return view

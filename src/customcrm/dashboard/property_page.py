"""One property: what the records hold of it, and what people say of it."""

from typing import Final

from customcrm.crm.records import Kind
from customcrm.dashboard.arrangement import Property
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Visit
from customcrm.dashboard.entry import UNPROCESSABLE, told
from customcrm.dashboard.people import names_of_owners
from customcrm.dashboard.properties import (
    SECTIONS,
    TYPES,
    asked_for,
    in_query,
    keep_order,
    row_of,
    shape_of,
)
from customcrm.errors import InvalidRequest
from customcrm.operations.properties import MAX_CHOICE, Observed, Shape, observe

MAX_PLACES: Final = 300
"""Properties that a form offers to place one after."""

CHANGES: Final = 20
"""Changes of what is said of a property that are shown."""

_AFTER: Final = "after "
_FIRST: Final = "first"


def property_page(visit: Visit) -> Reply:
    """GET /view/property."""
    kind, one, known = asked_for(visit, in_query(visit))
    return _property(visit, kind, one, known)


def property_facts(visit: Visit) -> Reply:
    """GET /view/property/facts: a part of the page of all properties."""
    kind, one, _ = asked_for(visit, in_query(visit))
    context = {
        "kind": kind,
        "row": row_of(visit, kind, one),
        "observed": observe(visit.desk.catalogue, kind, one.name),
        "owners": names_of_owners(visit),
        "TYPES": TYPES,
    }
    return Page("property_facts.html", context)


def _property(
    visit: Visit,
    kind: Kind,
    one: Property,
    known: list[Property],
    problem: InvalidRequest | None = None,
) -> Page:
    observed = observe(visit.desk.catalogue, kind, one.name)
    shape = shape_of(visit.form) if problem else one.definition.shape
    return Page(
        "property.html",
        {
            "kind": kind,
            "row": row_of(visit, kind, one),
            "one": one,
            "origin": SECTIONS[one.origin],
            "shape": shape,
            "observed": observed,
            "offered": shape.choices or _offered(observed),
            "others": _others(one, known),
            "changes": visit.desk.catalogue.history(f"property_{kind}_{one.name}", None, CHANGES),
            "owners": names_of_owners(visit),
            "problem": told(problem),
            "TYPES": TYPES,
        },
        UNPROCESSABLE if problem else 200,
    )


def _offered(observed: Observed) -> tuple[str, ...]:
    """What a choice could be made from: what the newest records hold."""
    return tuple(
        text for text in observed.texts if len(text) <= MAX_CHOICE and len(text.splitlines()) == 1
    )


def _others(one: Property, known: list[Property]) -> list[Property]:
    """Those that it can be placed after: of its group, but itself."""
    return [other for other in known if other.origin == one.origin and other != one][:MAX_PLACES]


def define_property(visit: Visit) -> Reply:
    """POST /view/property."""
    kind, one, known = asked_for(visit, visit.form)
    shape: Shape = shape_of(visit.form)
    try:
        visit.desk.property_book.define_property(kind, one.name, shape, visit.origin)
    except InvalidRequest as error:
        return _property(visit, kind, one, known, error)
    _place(visit, kind, one, known)
    return Redirect(f"/view/properties?kind={kind}", toast=Toast("Property saved"))


def _place(visit: Visit, kind: Kind, one: Property, known: list[Property]) -> None:
    """Place it where the form says, if that says anything."""
    asked = visit.form.get("place", "").replace("\r\n", "\n")
    group = [other.name for other in known if other.origin == one.origin and other != one]
    if asked == _FIRST:
        keep_order(visit, kind, one, known, [one.name, *group])
    elif (after := asked.removeprefix(_AFTER)) in group and asked.startswith(_AFTER):
        here = group.index(after) + 1
        keep_order(visit, kind, one, known, [*group[:here], one.name, *group[here:]])

"""All properties in use: what each is called, where it stands, whether it goes back to Enginy."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from customcrm.crm.property_types import PropertyType
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import name_contains
from customcrm.dashboard.arrangement import (
    CUSTOM,
    DOCUMENTED,
    ENGAGEMENT,
    WORKED_OUT,
    Property,
    known_properties,
)
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.entry import UNPROCESSABLE, told
from customcrm.dashboard.failures import PageNotFound
from customcrm.dashboard.tasks import came_from
from customcrm.dashboard.urls import MAX_VALUE, value_of
from customcrm.errors import InvalidRequest
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.properties import Shape

TYPES: Final[Mapping[PropertyType, str]] = {
    PropertyType.TEXT: "Text",
    PropertyType.NUMBER: "Number",
    PropertyType.DATE: "Date",
    PropertyType.CHOICE: "Choice",
    PropertyType.YES_NO: "Yes or no",
    PropertyType.URL: "Link",
}
"""Types of properties, for people."""

SECTIONS: Final[Mapping[str, str]] = {
    DOCUMENTED: "Standard",
    ENGAGEMENT: "Engagement",
    CUSTOM: "Custom",
}

MAX_ROWS: Final = 100
"""Properties that the page shows at once; a search finds the others."""

_FIELDS: Final = ("name", "label", "type", "choices")
"""Of the form for a new property."""

_SETTINGS: Final = {
    Kind.CONTACT: "CUSTOMCRM_RETURN_CONTACTS",
    Kind.COMPANY: "CUSTOMCRM_RETURN_COMPANIES",
}


class Row(NamedTuple):
    """A property, as the page shows it.

    Attributes:
        property: which.
        key: what stands for its name where a name may not have every character.
        returned: whether it goes back at sync.
        worked_out: whether it is no property of records, but made when it is asked for.
    """

    property: Property
    key: str
    returned: bool
    worked_out: bool


class Group(NamedTuple):
    """Rows of properties that come from one place."""

    title: str
    rows: tuple[Row, ...]


def properties(visit: Visit) -> Reply:
    """GET /view/properties."""
    return _properties(visit, kind_of(value_of(visit.query, "kind") or Kind.CONTACT))


def _properties(
    visit: Visit,
    kind: Kind,
    problem: InvalidRequest | None = None,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> Page:
    rules, book = visit.desk.rule_book.rules(kind), visit.desk.rule_book
    asked = (value_of(visit.query, "q") or "").strip()
    meant = [one for one in properties_of(visit, kind) if _is_meant(one, asked)]
    rows = [row_of(visit, kind, one) for one in meant[:MAX_ROWS]]
    groups = groupby(rows, key=lambda row: row.property.origin)
    return Page(
        "properties.html",
        {
            "kind": kind,
            "groups": [Group(SECTIONS[origin], tuple(members)) for origin, members in groups],
            "q": asked,
            "more": max(0, len(meant) - MAX_ROWS),
            "returned": rules.returned,
            "as_set": book.as_set(kind).returned,
            "setting": _SETTINGS[kind],
            "chosen": book.choice(kind).returned is not None,
            "example": _example(visit, kind, rules.returned),
            "problem": told(problem),
            "typed": {name: typed.get(name, "") for name in _FIELDS},
            "TYPES": TYPES,
        },
        UNPROCESSABLE if problem else 200,
    )


def _is_meant(one: Property, asked: str) -> bool:
    """Whether a search means a property."""
    return any(name_contains(told, asked) for told in (one.name, one.label))


def _example(visit: Visit, kind: Kind, returned: Sequence[str]) -> dict[str, Any] | None:
    """What the newest record would go back with."""
    newest = visit.desk.catalogue.cards(kind, CardFilter(), Order(), None, 1).items
    if not newest:
        return None
    card = newest[0]
    properties = dict(card.properties)
    if kind is Kind.CONTACT and card.last_activity_at:
        at = card.last_activity_at.isoformat().replace("+00:00", "Z")
        properties["lastActivityDate"] = at
    goes = {name: properties[name] for name in returned if name in properties}
    return {"crmId": card.id, "properties": goes}


def kind_of(told: str | None) -> Kind:
    """The kind of record that is asked for.

    Raises:
        PageNotFound: there is no such kind.
    """
    if told not in set(Kind):
        raise PageNotFound
    return Kind(told)


def properties_of(visit: Visit, kind: Kind) -> list[Property]:
    """All properties that there are, and those that the rules speak of."""
    book = visit.desk.rule_book
    spoken_of = dict.fromkeys((*book.rules(kind).returned, *book.as_set(kind).returned))
    return known_properties(visit, kind, visit.desk.catalogue.property_names(kind), spoken_of)


def row_of(visit: Visit, kind: Kind, one: Property) -> Row:
    """A property, as a page shows it."""
    return Row(
        one,
        f"{kind}-{blake2b(one.name.encode(), digest_size=8).hexdigest()}",
        one.name in visit.desk.rule_book.rules(kind).returned,
        one.name in WORKED_OUT[kind],
    )


def asked_for(visit: Visit, told: Mapping[str, str]) -> tuple[Kind, Property, list[Property]]:
    """The property that a form or a query names, among all of its kind.

    Raises:
        PageNotFound: there is none.
    """
    kind = kind_of(told.get("kind"))
    known = properties_of(visit, kind)
    # Browsers send every end of a line as two characters.
    names = {told.get("name", ""), told.get("name", "").replace("\r\n", "\n")}
    for one in known:
        if one.name in names:
            return kind, one, known
    raise PageNotFound


def in_query(visit: Visit) -> dict[str, str]:
    """The kind and the name that a query tells."""
    return {key: value for key, value in visit.query if len(value) <= MAX_VALUE}


def shape_of(form: Mapping[str, str]) -> Shape:
    """The shape that a form tells."""
    kind = form.get("type", "")
    return Shape(
        label=form.get("label", ""),
        type=PropertyType(kind) if kind in set(PropertyType) else None,
        choices=tuple(form.get("choices", "").splitlines()),
        hidden=form.get("hidden") == "yes",
    )


def add_property(visit: Visit) -> Reply:
    """POST /view/properties."""
    kind = kind_of(visit.form.get("kind"))
    taken = {one.name for one in properties_of(visit, kind)}
    name, shape = visit.form.get("name", ""), shape_of(visit.form)
    try:
        visit.desk.property_book.add_property(kind, name, shape, taken, visit.origin)
    except InvalidRequest as error:
        return _properties(visit, kind, error, visit.form)
    return Redirect(f"/view/properties?kind={kind}", toast=Toast("Property added"))


def return_as_set(visit: Visit) -> Reply:
    """POST /view/properties/as-set: what goes back is again what the server's settings say."""
    kind = kind_of(visit.form.get("kind"))
    visit.desk.rule_book.choose_returned(kind, None, visit.origin)
    return Redirect(f"/view/properties?kind={kind}", toast=Toast("The settings hold again"))


def switch_returned(visit: Visit) -> Reply:
    """POST /view/property/returned."""
    kind, one, _ = asked_for(visit, visit.form)
    goes = visit.form.get("on") == "yes"

    def changed(names: tuple[str, ...]) -> list[str]:
        return [*(name for name in names if name != one.name), *([one.name] if goes else [])]

    try:
        visit.desk.rule_book.change_returned(kind, changed, visit.origin)
    except InvalidRequest as error:
        return _properties(visit, kind, error)
    done = "goes back to Enginy" if goes else "goes back no more"
    return _switched(visit, kind, one, f"{one.label} {done}")


def switch_shown(visit: Visit) -> Reply:
    """POST /view/property/shown."""
    kind, one, _ = asked_for(visit, visit.form)
    shown = visit.form.get("on") == "yes"
    visit.desk.property_book.hide_property(kind, one.name, visit.origin, hidden=not shown)
    done = "is shown" if shown else "is hidden"
    return _switched(visit, kind, one, f"{one.label} {done}")


def _switched(visit: Visit, kind: Kind, one: Property, done: str) -> Redirect:
    """Back to where somebody has switched something, with the way to switch it back."""
    back = came_from(visit, f"/view/properties?kind={kind}")
    before = "no" if visit.form.get("on") == "yes" else "yes"
    fields = {"kind": str(kind), "name": one.name, "on": before, "back": back}
    return Redirect(back, toast=Toast(done, Undo(visit.url, fields)))


def move(visit: Visit) -> Reply:
    """POST /view/property/move: one place up or down among those of its group."""
    kind, one, known = asked_for(visit, visit.form)
    group = [other.name for other in known if other.origin == one.origin]
    here = group.index(one.name)
    there = here + (-1 if visit.form.get("to") == "up" else 1)
    if 0 <= there < len(group):
        group[here], group[there] = group[there], group[here]
        keep_order(visit, kind, one, known, group)
    return Redirect(came_from(visit, f"/view/properties?kind={kind}"))


def keep_order(
    visit: Visit, kind: Kind, one: Property, known: Sequence[Property], group: Sequence[str]
) -> None:
    """Keep the order of all properties, with that of one's group anew."""
    elsewhere = [other.name for other in known if other.origin != one.origin]
    visit.desk.property_book.order_properties(kind, [*elsewhere, *group], visit.origin)


def forget(visit: Visit) -> Reply:
    """POST /view/property/forget: one that somebody has made, and no record has."""
    kind, one, _ = asked_for(visit, visit.form)
    visit.desk.property_book.forget_property(kind, one.name, visit.origin)
    return Redirect(f"/view/properties?kind={kind}", toast=Toast(f"{one.label} was removed"))

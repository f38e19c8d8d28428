"""From a page's name and contents to the bytes that a browser gets."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from customcrm.contract.due_dates import day_due
from customcrm.crm.campaigns import ambiguous_names, campaign_key, campaigns_of
from customcrm.crm.message_text import message_text
from customcrm.crm.moments import in_zone
from customcrm.crm.property_types import PropertyType, type_of
from customcrm.crm.records import Kind
from customcrm.crm.text import name_or_unnamed
from customcrm.dashboard import words
from customcrm.dashboard.arrangement import named, type_given
from customcrm.dashboard.assets import address_of, icon
from customcrm.dashboard.commands import commands_of
from customcrm.dashboard.desk import Page, Visit
from customcrm.dashboard.due_dates import due_day, due_exactly, is_past, state_of
from customcrm.dashboard.edited import packed
from customcrm.dashboard.engagement import engagement_markup
from customcrm.dashboard.people import actor_name
from customcrm.dashboard.sanitise import safe_link
from customcrm.dashboard.urls import address, changed, mark_of, token_of
from customcrm.dashboard.views import address_of as address_of_view
from customcrm.dashboard.views import pins_of
from customcrm.operations.views import View

_LONGEST_LINK: Final = 60
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

SECTIONS: Final = (
    ("/", "Home", "house"),
    ("/view/contacts", "Contacts", "users-round"),
    ("/view/companies", "Companies", "building-2"),
    ("/view/campaigns", "Campaigns", "megaphone"),
    ("/view/tasks", "Tasks", "list-checks"),
    ("/view/activities", "Activities", "messages-square"),
    ("/view/duplicates", "Duplicates", "git-merge"),
    ("/view/calls", "Enginy", "activity"),
)
"""The pages that every page leads to: path, name, icon."""

_OF_DATA: Final = SECTIONS[1:7]
"""Those that there are for the built-in CRM only."""


class _Strict(StrictUndefined):
    """A name that is not there is a mistake; `{{ this if that }}` says nothing where that fails."""

    def __str__(self) -> str:  # type: ignore[override] # the superclass never returns
        hint = self._undefined_hint or ""
        return "" if hint.startswith("the inline if-expression") else super().__str__()


def rendered(page: Page, visit: Visit) -> str:
    """The HTML of a page, as one visitor sees it."""
    sections = SECTIONS if visit.desk.own_data else [one for one in SECTIONS if one not in _OF_DATA]
    context = {
        **page.context,
        "visit": visit,
        "sections": sections,
        "commands": commands_of(visit),
    }
    return _templates().get_template(page.template).render(context)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("customcrm.dashboard"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=_Strict,
        extensions=["jinja2.ext.do"],
    )
    environment.globals |= {
        "icon": icon,
        "channel_of": words.channel_of,
        "CHANNELS": words.CHANNELS,
        "RECORD_CHANNELS": words.RECORD_CHANNELS,
        "zip": zip,
        "OPERATIONS": words.OPERATIONS,
        "ACTIONS": words.ACTIONS,
        "REFUSALS": words.REFUSALS,
        "url": _url,
        "asset": _asset,
        "changed": _changed,
        "campaigns_in": campaigns_in,
        "page_of": page_of,
        "pins": _pins,
        "days_ahead": _days_ahead,
        "view_address": address_of_view,
        "is_past": is_past,
        "state_of": state_of,
    }
    environment.filters |= {
        "ago": _ago,
        "exact": _exact,
        "clock": _clock,
        "date": _date,
        "day": _day,
        "calendar": words.calendar,
        "share": words.share,
        "count": words.count,
        "short": words.short,
        "plural": words.plural,
        "cut": words.cut,
        "or_unnamed": name_or_unnamed,
        "brief": brief,
        "initials": words.initials,
        "tone": words.tone_of,
        "label": _label,
        "spelled": words.label_of,
        "told": told,
        "device": words.device_of,
        "due_exactly": _due_exactly,
        "due_day": _due_day,
        "written": _written,
        "machine": words.AUTOMATIC.get,
        "event": words.event_of,
        "heading": words.heading_of,
        "safe_link": safe_link,
        "shown": shown,
        "pretty": _pretty,
        "packed": packed,
        "token": token_of,
        "mark": mark_of,
        "by": actor_name,
    }
    environment.tests["link"] = lambda value: safe_link(value) is not None
    return environment


def _written(text: str) -> str:
    """Return the text of a description, which may hold HTML and quote a mail."""
    return message_text(text).written


def page_of(campaign: str) -> str:
    """Where the page of a campaign is."""
    return address("/view/campaign", name=campaign)


def _visit(context: Context) -> Visit:
    visit: Visit = context["visit"]
    return visit


@pass_context
def campaigns_in(context: Context, value: Any) -> tuple[str, ...]:
    """The campaigns that a value of `campaigns` names."""
    properties = {"campaigns": value}
    if not ambiguous_names(properties):
        return campaigns_of(properties)
    known = _visit(context).desk.catalogue.campaigns()
    return campaigns_of(properties, frozenset(map(campaign_key, known)))


@pass_context
def _url(context: Context, path: str) -> str:
    """A path of ours, below the base."""
    return f"{_visit(context).base}{path}"


@pass_context
def _asset(context: Context, name: str) -> str:
    return f"{_visit(context).base}{address_of(name)}"


@pass_context
def _changed(context: Context, **changes: str | None) -> str:
    """The present query with other values."""
    return changed(_visit(context).query, **changes)


@pass_context
def _pins(context: Context) -> Sequence[View]:
    """The views at the side of whoever looks."""
    return pins_of(_visit(context))


@pass_context
def _days_ahead(context: Context) -> Sequence[tuple[str, date]]:
    """Days on which tasks are often due, where somebody is."""
    visit = _visit(context)
    today = in_zone(visit.now, visit.zone).date()
    ahead = (("Today", 0), ("Tomorrow", 1), ("In a week", 7))
    return [(name, today + timedelta(days=days)) for name, days in ahead]


def _time(moment: datetime, text: str, visit: Visit, kind: str) -> Markup:
    """A moment in words, with the exact one where somebody points at it."""
    return Markup('<time datetime="{}" title="{}"{}>{}</time>').format(
        moment.isoformat(timespec="seconds"),
        words.exact(moment, visit.zone),
        Markup(" data-ago") if kind == "ago" else "",
        text,
    )


@pass_context
def _ago(context: Context, moment: datetime) -> Markup:
    visit = _visit(context)
    return _time(moment, words.ago(moment, visit.now), visit, "ago")


@pass_context
def _exact(context: Context, moment: datetime) -> Markup:
    visit = _visit(context)
    return _time(moment, words.exact(moment, visit.zone), visit, "exact")


@pass_context
def _clock(context: Context, moment: datetime) -> Markup:
    visit = _visit(context)
    return _time(moment, words.clock(moment, visit.zone), visit, "clock")


@pass_context
def _date(context: Context, moment: datetime) -> str:
    visit = _visit(context)
    return words.date_of(moment, visit.zone, visit.now)


@pass_context
def _day(context: Context, moment: datetime) -> str:
    visit = _visit(context)
    return words.day_of(moment, visit.zone, visit.now)


def _due(context: Context, due: datetime, text: str) -> Markup:
    """A due date in words; of a day the tag bears no hour."""
    day = day_due(due)
    if day is None:
        return _time(due, text, _visit(context), "due")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        day.isoformat(), due_exactly(due, _visit(context).zone), text
    )


@pass_context
def _due_exactly(context: Context, due: datetime) -> Markup:
    return _due(context, due, due_exactly(due, _visit(context).zone))


@pass_context
def _due_day(context: Context, due: datetime) -> Markup:
    visit = _visit(context)
    return _due(context, due, due_day(due, visit.zone, visit.now))


@pass_context
def shown(context: Context, value: Any) -> Markup:
    """A property's value: an address as a link, a moment as people tell it, the rest as text."""
    match value:
        case bool():
            return escape("Yes" if value else "No")
        case str():
            link = safe_link(value)
            moment = moment_of(value)
            if moment:
                return _exact(context, moment)
            return _linked(link) if link else escape(value)
        case int() | float() | None:
            return escape("" if value is None else str(value))
        case list() if all(isinstance(one, str | int | float) for one in value):
            return escape(", ".join(str(one) for one in value))
    return escape(json.dumps(value, ensure_ascii=False))


def _kind(context: Context) -> Kind | None:
    """The kind of record that a page is about, if it is about one."""
    kind = context.get("kind")
    return kind if isinstance(kind, Kind) else None


@pass_context
def _label(context: Context, name: str) -> str:
    """A property's name for people."""
    kind = _kind(context)
    return words.label_of(name) if kind is None else named(_visit(context), kind, name)


@pass_context
def told(context: Context, value: Any, name: str) -> Markup:
    """A property's value as its type is shown, be it given by an admin or seen from the value."""
    kind = _kind(context)
    given = type_given(_visit(context), kind, name) if kind else None
    if given is None and (engagement := engagement_markup(name, value)) is not None:
        return engagement
    return of_type(given or type_of(value), value) or shown(context, value)


def of_type(kind: PropertyType | None, value: Any) -> Markup | None:
    """A value as one of this type is shown; None if that is as any other is, or it is no such."""
    match kind, value:
        case PropertyType.YES_NO, bool() | str() if type_of(value) is PropertyType.YES_NO:
            yes = value if isinstance(value, bool) else value.strip().lower() == "yes"
            tone, word = (" good", "Yes") if yes else ("", "No")
            return Markup('<span class="chip{}">{}</span>').format(tone, word)
        case PropertyType.CHOICE, str() | int() | float() if str(value).strip():
            return Markup('<span class="chip">{}</span>').format(value)
        case PropertyType.DATE, str() if _DAY.fullmatch(value.strip()):
            return _day_alone(value.strip())
        case PropertyType.URL, str():
            link = safe_link(value)
            return _linked(link) if link else None
        case PropertyType.TEXT, str():
            return escape(value)
    return None


def _day_alone(text: str) -> Markup | None:
    """A day without an hour, which is the same day in every zone."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Markup('<time datetime="{}">{}</time>').format(text, words.calendar(day))


def brief(value: Any) -> Any:
    """A property's value, for a row of a list: a long one is cut."""
    if isinstance(value, str):
        return words.cut(value)
    told = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else ""
    return words.cut(told) if len(told) > words.MAX_IN_A_ROW else value


def moment_of(text: str) -> datetime | None:
    """The moment that a text tells as ISO 8601 does, to the second and with its zone."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _linked(address: str) -> Markup:
    text = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    text = text if len(text) <= _LONGEST_LINK else f"{text[:_LONGEST_LINK]}…"
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(
        address, text
    )


def _pretty(value: Any) -> str:
    """JSON for engineers."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)

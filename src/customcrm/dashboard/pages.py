"""From a page's name and contents to the bytes that a browser gets."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from customcrm.dashboard import words
from customcrm.dashboard.assets import address_of, icon
from customcrm.dashboard.desk import Page, Visit
from customcrm.dashboard.prose import excerpt, prose_of
from customcrm.dashboard.sanitise import safe_link
from customcrm.dashboard.urls import changed, token_of

_LONGEST_LINK: Final = 60


def rendered(page: Page, visit: Visit) -> str:
    """The HTML of a page, as one visitor sees it."""
    return _templates().get_template(page.template).render({**page.context, "visit": visit})


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("customcrm.dashboard"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
    )
    environment.globals |= {
        "icon": icon,
        "channel_of": words.channel_of,
        "CHANNELS": words.CHANNELS,
        "OPERATIONS": words.OPERATIONS,
        "ACTIONS": words.ACTIONS,
        "url": _url,
        "asset": _asset,
        "changed": _changed,
    }
    environment.filters |= {
        "ago": _ago,
        "exact": _exact,
        "clock": _clock,
        "date": _date,
        "count": words.count,
        "short": words.short,
        "plural": words.plural,
        "initials": words.initials,
        "tone": words.tone_of,
        "label": words.label_of,
        "prose": prose_of,
        "excerpt": excerpt,
        "safe_link": safe_link,
        "shown": shown,
        "pretty": _pretty,
        "token": token_of,
    }
    environment.tests["link"] = lambda value: safe_link(value) is not None
    return environment


def _visit(context: Context) -> Visit:
    visit: Visit = context["visit"]
    return visit


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


def _time(moment: datetime, text: str, visit: Visit, kind: str) -> Markup:
    """A moment in words, with the exact one where somebody points at it."""
    return Markup('<time datetime="{}" title="{}"{}>{}</time>').format(  # noqa: S704 - all escaped
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


def shown(value: Any) -> Markup:
    """A property's value: an address as a link, whatever else as text."""
    match value:
        case bool():
            return escape("Yes" if value else "No")
        case str():
            link = safe_link(value)
            return _linked(link) if link else escape(value)
        case int() | float() | None:
            return escape("" if value is None else str(value))
    return escape(json.dumps(value, ensure_ascii=False))


def _linked(address: str) -> Markup:
    text = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    text = text if len(text) <= _LONGEST_LINK else f"{text[:_LONGEST_LINK]}…"
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(  # noqa: S704 - all escaped
        address, text
    )


def _pretty(value: Any) -> str:
    """JSON for engineers."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)



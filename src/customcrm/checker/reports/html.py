"""The report as one file that any browser shows."""

import re
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from customcrm.checker.events import RunEnded, RunStarted, Status
from customcrm.checker.reports.words import count_line, left_line, note, verdict


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=PackageLoader("customcrm.checker"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    pages.filters["prose"] = _prose
    return pages


def _prose(text: str) -> Markup:
    """Text in which `this` is code."""
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def html(started: RunStarted, ended: RunEnded) -> str:
    """The whole report as one page that loads nothing from elsewhere and runs no script."""
    groups = [
        (group, list(results))
        for group, results in groupby(ended.results, key=lambda result: result.check.group)
    ]
    return (
        _pages()
        .get_template("report.html")
        .render(
            started=started,
            ended=ended,
            groups=groups,
            counts=count_line(ended),
            verdict=verdict(ended),
            left=left_line(started, ended),
            note=note,
            Status=Status,
        )
    )

"""The forms of a page, and what a browser sends of them when nobody touches an input.

The rules are those of the HTML standard: how a page is parsed, how each type of input sanitises its
value, and which entries a form has when it is submitted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,3})?)?")
_DAY = re.compile(r"[0-9]{4,}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_OF_ONE_LINE = {"text", "search", "tel", "url", "email", "password"}

Attributes = dict[str, str]


@dataclass
class RenderedForm:
    """A form of a page.

    Attributes:
        attributes: of its tag.
        entries: what a browser sends of it: names with values, line feeds as they are submitted.
    """

    attributes: Attributes
    entries: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, **changes: str) -> dict[str, str]:
        """Its entries as a mapping, with other values typed into some."""
        return {**dict(self.entries), **{name: _submitted(text) for name, text in changes.items()}}


def forms_of(page: str) -> list[RenderedForm]:
    """Parse the forms of a page."""
    parser = _Parser()
    # A parser of HTML reads every end of a line as one line feed, before anything else.
    parser.feed(page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    parser.close()
    return parser.forms


def form_with(page: str, name: str) -> RenderedForm:
    """Return the form of a page that has an input of this name."""
    return next(form for form in forms_of(page) if name in dict(form.entries))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[RenderedForm] = []
        self._form: RenderedForm | None = None
        self._textarea: Attributes | None = None
        self._select: Attributes | None = None
        self._options: list[Attributes] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = RenderedForm(found)
            self.forms.append(self._form)
        elif tag == "input":
            self._add(found, _sanitised(found))
        elif tag == "textarea":
            self._textarea, self._text = found, ""
        elif tag == "select":
            self._select, self._options = found, []
        elif tag == "option":
            self._options.append(found)
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data
        if self._options and self._select is not None:
            self._options[-1]["\ntext"] = " ".join(self._text.split())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._textarea is not None:
            # One line feed right after the tag is no part of its value.
            self._add(self._textarea, self._text.removeprefix("\n"))
            self._textarea = None
        elif tag == "select" and self._select is not None:
            selected = [one for one in self._options if "selected" in one] or self._options[:1]
            for one in selected[-1:]:
                self._add(self._select, one.get("value", one.get("\ntext", "")))
            self._select = None

    def _add(self, found: Attributes, value: str | None) -> None:
        name = found.get("name", "")
        if self._form is not None and name and value is not None and "disabled" not in found:
            self._form.entries.append((_submitted(name), _submitted(value)))


def _sanitised(found: Attributes) -> str | None:
    """The value of an input; None where a browser sends none of it."""
    kind, value = found.get("type", "text").lower(), found.get("value", "")
    if kind in {"submit", "button", "reset", "image", "file"}:
        return None
    if kind in {"checkbox", "radio"}:
        return found.get("value", "on") if "checked" in found else None
    if kind in _OF_ONE_LINE:
        value = value.replace("\n", "")
        return value.strip() if kind in {"url", "email"} else value
    invalid = (
        (kind == "date" and not _is_day(value))
        or (kind == "time" and not _TIME.fullmatch(value))
        or (kind == "number" and not _NUMBER.fullmatch(value))
    )
    return "" if invalid else value


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _submitted(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")

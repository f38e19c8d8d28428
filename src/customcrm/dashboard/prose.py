"""Message bodies as text: what somebody wrote, without markup, and apart from what they quote."""

import html
import re
from typing import Final, NamedTuple

import nh3

MAX_TEXT: Final = 20_000
"""Characters of a body that are looked at. Its own page shows all of it."""

MAX_TAGS: Final = 800
"""Tags of a body that are looked at: formats that are never closed cost their square."""

_BREAKS: Final = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote|hr)\b[^<>]{0,200}>", re.IGNORECASE
)
_QUOTE_TAG: Final = re.compile(r"<blockquote\b", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?(?:a|b|big|blockquote|body|br|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img"
    r"|li|meta|o:p|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u"
    r"|ul)(?:[\s/][^<>]{0,2000})?>",
    re.IGNORECASE,
)
"""Markup, and not `<jane@acme.com>`, which people write in plain text."""
_BLANK_LINES: Final = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_MARK: Final = "\ue000"
"""Where a quotation begins, while tags are taken out: a character that nobody writes."""

_INTRODUCTIONS: Final = re.compile(
    r"^[ \t]*+(?:"
    r">|-{2,} ?(?:original message|forwarded message|mensaje original|message d'origine"
    r"|ursprüngliche nachricht|messaggio originale|mensagem original)"
    r"|_{10,}$"
    r"|(?:from|von|de|da|från|od|van): .{1,200}$"
    r"|on .{4,120} wrote:$"
    r"|am .{4,120} schrieb .{1,80}:$"
    r"|le .{4,120} a écrit ?:$"
    r"|el .{4,120} escribió:$"
    r"|em .{4,120} escreveu:$"
    r"|il .{4,120} ha scritto:$"
    r"|den .{4,120} skrev .{1,80}:$"
    r"|.{4,80} napisał\(?a?\)?:$"
    r"|.{4,80}のメール:$"
    r"|.{4,120}(?:כתב|كتب|写道|寫道|написал|έγραψε).{0,80}[:\uff1a]$"
    r"|\d{4}[-/.]\d\d?[-/.]\d\d?.{1,100}[:\uff1a]$"
    r")",
    re.IGNORECASE | re.MULTILINE,
)


class Prose(NamedTuple):
    """What a message says.

    Attributes:
        text: what its sender wrote, as plain text.
        quoted: what they quote below it, as plain text; empty if nothing.
        is_html: whether the message has markup, so that it looks otherwise than its text.
    """

    text: str
    quoted: str
    is_html: bool


def prose_of(body: str | None) -> Prose:
    """Take a body apart. Nothing in it is HTML afterwards: whoever shows it escapes it."""
    source = (body or "")[:MAX_TEXT]
    is_html = bool(_TAG.search(source))
    text = _plain(source) if is_html else source
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    written, quoted = _apart(text)
    return Prose(_tidy(written), _tidy(quoted), is_html)


def _plain(source: str) -> str:
    """The text of some HTML, with a mark where its first quotation begins."""
    source = "<".join(source.replace(_MARK, "").split("<", MAX_TAGS)[:MAX_TAGS])
    source = _QUOTE_TAG.sub(f"{_MARK}<blockquote", source, count=1)
    source = _BREAKS.sub(r"\g<0>\n", source.replace("\n", " "))
    return html.unescape(nh3.clean(source, tags=set(), attributes={}, strip_comments=True))


def _apart(text: str) -> tuple[str, str]:
    """What was written, and what is quoted below it."""
    places = [found.start() for found in [_INTRODUCTIONS.search(text)] if found]
    if _MARK in text:
        places.append(text.index(_MARK))
    # A message that begins with a quotation is one: there is nothing above to be read first.
    places = [place for place in places if text[:place].strip()]
    start = min(places, default=len(text))
    return text[:start], text[start:].replace(_MARK, "")


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", text).strip()


def excerpt(body: str | None, limit: int = 160) -> str:
    """The beginning of what was written, on one line."""
    text = " ".join(prose_of(body).text.split())
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]}…"

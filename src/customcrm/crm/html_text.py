"""Text of HTML message bodies, line by line, with the depth of quotation of each line.

A scanner of tags, not a parser of documents: text needs no tree. It is linear in the length of the
body, whatever the body holds.
"""

import re
from html import unescape
from html.entities import html5
from typing import Final, NamedTuple

MAX_TAGS: Final = 50_000
"""Tags that are interpreted. Those after them only part words."""

# fmt: off
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
})
_CELLS: Final = frozenset({"td", "th", "option", "button"})
_INLINE: Final = frozenset({
    "a", "abbr", "b", "base", "big", "caption", "cite", "code", "col", "colgroup", "del", "em",
    "font", "head", "i", "img", "ins", "kbd", "label", "link", "mark", "meta", "o:p", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "w:p", "wbr",
})
_RAW: Final = frozenset({
    "applet", "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml", "xmp",
})
# fmt: on
"""Elements that hold no text of the message."""

_KNOWN: Final = _BLOCKS | _CELLS | _INLINE | _RAW
_VOID: Final = frozenset({"br", "hr", "img", "base", "col", "link", "meta", "wbr"})

_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*+)(?:[\s/][^<>]*+)?>")
_MARKUP: Final = re.compile(r"<(?:(!--)|[!?]|(/?)([a-zA-Z][a-zA-Z0-9:]*+))")
_ANY_TAG: Final = re.compile(r"<[!?/a-zA-Z][^<>]*+>")
_ATTRIBUTES: Final = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_MAX_ATTRIBUTES: Final = 5_000
_SPACE: Final = re.compile(r"[ \t\r\n\f]++")
_HIDDEN: Final = re.compile(r"display\s*+:\s*+none|mso-hide\s*+:\s*+all", re.IGNORECASE)
_INDENTED: Final = re.compile(r"border(?:-width)?\s*+:\s*+(?:none|0)", re.IGNORECASE)
_QUOTING: Final = re.compile(r"cite|quote", re.IGNORECASE)
_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,8}+;?|#[xX][0-9a-fA-F]{1,8}+;?|[a-zA-Z][a-zA-Z0-9]{1,31}+;?)"
)
_CLEAR_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,8}+|#[xX][0-9a-fA-F]{1,8}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);"
)
_DATA: Final = re.compile(
    r"data:[a-zA-Z]{1,30}+/[a-zA-Z0-9.+-]{0,100}+(?:;[a-zA-Z0-9=._-]{0,100}+){0,9}+,[A-Za-z0-9+/=%_-]*+",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """One line of a message; `depth`: in how many quotations it is."""

    text: str
    depth: int = 0


class Form(NamedTuple):
    """How a body is to be read, for its text and for the frame alike.

    Attributes:
        is_html: whether it has markup.
        keeps_lines: whether its line breaks are breaks: in plain text, and in text in which links
            or bold words are marked up but no lines or paragraphs.
    """

    is_html: bool
    keeps_lines: bool


def form_of(body: str) -> Form:
    """Tell HTML from plain text, in which people write `<jane@acme.com>` and `1 < 2`."""
    if "<" not in body:
        return Form(is_html=False, keeps_lines=True)
    is_html = False
    for tag in _TAG.finditer(body):
        name = tag[1].lower()
        if name in _BLOCKS:
            return Form(is_html=True, keeps_lines=False)
        is_html = is_html or name in _KNOWN
    return Form(is_html, keeps_lines=True)


def without_data(body: str) -> str:
    """Take embedded files (`data:` URLs) out of a body."""
    return _DATA.sub("", body) if _DATA.search(body) else body


def decoded(text: str) -> str:
    """Replace the character references of HTML text."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def clearly_decoded(text: str) -> str:
    """Replace the character references of plain text: those that are known and have their end."""
    return _CLEAR_REFERENCE.sub(_clear_character, text) if "&" in text and ";" in text else text


def _clear_character(reference: re.Match[str]) -> str:
    whole = reference[0]
    return unescape(whole) if whole[1] == "#" or whole[1:] in html5 else whole


def shortened(body: str, most: int) -> str:
    """Return a body of at most so many characters.

    A longer one is returned without its embedded files. What is still longer is cut, not within a
    tag, and ends with a mark that says so.
    """
    if len(body) <= most:
        return body
    bare = without_data(body)
    if len(bare) <= most:
        return bare
    mark = f"\n\n[… This message was cut: it had {len(body):,} characters.]"
    start = bare[: most - len(mark)]
    tag = start.rfind("<", -_MAX_ATTRIBUTES)
    end = tag if tag > start.rfind(">") else len(start)
    return start[:end] + mark


def _character(reference: re.Match[str]) -> str:
    return unescape(reference[0])


def lines_of_html(body: str, *, keeps_lines: bool = False) -> list[Line]:
    """Return the lines of an HTML body."""
    scan = _Scan(body, keeps_lines=keeps_lines, skips_hidden=True)
    if scan.is_hiding:  # an element that is never closed would hide all that follows it
        scan = _Scan(body, keeps_lines=keeps_lines, skips_hidden=False)
    return scan.lines


class _Scan:
    """One pass over the markup of a body."""

    def __init__(self, body: str, *, keeps_lines: bool, skips_hidden: bool) -> None:
        self.lines: list[Line] = []
        self._body = body
        self._pieces: list[str] = []
        self._quotations: list[bool] = []
        self._depth = 0
        self._preformatted = int(keeps_lines)
        self._skips_hidden = skips_hidden
        self._hidden_name = ""
        self._hidden_depth = 0
        self._unclosed: set[str] = set()
        place = 0
        for _ in range(MAX_TAGS):
            markup = _MARKUP.search(body, place)
            if markup is None:
                break
            self._add_text(body[place : markup.start()])
            place = self._after(markup)
        else:
            self._add_text(_ANY_TAG.sub(" ", body[place:]))
            place = len(body)
        self._add_text(body[place:])
        self._break()

    @property
    def is_hiding(self) -> bool:
        """Whether a hidden element was not closed."""
        return bool(self._hidden_name)

    def _after(self, markup: re.Match[str]) -> int:
        """Interpret one piece of markup, and return where it ends."""
        body = self._body
        if markup[1]:
            end = body.find("-->", markup.start() + 2)
            return len(body) if end < 0 else end + 3
        end = body.find(">", markup.end())
        if end < 0:
            self._add_text(body[markup.start() :])
            return len(body)
        attributes = body[markup.end() : end]
        if attributes and (attributes.count('"') % 2 or attributes.count("'") % 2):
            whole = _ATTRIBUTES.match(body, markup.end(), markup.end() + _MAX_ATTRIBUTES)
            end = whole.end() - 1 if whole else end
            attributes = body[markup.end() : end]
        name = (markup[3] or "").lower()
        if attributes.startswith("@") and name not in _KNOWN:  # <jane@acme.com>, not a tag
            self._add_text(body[markup.start() : end + 1])
            return end + 1
        if name in _RAW and not markup[2] and not attributes.endswith("/"):
            return self._end_of_raw(name, end + 1)
        if name:
            self._tag(name, attributes, closes=bool(markup[2]))
        return end + 1

    def _end_of_raw(self, name: str, place: int) -> int:
        """Return where an element ends that holds no text of the message."""
        if name not in self._unclosed:
            close = re.compile(f"</{name}(?![a-z0-9])[^<>]*+>?", re.IGNORECASE)
            end = close.search(self._body, place)
            if end:
                return end.end()
            self._unclosed.add(name)
        return len(self._body) if name in {"style", "script"} else place

    def _tag(self, name: str, attributes: str, *, closes: bool) -> None:
        if self._is_hidden(name, attributes, closes=closes):
            return
        if name == "br":
            self._end_line()
        elif name in _BLOCKS:
            self._break()
            if name == "blockquote":
                self._quotation(attributes, closes=closes)
            elif name == "pre":
                self._preformatted = max(0, self._preformatted + (-1 if closes else 1))
        elif name in _CELLS:
            self._pieces.append(" ")

    def _is_hidden(self, name: str, attributes: str, *, closes: bool) -> bool:
        """Follow elements that are not displayed, such as the preview text of a newsletter."""
        if self._hidden_name:
            if name == self._hidden_name:
                self._hidden_depth += -1 if closes else 1
                if not self._hidden_depth:
                    self._hidden_name = ""
            return True
        if closes or not attributes or not self._skips_hidden or name in _VOID:
            return False
        if not _HIDDEN.search(attributes):
            return False
        self._hidden_name, self._hidden_depth = name, 1
        return True

    def _quotation(self, attributes: str, *, closes: bool) -> None:
        """Enter or leave a blockquote. One without a border is an indented paragraph."""
        if not closes:
            quotes = not _INDENTED.search(attributes) or bool(_QUOTING.search(attributes))
            self._quotations.append(quotes)
            self._depth += quotes
        elif self._quotations:
            self._depth -= self._quotations.pop()

    def _add_text(self, text: str) -> None:
        if text and not self._hidden_name:
            if self._preformatted:
                first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                self._pieces.append(first)
                for other in others:
                    self._end_line()
                    self._pieces.append(other)
            else:
                self._pieces.append(_SPACE.sub(" ", text))

    def _break(self) -> None:
        """End the line that has been begun, if one has."""
        if any(piece and not piece.isspace() for piece in self._pieces):
            self._end_line()
        else:
            self._pieces.clear()

    def _end_line(self) -> None:
        text = decoded("".join(self._pieces)).strip(" \t\r\n\f")
        self._pieces.clear()
        self.lines.append(Line(text, self._depth))

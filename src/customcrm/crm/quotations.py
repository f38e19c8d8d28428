"""What the sender of a message wrote, and what they quote, separated by form in no language.

A quotation is marked line by line (`>`, or a blockquote), or it begins with a header or an
introduction and goes on to the end. What is written between marked lines is an answer.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from customcrm.crm.html_text import Line
from customcrm.crm.quotation_forms import (
    MAX_STRUCTURAL,
    asks_for_reply_above,
    beginning_sureness,
    ends_with_colon,
    has_address,
    has_moment,
    has_named_address,
    is_header,
    is_plain_rule,
    is_rule,
    is_titled_rule,
    label_value,
    says_who_wrote,
    titles_quotation,
)

_MAX_HEADER: Final = 12
_MAX_HEADING: Final = 80
_MAX_GAP: Final = 50
"""Blank lines above a line over which the line before it is looked for."""

_NEAR: Final = 3
"""Lines above a header, blank ones with it, in which a title of the quotation is."""

_MARKS: Final = re.compile(r"[ \t]*+((?:>[ \t]?+)++)")
STRUCTURE: Final = re.compile(r"[>:：]|##|---|‐‐‐|–––|———|___|===|\*\*\*|───|━━━")
"""What a text that quotes nothing has nothing of: nearly all short messages."""


class Part(NamedTuple):
    """Consecutive lines of a message, quoted or not."""

    text: str
    quoted: bool


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of plain text."""
    return [Line(line) for line in _split(text)]


def tidy_text(text: str) -> str:
    """Return plain text without blanks at the ends of lines, or more than one blank line."""
    return _tidy(_split(text))


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Separate what was written from what is quoted, in the order of the message.

    A message that quotes everything is one part that is not quoted.
    """
    if not any(line.depth or STRUCTURE.search(line.text) for line in lines):
        text = _tidy(line.text for line in lines)
        return [Part(text, quoted=False)] if text else []
    marked = [_with_marks(line) for line in lines]
    quoted = _Quotations(marked).quoted
    texts = (line.text for line in lines)
    parts = [
        Part(_tidy(text for text, _ in run), is_quoted)
        for is_quoted, run in groupby(zip(texts, quoted, strict=True), key=lambda pair: pair[1])
    ]
    parts = [part for part in parts if part.text]
    if any(not part.quoted for part in parts):
        return _joined(parts)
    return [Part(_tidy(line.text for line in lines), quoted=False)] if parts else []


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Join neighbours of one kind, which a blank part has parted."""
    return [
        Part("\n\n".join(part.text for part in run), is_quoted)
        for is_quoted, run in groupby(parts, key=lambda part: part.quoted)
    ]


def _tidy(texts: Iterable[str]) -> str:
    """Join lines, with one blank line where there are several."""
    kept: list[str] = []
    for text in texts:
        if text.strip():
            kept.append(text.rstrip())
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept).rstrip("\n")


def _with_marks(line: Line) -> Line:
    """Count the marks at the beginning of a line as depth, and take them off."""
    marks = _MARKS.match(line.text) if ">" in line.text[:MAX_STRUCTURAL] else None
    if marks is None:
        return line
    return Line(line.text[marks.end() :], line.depth + marks[1].count(">"))


class _Quotations:
    """Which lines of a message are quoted.

    Args:
        lines: with their depth.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.quoted = [line.depth > 0 for line in lines]
        self._first = next((n for n, is_quoted in enumerate(self.quoted) if is_quoted), len(lines))
        number = 0
        while number < len(lines):
            number = self._read(number)
        self._take_rules()

    def _read(self, number: int) -> int:
        """Read what begins at a line, and return the number of the line after it."""
        if self.quoted[number] or not self._lines[number].text.strip():
            return number + 1
        end = self._end_of_header(number)
        if end:
            self._quote(self._begin(number), end)
            return self._quote_on(end)
        end, strict = self._end_of_introduction(number)
        if end:
            self._quote(number, end)
            return self._quote_on(end) if strict else end
        if self._is_reply_above(number):
            self._quote(number, number + 1)
        elif self._begins_original(number) or self._begins_thread(number):
            return self._quote_on(number)
        return number + 1

    def _quote(self, start: int, end: int) -> None:
        self.quoted[start:end] = [True] * (end - start)
        self._first = min(self._first, start)

    def _quote_on(self, number: int) -> int:
        """Quote all that follows a header, unless it is marked line by line."""
        following = self._next(number)
        if following < len(self._lines) and self.quoted[following]:
            return following
        self._quote(number, len(self._lines))
        return len(self._lines)

    def _next(self, number: int) -> int:
        """Return the number of the first line with text, from this one on."""
        while number < len(self._lines) and not self._lines[number].text.strip():
            number += 1
        return number

    def _previous(self, number: int) -> int:
        """Return the number of the last line with text before this one, or -1 if none is near."""
        for before in range(number - 1, max(number - _MAX_GAP, 0) - 1, -1):
            if self._lines[before].text.strip():
                return before
        return -1

    def _text(self, number: int) -> str:
        text = self._lines[number].text
        return text if len(text) <= MAX_STRUCTURAL else ""

    # Headers

    def _end_of_header(self, number: int) -> int:
        """Return the number of the line after a header that begins here, or 0 if none does."""
        labelled: list[str] = []
        place = number
        while place < len(self._lines) and not self.quoted[place]:
            label = label_value(self._lines[place].text)
            if label is not None:
                labelled.append(label)
            elif not labelled or not self._continues(place):
                break
            place += 1
            following = self._next(place)
            if following == place + 1 and self._is_labelled(following):
                place = following
            if len(labelled) > _MAX_HEADER:
                break
        before = self._previous(number)
        ruled = before >= 0 and is_rule(self._text(before))
        goes_on = self._next(place) < len(self._lines)
        return place if is_header(labelled, ruled=ruled, goes_on=goes_on) else 0

    def _is_labelled(self, number: int) -> bool:
        return number < len(self._lines) and label_value(self._lines[number].text) is not None

    def _continues(self, number: int) -> bool:
        """Whether a line goes on with the recipients of the line before it."""
        text = self._text(number)
        return bool(text.strip()) and has_address(text) and not ends_with_colon(text)

    def _begin(self, number: int) -> int:
        """Return where a quotation begins of which this is the header: `Begin forwarded …:`."""
        before = self._previous(number)
        if before < 0 or self.quoted[before] or number - before > _NEAR:
            return number
        text = self._text(before)
        alone = before == 0 or not self._lines[before - 1].text.strip()
        return before if alone and len(text) <= _MAX_HEADING and ends_with_colon(text) else number

    # Introductions

    def _end_of_introduction(self, number: int) -> tuple[int, bool]:
        """Return the line after an introduction that begins here, or 0, and whether all follows.

        It is one to three lines that end with a colon, and hold a date or an address. One line with
        a date and a verb of writing needs no colon above marked lines.
        """
        lines: list[str] = []
        for end in range(number + 1, min(number + 3, len(self._lines)) + 1):
            text = self._text(end - 1)
            if not text.strip() or self.quoted[end - 1]:
                break
            lines.append(text)
            if ends_with_colon(text):
                sureness = beginning_sureness(lines)
                marked = self._is_marked(end)
                if sureness > int(not marked):
                    return end, not marked
            elif len(lines) == 1 and says_who_wrote(text) and self._is_marked(end):
                return end, False
        return self._end_of_lone_label(number), False

    def _end_of_lone_label(self, number: int) -> int:
        """`From: Jane <jane@acme.com>` and nothing else, above the first marked lines."""
        label = label_value(self._text(number))
        if (
            label
            and self._first > number
            and self._is_marked(number + 1)
            and has_named_address(label)
        ):
            return number + 1
        return 0

    def _is_marked(self, number: int) -> bool:
        """Whether the next line with text is marked as quoted."""
        following = self._next(number)
        return following < len(self._lines) and self.quoted[following]

    # Rules

    def _is_reply_above(self, number: int) -> bool:
        """`##- Please reply above this line -##`, at the top of a message."""
        return asks_for_reply_above(self._text(number)) and self._previous(number) < 0

    def _begins_original(self, number: int) -> bool:
        """`-----Original Message-----`, `---- On … Jane <jane@acme.com> wrote ----`."""
        text = self._text(number)
        if not is_titled_rule(text):
            return False
        if titles_quotation(text):
            return True
        following = self._next(number + 1)
        near = self._lines[following : following + _NEAR]
        return any(has_address(line.text[:MAX_STRUCTURAL]) for line in near)

    def _begins_thread(self, number: int) -> bool:
        """A rule, and below it a name and a time, as ticket systems head earlier messages."""
        if not is_plain_rule(self._text(number)) or self._previous(number) < 0:
            return False
        following = self._next(number + 1)
        near = self._lines[following : following + 2]
        return any(len(line.text) <= _MAX_HEADING and has_moment(line.text) for line in near)

    def _take_rules(self) -> None:
        """Count the rules above a quotation as part of it."""
        for number in range(len(self._lines) - 1, 0, -1):
            if self.quoted[number] and not self.quoted[number - 1]:
                before = self._previous(number)
                if before >= 0 and not self.quoted[before] and is_rule(self._text(before)):
                    self._quote(before, number)

"""What the sender of a message wrote, and what they quote, told apart by form in no language.

A quotation is marked line by line (`>`, or a blockquote), or it begins with a header or an
introduction and goes on to the end. What is written between marked lines is an answer.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from customcrm.crm.html_text import Line

MAX_STRUCTURAL: Final = 400
"""Characters of a line that can be part of a header or an introduction."""

_MAX_HEADER: Final = 12
_MAX_HEADING: Final = 80
_NEAR: Final = 3
"""Lines above a header, blank ones with it, in which a title of the quotation is."""

_FEWEST: Final = 2
"""Labelled lines of a header; so many as `_SURE` are one without an address."""

_SURE: Final = 3
_MARKS: Final = re.compile(r"[ \t]*+((?:>[ \t]?+)++)")
_LABEL: Final = re.compile(
    r"[\s*_|\u200e\u200f]*+([^\W\d_](?:[^\W\d_]|[\u0300-\u036f .'’/()*_-]){0,34}?)"
    r"\s?[:：][*_]*(.*)",
    re.DOTALL,
)
_MAX_LABEL_WORDS: Final = 4
_ADDRESS: Final = re.compile(r"[\w.+-]@\w[\w.-]*\.\w")
_NAMED_ADDRESS: Final = re.compile(
    r"\S[ \t]*[<(\[](?:mailto:)?[^\s<>()\[\]@]{1,100}@[^\s<>]{1,200}"
)
_NUMERIC_DATE: Final = re.compile(r"(?<!\d)\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY: Final = re.compile(r"(?<![\d:.])\d{1,2}(?![\d:])")
_TIME: Final = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d{2}(?!\d)")
_COLON: Final = re.compile(r"[:：]\s*+\Z")
_RULE: Final = re.compile(r"\s*+(?:[-–—]{4,}+|[_=*─━]{5,}+)\s*+")
_TITLED_RULE: Final = re.compile(r"\s*+([-=_*#>]{2,})\s*([^\W\d_][^\n]{2,90}?)\s*[-=_*#<]{2,}\s*")
_REPLY_ABOVE: Final = re.compile(
    r"\s*+(?:##-|[-=—–#_*>]{2,})[-=—–#_*>\s]*+[^\W\d_][^\n]{8,120}(?:-##|[-=—–#_*<]{2,})\s*+"
)
_ORIGINAL: Final = re.compile(
    r"original message|forwarded message|mensaje (?:original|reenviado)|message (?:d'origine"
    r"|original|transféré)|(?:ursprüngliche|weitergeleitete) nachricht"
    r"|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)"
    r"|oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande"
    r"|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti"
    r"|(?:wiadomość oryginalna|oryginalna wiadomość)|původní zpráva|eredeti üzenet"
    r"|orijinal (?:mesaj|ileti)|исходное сообщение|пересылаемое сообщение|原始邮件|原始郵件"
    r"|원본 메시지|元のメッセージ",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(
    r"\b(?:wrote|writes|schrieb|schreibt|écrit|escribió|escribio|escreveu|scritto|scrive|schreef"
    r"|skrev|skreiv|kirjoitti|napisał|napisała|napísal|napsal|napisao|írta|scris|yazdı|yazmış"
    r"|написал|написала|пишет|написав|έγραψε|va escriure|viết|menulis)\b"
    r"|כתב|كتب|写道|寫道|のメール|書きました|작성|เขียน",
    re.IGNORECASE,
)


STRUCTURE: Final = re.compile(r"[>:：]|##|---|–––|———|___|===|\*\*\*|───|━━━")
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
        """Return the number of the last line with text before this one, or -1."""
        number -= 1
        while number >= 0 and not self._lines[number].text.strip():
            number -= 1
        return number

    def _text(self, number: int) -> str:
        text = self._lines[number].text
        return text if len(text) <= MAX_STRUCTURAL else ""

    # Headers

    def _end_of_header(self, number: int) -> int:
        """Return the number of the line after a header that begins here, or 0 if none does."""
        labelled: list[str] = []
        place = number
        while place < len(self._lines) and not self.quoted[place]:
            label = _label(self._lines[place].text)
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
        if len(labelled) < _FEWEST:
            return 0
        before = self._previous(number)
        ruled = before >= 0 and _is_rule(self._text(before))
        return place if _is_header(labelled, ruled=ruled) else 0

    def _is_labelled(self, number: int) -> bool:
        return number < len(self._lines) and _label(self._lines[number].text) is not None

    def _continues(self, number: int) -> bool:
        """Whether a line goes on with the recipients of the line before it."""
        text = self._text(number)
        return bool(text.strip()) and bool(_ADDRESS.search(text)) and not _COLON.search(text)

    def _begin(self, number: int) -> int:
        """Return where a quotation begins of which this is the header: `Begin forwarded …:`."""
        before = self._previous(number)
        if before < 0 or self.quoted[before] or number - before > _NEAR:
            return number
        text = self._text(before)
        alone = before == 0 or not self._lines[before - 1].text.strip()
        return before if alone and len(text) <= _MAX_HEADING and _COLON.search(text) else number

    # Introductions

    def _end_of_introduction(self, number: int) -> tuple[int, bool]:
        """Return the line after an introduction that begins here, or 0, and whether all follows.

        It is one to three lines that end with a colon, and hold a date or an address.
        """
        lines: list[str] = []
        for end in range(number + 1, min(number + 3, len(self._lines)) + 1):
            text = self._text(end - 1)
            if not text.strip() or self.quoted[end - 1]:
                break
            lines.append(text)
            if _COLON.search(text):
                sureness = _beginning_sureness(lines)
                marked = self._is_marked(end)
                if sureness > int(not marked):
                    return end, not marked
        return self._end_of_lone_label(number), False

    def _end_of_lone_label(self, number: int) -> int:
        """`From: Jane <jane@acme.com>` and nothing else, above the first marked lines."""
        label = _label(self._text(number))
        if (
            label
            and self._first > number
            and self._is_marked(number + 1)
            and _NAMED_ADDRESS.search(label)
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
        return self._previous(number) < 0 and bool(_REPLY_ABOVE.fullmatch(self._text(number)))

    def _begins_original(self, number: int) -> bool:
        """`-----Original Message-----`."""
        titled = _TITLED_RULE.fullmatch(self._text(number))
        return bool(titled and _ORIGINAL.search(titled[2]))

    def _begins_thread(self, number: int) -> bool:
        """A rule, and below it a name and a time, as ticket systems head earlier messages."""
        if not _RULE.fullmatch(self._text(number)) or self._previous(number) < 0:
            return False
        following = self._next(number + 1)
        near = self._lines[following : following + 2]
        return any(
            len(line.text) <= _MAX_HEADING and _has_date(line.text) and _TIME.search(line.text)
            for line in near
        )

    def _take_rules(self) -> None:
        """Count the rules above a quotation as part of it."""
        for number in range(len(self._lines) - 1, 0, -1):
            if self.quoted[number] and not self.quoted[number - 1]:
                before = self._previous(number)
                if before >= 0 and not self.quoted[before] and _is_rule(self._text(before)):
                    self._quote(before, number)


def _is_rule(text: str) -> bool:
    return bool(_RULE.fullmatch(text) or _TITLED_RULE.fullmatch(text))


def _label(text: str) -> str | None:
    """Return the value of a line such as `Word: value`, or None if it is no such line."""
    if len(text) > 10 * MAX_STRUCTURAL:
        return None
    found = _LABEL.fullmatch(text)
    if found is None or len(found[1].split()) > _MAX_LABEL_WORDS or found[2].startswith("//"):
        return None
    return found[2].strip()


def _is_header(values: Sequence[str], *, ruled: bool) -> bool:
    """Whether labelled lines head a quotation, rather than give an appointment or a telephone."""
    dated = [_has_date(value) for value in values]
    timed = [has and bool(_TIME.search(value)) for has, value in zip(dated, values, strict=True)]
    if any(_NAMED_ADDRESS.search(value) for value in values):
        return True
    addressed = any(_ADDRESS.search(value) for value in values)
    if ruled:
        return addressed or any(dated)
    later = any(dated[1:])
    return (
        any(timed[1:])
        or (later and (addressed or len(values) >= _SURE))
        or (any(timed) and (addressed or len(values) >= _SURE))
    )


def _has_date(text: str) -> bool:
    """Whether a text has a date with its year, in any language."""
    if _NUMERIC_DATE.search(text):
        return True
    year = _YEAR.search(text)
    return bool(year and _DAY.search(text[: year.start()] + " " + text[year.end() :]))


def _beginning_sureness(lines: Sequence[str]) -> int:
    """Return how surely an introduction that ends with these lines begins with the first of them.

    Fewer of the lines are preferred, unless more of them introduce more surely. One that begins
    with `<address>` goes on with the name of the line before it.
    """
    sureness = [
        0 if start and lines[start].lstrip().startswith("<") else _sureness(" ".join(lines[start:]))
        for start in range(len(lines))
    ]
    return sureness[0] if sureness[0] > max(sureness[1:], default=0) else 0


def _sureness(text: str) -> int:
    """Return how surely a text introduces a quotation: 0 not at all, 1 if marked lines follow."""
    dated, timed = _has_date(text), bool(_TIME.search(text))
    addressed, verb = bool(_ADDRESS.search(text)), bool(_WROTE.search(text))
    if dated and (addressed or verb):
        return 3
    if timed and addressed:
        return 2
    return int(dated or timed or addressed or verb)

"""How the lines look that begin a quotation, in no language: headers, introductions, rules."""

import re
from collections.abc import Sequence
from typing import Final

MAX_STRUCTURAL: Final = 400
"""Characters of a line that can be part of a header or an introduction."""

_FEWEST: Final = 2
"""Labelled lines of a header."""

_SURE: Final = 3
"""Labelled lines that are a header without an address."""

_LABEL: Final = re.compile(
    r"[\s*_|\u200e\u200f]*+([^\W\d_][^\d\n:：,;!?<>@=\"\[\]{}]{0,34}?)\s?[:：][*_]*(.*)",
    re.DOTALL,
)
_MAX_LABEL_WORDS: Final = 4
_ADDRESS: Final = re.compile(r"[\w.+-]@\w[\w.-]*\.\w")
_NAMED_ADDRESS: Final = re.compile(
    r"\S[ \t]*[<(\[](?:mailto:)?[^\s<>()\[\]@]{1,100}@[^\s<>]{1,200}"
)
_CONTACT_DETAIL: Final = re.compile(
    r"\+?\d(?:[ ./()-]{0,2}\d){6,14}|\bwww\.|https?://", re.IGNORECASE
)
_NUMERIC_DATE: Final = re.compile(r"(?<!\d)\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY: Final = re.compile(r"(?<![\d:.])\d{1,2}(?![\d:])")
_TIME: Final = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d{2}(?!\d)")
_COLON: Final = re.compile(r"[:：]\s*+\Z")
_RULE: Final = re.compile(r"\s*+(?:[-‐–—]{4,}+|[_=*─━]{5,}+)\s*+")
_TITLED_RULE: Final = re.compile(r"\s*+[-‐=_]{3,}\s*([^\W\d_][^\n]{2,200}?)\s*[-‐=_]{3,}\s*")
_REPLY_ABOVE: Final = re.compile(
    r"\s*+(?:##|[-=—–#_*>]{2,})[-=—–#_*>\s]*+[^\W\d_][^\n]{8,120}(?:##|[-=—–#_*<]{2,})\s*+"
)
_REPLY: Final = re.compile(
    r"##|reply|répon|antwort|respu|respo|rispo|antwoord|odpow|odpov|svar|vasta|válasz|yanıt|ответ"
    r"|回复|返信",
    re.IGNORECASE,
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
# fmt: off
_VERBS: Final = frozenset({
    "wrote", "writes", "schrieb", "schreibt", "écrit", "escribió", "escribio", "escreveu",
    "scritto", "scrive", "schreef", "geschreven", "skrev", "skreiv", "kirjoitti", "napisał",
    "napisała", "napísal", "napsal", "napisao", "írta", "scris", "yazdı", "yazmış", "написал",
    "написала", "пишет", "написав", "έγραψε", "escriure", "viết", "menulis",
})
# fmt: on
_UNPARTED_VERBS: Final = ("כתב", "كتب", "写道", "寫道", "のメール", "書きました", "작성", "เขียน")
"""Verbs of scripts that part no words, or join others to them."""

_WORD: Final = re.compile(r"[^\W\d_]++")


def has_address(text: str) -> bool:
    """Whether a text holds an email address."""
    return bool(_ADDRESS.search(text))


def has_named_address(text: str) -> bool:
    """Whether a text holds an address in brackets after a name: `Jane <jane@acme.com>`."""
    return bool(_NAMED_ADDRESS.search(text))


def has_moment(text: str) -> bool:
    """Whether a text holds a date with its year and a time."""
    return has_date(text) and bool(_TIME.search(text))


def ends_with_colon(text: str) -> bool:
    """Whether a line ends with a colon, of whatever width."""
    return bool(_COLON.search(text))


def is_plain_rule(text: str) -> bool:
    """Whether a line is a row of one sign."""
    return bool(_RULE.fullmatch(text))


def is_titled_rule(text: str) -> bool:
    """Whether a line is a title between two rows of signs."""
    return bool(_TITLED_RULE.fullmatch(text))


def is_rule(text: str) -> bool:
    """Whether a line parts what is above it from what is below."""
    return is_plain_rule(text) or is_titled_rule(text)


def asks_for_reply_above(text: str) -> bool:
    """Whether a line of a ticket system asks to write above it."""
    return bool(_REPLY_ABOVE.fullmatch(text) and _REPLY.search(text))


def titles_quotation(text: str) -> bool:
    """Whether a titled rule begins a quotation: `-----Original Message-----`."""
    titled = _TITLED_RULE.fullmatch(text)
    return bool(titled and (_ORIGINAL.search(titled[1]) or sureness_of(titled[1]) > 1))


def label_value(text: str) -> str | None:
    """Return the value of a line such as `Word: value`, or None if it is no such line."""
    if len(text) > 10 * MAX_STRUCTURAL:
        return None
    found = _LABEL.fullmatch(text)
    if found is None or len(found[1].split()) > _MAX_LABEL_WORDS or found[2].startswith("//"):
        return None
    return found[2].strip()


def is_header(values: Sequence[str], *, ruled: bool, goes_on: bool) -> bool:
    """Whether labelled lines head a quotation, rather than give an appointment or a telephone.

    Args:
        values: of the lines, in their order.
        ruled: whether a rule stands above them.
        goes_on: whether there is text below them.
    """
    if len(values) < _FEWEST:
        return False
    dated = [has_date(value) for value in values]
    timed = [has_moment(value) for value in values]
    addressed = any(has_address(value) for value in values)
    if ruled:
        return addressed or any(dated)
    if any(dated):
        enough = addressed or len(values) >= _SURE
        return any(timed[1:]) or (enough and (any(timed) or any(dated[1:])))
    named = any(has_named_address(value) for value in values)
    details = any(_CONTACT_DETAIL.search(value) for value in values)
    return goes_on and addressed and (named or not details)


def has_date(text: str) -> bool:
    """Whether a text has a date with its year, in any language."""
    if _NUMERIC_DATE.search(text):
        return True
    year = _YEAR.search(text)
    return bool(year and _DAY.search(text[: year.start()] + " " + text[year.end() :]))


def beginning_sureness(lines: Sequence[str]) -> int:
    """Return how surely an introduction that ends with these lines begins with the first of them.

    Fewer of the lines are preferred, unless more of them introduce more surely. One that begins
    with `<address>` goes on with the name of the line before it.
    """
    sureness = [
        0
        if start and lines[start].lstrip().startswith("<")
        else sureness_of(" ".join(lines[start:]))
        for start in range(len(lines))
    ]
    return sureness[0] if sureness[0] > max(sureness[1:], default=0) else 0


def _has_verb(text: str) -> bool:
    """Whether a text has a verb of writing."""
    if not _VERBS.isdisjoint(_WORD.findall(text.lower())):
        return True
    return not text.isascii() and any(verb in text for verb in _UNPARTED_VERBS)


def says_who_wrote(text: str) -> bool:
    """Whether a line holds a date and a verb of writing."""
    return has_date(text) and _has_verb(text)


def sureness_of(text: str) -> int:
    """Return how surely a text introduces a quotation: 0 not at all, 1 if marked lines follow."""
    dated, timed = has_date(text), bool(_TIME.search(text))
    addressed, verb = bool(_ADDRESS.search(text)), _has_verb(text)
    if dated and (addressed or verb):
        return 3
    if timed and addressed:
        return 2
    return int(dated or timed or addressed or verb)

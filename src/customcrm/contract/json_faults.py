"""Find what is wrong with a body that is not JSON, and name its place."""

import json
import math
import re
from typing import Final, NamedTuple, NoReturn

MAX_SCANNED: Final = 500_000
"""Bytes of a body that are scanned for a fault."""

MAX_SHOWN: Final = 40
"""Characters of the body that a message quotes."""

MAX_PATH: Final = 200
"""Characters of a path that a message shows: its end."""

MAX_DIGITS: Final = 4_300
"""Digits of an integer that can be read."""

_BLANKS: Final = re.compile(rb"[ \t\n\r\0]*+")
_STRING: Final = re.compile(rb'"(?:[^"\\\x01-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_NUMBER: Final = re.compile(rb"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][+-]?[0-9]++)?(?![\w.+-])")
_CUT_ESCAPE: Final = re.compile(rb"\\u?[0-9a-fA-F]{0,3}")
_ESCAPE: Final = re.compile(r"\\u[0-9a-fA-F]*|\\.", re.DOTALL)
_LITERAL: Final = re.compile(rb"(?:true|false|null)(?!\w)")
_MARKS: Final = {'"': "a string"}
_WORD: Final = re.compile(r"[+-]?[\w$][\w.+$-]*|[+-.]\w[\w.+-]*|.", re.DOTALL)

_ENCODINGS: Final = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class Fault(NamedTuple):
    """What is wrong with a body.

    Attributes:
        reason: without its place.
        offset: of the byte at which it was found, from 0; None if it concerns the whole body.
        path: of the value, such as `contacts[3].title`; empty for the body itself.
    """

    reason: str
    offset: int | None = None
    path: str = ""

    @property
    def message(self) -> str:
        """The reason with its place."""
        if self.offset is None:
            return self.reason
        return f"{self.reason}, at {f'{self.path}, ' if self.path else ''}byte {self.offset}"


class _Found(Exception):
    """A fault was found; or the end of the text, which has no reason."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason, self.offset = reason, offset


def find_fault(body: bytes) -> Fault | None:
    """Find the first fault of a body, in linear time; None if none is in what is scanned."""
    encoding = _other_encoding(body)
    if encoding:
        return Fault(f"The body is {encoding}, not UTF-8")
    end = _undecodable(body)
    scan = _Scan(body[: min(MAX_SCANNED, len(body) if end is None else end)])
    try:
        scan.run()
    except _Found as found:
        if found.reason:
            return Fault(found.reason, found.offset, scan.path())
        if end is None and len(body) <= MAX_SCANNED:
            return _too_short(body, scan.path())
    if end is None:
        return None
    return Fault(_not_utf8(body, end), end, scan.path() if end <= MAX_SCANNED else "")


def _too_short(body: bytes, path: str) -> Fault:
    if not body.strip():
        return Fault("The body is empty")
    return Fault("The body ends too early", len(body), path)


def _not_utf8(body: bytes, offset: int) -> str:
    return f"The body is not UTF-8: 0x{body[offset]:02X}"


def _other_encoding(body: bytes) -> str | None:
    named = next((name for mark, name in _ENCODINGS if body.startswith(mark)), None)
    if named or b"\0" not in body[:2]:
        return named
    return "UTF-32" if body[:4].count(0) > 2 else "UTF-16"  # noqa: PLR2004 - of four bytes


def _undecodable(body: bytes) -> int | None:
    """The offset of the first byte that is not UTF-8; halves of surrogate pairs are."""
    try:
        body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return error.start
    return None


class _Scan:
    """A strict reader of JSON that keeps track of where it is."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._at = 0
        self._inside: list[int | str | None] = []

    def path(self) -> str:
        """The path of the value that is read, such as `contacts[3].title`."""
        path = ""
        for one in self._inside:
            if isinstance(one, int):
                path += f"[{max(one, 0)}]"
            elif one is not None:
                path += f".{_shown(one)}" if path else _shown(one)
        return path if len(path) <= MAX_PATH else f"…{path[-MAX_PATH:]}"

    def run(self) -> None:
        """Read all of the text.

        Raises:
            _Found: it is not JSON.
        """
        opened = self._read_value()
        while opened or self._inside:
            mark = self._peek()
            if mark == self._closing():
                self._at += 1
                self._inside.pop()
                opened = False
                continue
            if not opened:
                self._read_comma(mark)
            self._read_key()
            opened = self._read_value()
        self._skip_blanks()
        if self._at < len(self._text):
            self._fail(f"After the end of the JSON comes {self._word()}")

    def _closing(self) -> bytes:
        return b"]" if isinstance(self._inside[-1], int) else b"}"

    def _skip_blanks(self) -> None:
        self._at = self._end_of(_BLANKS)

    def _end_of(self, pattern: re.Pattern[bytes]) -> int:
        """The end of what matches a pattern here, or this place."""
        match = pattern.match(self._text, self._at)
        return match.end() if match else self._at

    def _peek(self) -> bytes:
        """The next byte that is no blank."""
        self._skip_blanks()
        if self._at >= len(self._text):
            raise _Found("", self._at)
        return self._text[self._at : self._at + 1]

    def _read_comma(self, mark: bytes) -> None:
        closing = self._closing()
        if mark != b",":
            self._fail(f"Expected a comma or {closing.decode()}, found {self._word()}")
        at, self._at = self._at, self._at + 1
        if self._peek() == closing:
            raise _Found(f"A comma before {closing.decode()}", at)

    def _read_key(self) -> None:
        """Go on to the next item: its index, or its key and the colon."""
        last = self._inside[-1]
        if isinstance(last, int):
            self._inside[-1] = last + 1
            return
        if self._peek() != b'"':
            self._fail(f"A key must be in double quotes, found {self._word()}")
        begin = self._at
        self._read_string()
        self._inside[-1] = json.loads(self._text[begin : self._at].replace(b"\0", b""))
        if self._peek() != b":":
            self._fail(f"Expected a colon after the key, found {self._word()}")
        self._at += 1

    def _read_value(self) -> bool:
        """Read a value; of an array or an object only its beginning. Return whether it is one."""
        mark = self._peek()
        if mark in b"[{":
            self._at += 1
            self._inside.append(-1 if mark == b"[" else None)
            return True
        if mark == b'"':
            self._read_string()
        elif not self._read_number():
            literal = _LITERAL.match(self._text, self._at)
            if literal is None:
                self._fail(self._why_no_value())
            else:
                self._at = literal.end()
        return False

    def _read_number(self) -> bool:
        number = _NUMBER.match(self._text, self._at)
        if number is None:
            return False
        text = number[0]
        whole = number[1] is None and number[2] is None
        if len(text.lstrip(b"-")) > MAX_DIGITS if whole else math.isinf(float(text)):
            self._fail(f"The number {_shown(text.decode())} is out of range")
        self._at = number.end()
        return True

    def _read_string(self) -> None:
        begin, self._at = self._at, self._end_of(_STRING)
        rest = self._text[self._at : self._at + 6]
        if rest.startswith(b'"'):
            self._at += 1
        elif not rest or (self._at + len(rest) == len(self._text) and _CUT_ESCAPE.fullmatch(rest)):
            self._at = begin
            raise _Found("", begin)
        elif rest.startswith(b"\\"):
            escape = _ESCAPE.match(rest.decode(errors="replace"))
            self._fail(f"Unknown escape {_shown(escape[0] if escape else '')} in a string")
        else:
            self._fail(f"A string holds a bare control character, U+{rest[0]:04X}")

    def _why_no_value(self) -> str:
        word = self._word()
        if word == '"\'"':
            return "A string must be in double quotes"
        if word in {'"/"', '"#"'}:
            return "JSON has no comments"
        return f"{word} is not a JSON value"

    def _word(self) -> str:
        """What begins here, in short."""
        rest = self._text[self._at : self._at + 4 * MAX_SHOWN].decode(errors="replace")
        word = _WORD.match(rest)
        text = word[0] if word else ""
        return (
            _shown(text)
            if len(text) > 1 or text.isalnum()
            else _MARKS.get(text, f'"{_shown(text)}"')
        )

    def _fail(self, reason: str) -> NoReturn:
        raise _Found(reason, self._at)


def _shown(text: str) -> str:
    """A piece of the body as a message quotes it: short, without control characters."""
    short = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in short)

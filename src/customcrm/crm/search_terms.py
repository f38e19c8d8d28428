"""Cut text into the tokens that find a record, and a search into the tokens that it asks for.

Both sides are cut by the same rules, so that a name finds its record however either is written:

- A word is letters and digits, folded. `O'Brien` is two words, and one: `o`, `brien`, `obrien`.
- `&`, and words for it between other words, are one token.
- A symbol such as an emoji is a token of its own, and so are signs that stand alone, such as `???`.
- A phone number is its digits in reverse, so that a prefix search finds any of its endings.

A token has no spaces and no ASCII signs: databases are given it as it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from customcrm.crm.folding import MAX_TEXT, fold, spelled_out
from customcrm.crm.name import CONNECTORS
from customcrm.crm.phone_endings import endings_asked, phone_spans

MAX_WORD: Final = 40
"""Characters of a token."""

AND: Final = "\uff06"
"""The token of `&`."""

_MAX_TAIL: Final = 12
_SHORT: Final = 3
"""Letters of a word that is joined with more than one neighbour: `de la Cruz`, `J. P. Morgan`."""

_MAX_JOINED: Final = 4

_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Letters of scripts that write no spaces between words."""

_AND_SIGN: Final = re.compile(r"[&\uff06\ufe60]|[+\uff0b](?![(]?\d)")
_SIMPLE: Final = re.compile(r"[\w\s.,'/:;()-]*", re.ASCII)
"""Text in which no sign is a token, unless one of these stands alone; which none of them is."""

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS: Final = re.compile(r"[@._/:,;|]+")
_SIGNS: Final = "?!@#%*&"
"""ASCII punctuation that is a token where it stands alone; all other punctuation separates."""

_UNREADABLE: Final = "\ufffd"
"""What stands for characters that could not be read: it asks for nothing."""

_WIDE: Final = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
"""ASCII signs as wide ones, which databases leave alone."""

_INVISIBLE: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"})


@lru_cache(maxsize=8192)
def name_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a name: words, words joined with those before, parts of CamelCase."""
    return tuple(dict.fromkeys(_name_tokens(text)))


@lru_cache(maxsize=8192)
def text_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a title, an email or a domain: only parts of one word are joined."""
    return tuple(dict.fromkeys(_text_tokens(text)))


def _name_tokens(text: str) -> Iterator[str]:
    words = split(text)
    yield from _whole(words)
    yield from _joined(words)
    if "&" in text or not CONNECTORS.isdisjoint(words[1:-1]):
        yield AND
    if _CAMEL.search(text):
        parts = split(_CAMEL.sub(" ", text))
        yield from _whole(parts)
        yield from _joined(parts)
    spelled = spelled_out(text)
    if spelled is not None:
        yield from _whole(split(spelled))


def _text_tokens(text: str) -> Iterator[str]:
    for chunk in text.split():
        parts = [part for part in _PARTS.split(chunk) if part]
        if len(parts) > 1 and not any(len(part) > 1 for part in parts):
            parts = [chunk]
        for part in parts or [chunk]:
            words = split(part)
            yield from _whole(words)
            yield from _joined(words)
    spelled = spelled_out(text)
    if spelled is not None:
        yield from _whole(split(spelled))


def search_terms(search: str) -> tuple[tuple[str, ...], ...]:
    """Return what a search asks for: of each term, one token has to begin a token of the record.

    A search of nothing but separators has no terms.
    """
    terms: dict[tuple[str, ...], None] = {}
    before: list[str] = []
    spans = phone_spans(search)
    for text, is_phone in _segments(search, spans):
        endings = endings_asked(text) if is_phone else ()
        words = split(text)
        for word in words:
            before.append(word)
            terms[(*_asked(before), *endings)] = None
    if len(before) > 2:  # noqa: PLR2004 - between two others
        terms = _with_connectors(terms, before)
    return tuple(_with_digraphs(terms, search))


def matches(terms: Sequence[Sequence[str]], tokens: Iterable[str]) -> bool:
    """Return whether tokens have all that a search asks for."""
    known = tuple(tokens)
    return all(
        any(token.startswith(one) for one in alternatives for token in known)
        for alternatives in terms
    )


def name_contains(name: str, part: str) -> bool:
    """Return whether a name has a part that a person has typed, whatever its spelling.

    A part of signs only is looked for as it is.
    """
    folded = fold(part).replace(" ", "")
    if folded and folded in fold(name).replace(" ", ""):
        return True
    return part.casefold() in name.casefold()


def split(text: str) -> list[str]:
    """Return the words, symbols and signs of a text, in its order."""
    text = text[:MAX_TEXT]
    if _SIMPLE.fullmatch(text):
        return fold(text).split()
    found: list[str] = []
    for chunk in unicodedata.normalize("NFKC", text).split():
        for number, part in enumerate(_AND_SIGN.split(chunk)):
            if number:
                found.append(AND)
            found += _part(part)
    return found


def _part(text: str) -> list[str]:
    """The tokens of what stands between white space and signs for "and"."""
    words = fold(text).split()
    if not text.isascii():
        words += [char for char in text if _is_symbol(char)]
    if words or not text:
        return words
    signs = [char for char in text if unicodedata.category(char) not in _INVISIBLE]
    if all(_separates(char) for char in signs):
        return []
    return ["".join(signs).translate(_WIDE)[:MAX_WORD]]


def _is_symbol(char: str) -> bool:
    """Whether a character is a token of its own: an emoji, or a sign of a currency."""
    return not (char.isascii() or char == _UNREADABLE) and unicodedata.category(char) in {
        "So",
        "Sc",
    }


def _separates(char: str) -> bool:
    category = unicodedata.category(char)
    return char in {"|", _UNREADABLE} or (category.startswith("P") and char not in _SIGNS)


def _whole(words: Iterable[str]) -> Iterator[str]:
    """Each word, cut; where a script has no spaces, the tails of its words too."""
    for word in words:
        cut = word[:MAX_WORD]
        yield cut
        if not cut.isascii() and _UNSPACED.search(cut):
            tails = (cut[at:] for at in range(1, min(len(cut), _MAX_TAIL)))
            yield from (tail for tail in tails if unicodedata.category(tail[0])[0] != "M")


def _joined(words: Sequence[str]) -> Iterator[str]:
    plain = [word for word in words if word[0].isalnum()]
    for end in range(1, len(plain)):
        yield from _joined_at(plain, end)


def _joined_at(words: Sequence[str], end: int) -> Iterator[str]:
    """A word with the one before; and, while what is before is short, with those before that."""
    for start in range(end - 1, max(-1, end - _MAX_JOINED), -1):
        yield "".join(words[start : end + 1])[:MAX_WORD]
        if len(words[start]) > _SHORT:
            return


def _asked(words: Sequence[str]) -> tuple[str, ...]:
    """The tokens of which one is asked for by the last of these words."""
    word = words[-1][:MAX_WORD]
    plain = [one for one in words if one[0].isalnum()]
    if not word[0].isalnum() or len(plain) < 2:  # noqa: PLR2004 - nothing to join it with
        return (word,)
    return (word, *_joined_at(plain, len(plain) - 1))


def _segments(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, and of each whether it is a phone number."""
    end = 0
    for start, stop in spans:
        yield text[end:start], False
        yield text[start:stop], True
        end = stop
    yield text[end:], False


def _with_connectors(
    terms: Iterable[tuple[str, ...]], words: Sequence[str]
) -> dict[tuple[str, ...], None]:
    """Let every word for "and" between two others be found by `&`."""
    between = CONNECTORS.intersection(words[1:-1])
    return dict.fromkeys((*term, AND) if term[0] in between else term for term in terms)


def _with_digraphs(terms: Iterable[tuple[str, ...]], search: str) -> Iterator[tuple[str, ...]]:
    """Let letters such as a-umlaut be found by the two letters that stand for them."""
    spelled = spelled_out(search)
    if spelled is None:
        yield from terms
        return
    words = (pair for pair in zip(split(search), split(spelled), strict=False))
    other = {one[:MAX_WORD]: another[:MAX_WORD] for one, another in words if one != another}
    for term in terms:
        yield (*term, other[term[0]]) if term[0] in other else term

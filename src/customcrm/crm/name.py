"""Names of people and companies, folded so that spellings of one name are equal (contract, Sync).

A key only ever drops what two spellings of one name differ in: case, accents, punctuation, spaces
and legal forms. Similar names stay different: a wrong merge is worse than a miss.
"""

import re
from functools import lru_cache

from customcrm.crm.folding import fold
from customcrm.crm.legal_forms import LEADING_FORMS, LEGAL_FORMS, LONGEST_FORM, UNSPACED_FORMS

MAX_KEY = 200

# `S.L.` is SL and `J.P.Morgan` is JP Morgan: letters with dots between them are one word.
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")

# Signs for "and", and words for it in the languages of Europe. Between two other words all are one.
_AND_SIGNS = re.compile(r"[&\uff06\ufe60]|(?<=\s)[+\uff0b](?=\s)")
CONNECTORS = frozenset(
    {
        *("and", "und", "et", "y", "e", "i", "en", "og", "och", "ja", "ve", "si", "es"),
        "\u0438",
        "\u03ba\u03b1\u03b9",
    }
)
"""Words for "and", folded."""


def person_name_key(first: object, last: object, company: object) -> str | None:
    """First name, last name and company key, folded and joined by `|`: `jane|obrien|acme`.

    None unless all three say something. An initial says too little: two people of one company can
    easily share `J. Smith`. Source: contract, Sync (first + last + company name).
    """
    if not (isinstance(first, str) and isinstance(last, str)):
        return None
    if len(first) > MAX_KEY or len(last) > MAX_KEY:
        return None
    company_key = company_name_key(company)
    first, last = _fold_name(first), _fold_name(last)
    if company_key is None or says_too_little(first) or says_too_little(last):
        return None
    key = f"{_joined(first)}|{_joined(last)}|{company_key}"
    return key if len(key) <= MAX_KEY else None


_fold_name = lru_cache(maxsize=8192)(fold)


def says_too_little(name: str) -> bool:
    """Whether a folded first or last name is empty, or an initial only."""
    # A single ideograph is a whole family name, a single letter of an alphabet is an initial.
    return not name or (len(name) == 1 and name < "\u0600")


def company_name_key(name: object) -> str | None:
    """A company's name folded and written as one word, without its legal forms.

    `Acme, Inc.` is `acme`, `J.P. Morgan` is `jpmorgan`. `&` and words for it in other languages are
    `and` where they stand between others. The name itself is never taken for a legal form: `AG Inc`
    is `ag`, and `SA` stays `sa`. None if the name has no letters, or more than 200. Source:
    contract, Sync (name key).
    """
    key = _joined(" ".join(company_name_words(name)))
    return key if 0 < len(key) <= MAX_KEY else None


def company_name_words(name: object) -> tuple[str, ...]:
    """The words of a company's name, folded, without its legal forms; none for an odd value."""
    if not isinstance(name, str) or len(name) > MAX_KEY:
        return ()
    return _company_name_words(name)


@lru_cache(maxsize=16384)
def _company_name_words(name: str) -> tuple[str, ...]:
    name = _DOTTED.sub(_without_dots, name)
    words = _one_connector(fold(_AND_SIGNS.sub(" and ", name)).split())
    while words:
        shorter = _without_form(words)
        if shorter is None:
            break
        words = shorter
    return tuple(words)


def _one_connector(words: list[str]) -> list[str]:
    """Words with every word for "and" that stands between others as `and`."""
    last = len(words) - 1
    return [
        "and" if 0 < at < last and word in CONNECTORS else word for at, word in enumerate(words)
    ]


def _joined(folded: str) -> str:
    """A folded name as one word: `o brien` and `obrien` are one name."""
    return folded.replace(" ", "")


def _without_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "") + " "


def _without_form(words: list[str]) -> list[str] | None:
    """The words less one legal form at the end or the beginning, or None if there is none."""
    for size in range(min(LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-size:]) in LEGAL_FORMS:
            rest = words[:-size]
            if rest == ["the"]:
                return None
            # `Smith & Co` is Smith.
            return rest[:-1] if rest[-1] == "and" and len(rest) > 1 else rest
    if len(words) > 1 and words[0] in LEADING_FORMS:
        return words[1:]
    return _without_unspaced_form(words)


def _without_unspaced_form(words: list[str]) -> list[str] | None:
    """As `_without_form`, for scripts that write the form and the name as one word."""
    first, last = words[0], words[-1]
    for form in UNSPACED_FORMS:
        if last.endswith(form) and last != form:
            return [*words[:-1], last.removesuffix(form)]
        if first.startswith(form) and first != form:
            return [first.removeprefix(form), *words[1:]]
    return None

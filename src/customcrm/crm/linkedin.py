"""The match key of a LinkedIn address (contract, Sync)."""

import re
import unicodedata
from urllib.parse import unquote

from customcrm.crm.text import clean_text, visible

_MAX_INPUT = 2048
_MAX_SLUG = 200
_MAX_UNQUOTES = 5

_USUAL = re.compile(
    r"(?:https?://)?(?:[a-z]{1,3}\.)?linkedin\.com/(in|company)/([\w-]{1,200})/?(?:[?#][!-~]*)?"
)
_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,19}:)?/*(?:[a-z0-9-]{1,63}\.){0,4}linkedin\.com\.?(?::\d{0,5})?(?=/)"
)
# `n/a` in the place of a name, which would be read as the name `n`.
_NOT_APPLICABLE = re.compile(r"/n(?:/|%2f)a/?\Z", re.IGNORECASE)
_OLD_ID = re.compile(r"[0-9a-f]{1,3}")

# Pages, not names: everybody's own profile, a deleted company, a program's empty value.
_NOBODY = frozenset({"me", "unavailable", "undefined", "null"})

_COMPANY_PAGES = {"company": "company", "company-beta": "company"} | {
    page: page for page in ("school", "showcase")
}
_WRAPPERS = frozenset({"mwlite", "comm"})
_SALES_PEOPLE = frozenset({"lead", "people"})


def linkedin_key(value: object, *, company: bool) -> str | None:
    """The canonical path of a profile (`in/jane-doe`) or, for a company, its page (`company/acme`).

    Old profile addresses (`pub/jane-doe/a7/576/b50`) and those of Sales Navigator become the
    profile that LinkedIn redirects them to. None for other hosts, for a bare handle, and for a page
    of the other kind: a contact with its company's page would be one person with every colleague.
    Source: contract, Sync (LinkedIn).
    """
    if not isinstance(value, str) or len(value) > _MAX_INPUT:
        return None
    usual = _USUAL.fullmatch(value.strip().lower())
    if usual is not None and _is_composed(value) and _is_composed(usual[2]):
        page, slug = usual.groups()
        return f"{page}/{slug}" if (page != "in") is company and slug not in _NOBODY else None
    text = clean_text(value, _MAX_INPUT)
    if text is not None and _NOT_APPLICABLE.search(text):
        return None
    return None if text is None else _key_of_path(_path(text), company=company)


def _is_composed(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _path(text: str) -> list[str]:
    """The parts of the path, decoded and in small letters."""
    text = _decoded(text.partition("#")[0].partition("?")[0])
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    # Once more, for an address that was encoded as a whole.
    text = text.partition("#")[0].partition("?")[0]
    host = _HOST.match(text)
    parts = [part for part in text[host.end() if host else 0 :].split("/") if part]
    return parts[1:] if parts and parts[0] in _WRAPPERS else parts


def _decoded(text: str) -> str:
    for _ in range(_MAX_UNQUOTES):
        if "%" not in text:
            break
        text = unquote(text)
    return visible(text)


def _key_of_path(parts: list[str], *, company: bool) -> str | None:
    match parts:
        case ["pub", name, *ids] if name != "dir":
            return _key("in", _slug_of_old_profile(name, ids), company=company)
        case ["sales", page, person, *_] if page in _SALES_PEOPLE:
            return _key("in", person.partition(",")[0], company=company)
        case ["sales", "company", name, *_]:
            return _key("company", name, company=company)
        case [page, name, *_]:
            return _key(page, name, company=company)
    return None


def _slug_of_old_profile(name: str, ids: list[str]) -> str:
    """`jane-doe/a7/576/b50` became `jane-doe-b50576a7`. Without the ids it is a name like many."""
    match ids:
        case [first, second, third, *_] if all(map(_OLD_ID.fullmatch, (first, second, third))):
            return f"{name}-{third:0>3}{second:0>3}{first}"
    return ""


def _key(page: str, slug: str, *, company: bool) -> str | None:
    kind = _COMPANY_PAGES.get(page) if company else {"in": "in"}.get(page)
    if kind is None or slug in _NOBODY or not _is_slug(slug):
        return None
    return f"{kind}/{slug}"


def _is_slug(slug: str) -> bool:
    return (
        0 < len(slug) <= _MAX_SLUG
        and slug.isprintable()
        and not any(char in ' %\ufffd\\<>"' for char in slug)
    )

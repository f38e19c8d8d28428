"""The match key of an email address (contract, Sync)."""

import re
import unicodedata
from urllib.parse import unquote

from customcrm.crm.hostname import HOSTNAME, ascii_hostname
from customcrm.crm.text import clean_text, visible

MAX_EMAIL = 254

_MAX_INPUT = 1000
_PLAIN = re.compile(rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~.-]++@{HOSTNAME}")
_NOT_IN_LOCAL_PART = re.compile(r'[\s"(),:;<>@\[\\\]\ufffd]')


def email_key(value: object) -> str | None:
    """The address trimmed, in small letters, with its domain in ASCII.

    Accepts `mailto:jo@acme.com?subject=Hi` and `Jo <jo@acme.com>`. None for what is no plausible
    address or has more than 254 characters. Dots and `+tags` count: only the provider knows what
    they mean. Source: contract, Sync (email).
    """
    if not isinstance(value, str) or len(value) > _MAX_INPUT:
        return None
    plain = value.strip().lower()
    if _PLAIN.fullmatch(plain):
        return plain if len(plain) <= MAX_EMAIL else None
    text = clean_text(value, _MAX_INPUT)
    return None if text is None else _key_of_address(_bare_address(text))


def _bare_address(text: str) -> str:
    if "<" in text:
        text = text.rpartition("<")[2].partition(">")[0].strip()
    if text[:7].lower() == "mailto:":
        text = visible(unquote(text[7:].partition("?")[0]))
    text = unicodedata.normalize("NFKC", text).lower()
    return unicodedata.normalize("NFKC", text)


def _key_of_address(address: str) -> str | None:
    local, _, domain = address.rpartition("@")
    hostname = ascii_hostname(domain)
    if hostname is None or not local.isprintable() or _NOT_IN_LOCAL_PART.search(local):
        return None
    key = f"{local}@{hostname}"
    return key if local and len(key) <= MAX_EMAIL else None

"""What the person who runs the server can set, from the environment and from options of `serve`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self
from urllib.parse import urlsplit

from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind, Rules
from customcrm.errors import BadSetting

PREFIX: Final = "CUSTOMCRM_"
MAX_PORT: Final = 65_535
MIN_CONNECTIONS: Final = 16
MAX_CONNECTIONS: Final = 1_000_000
MIN_KEY: Final = 16
"""Characters of an API key that is configured rather than made."""

_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_PROPERTY_NAME: Final = re.compile(r"[^,\x00-\x1f]{1,255}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. An attribute `x` comes from `CUSTOMCRM_X`.

    Attributes:
        host: the address to listen on.
        port: the port to listen on; 0 is any free one.
        database_url: `sqlite:///…` or `postgresql://…`.
        api_key: a key that is accepted besides those made; empty for none.
        api_key_header: the header that carries the key.
        public_url: under which the world reaches the server; empty for the bound address.
        users_endpoint: whether GET /users offers the users as owners.
        max_connections: open at once; fewer where the process may not open so many files.
        max_connections_per_address: open at once from one address; 0 is no limit.
        match_contacts: in which order a contact is looked for.
        match_companies: in which order a company is looked for.
        return_contacts: the properties of a contact that go back at sync.
        return_companies: the properties of a company that go back at sync.
    """

    host: str = "127.0.0.1"
    port: int = 3456
    database_url: str = "sqlite:///customcrm.db"
    api_key: str = ""
    api_key_header: str = "X-API-Key"
    public_url: str = ""
    users_endpoint: bool = True
    max_connections: int = 10_000
    max_connections_per_address: int = 256
    match_contacts: tuple[str, ...] = CONTACT_RULES.chain
    match_companies: tuple[str, ...] = COMPANY_RULES.chain
    return_contacts: tuple[str, ...] = CONTACT_RULES.returned
    return_companies: tuple[str, ...] = COMPANY_RULES.returned

    @classmethod
    def read(
        cls, environment: Mapping[str, str], options: Mapping[str, object] | None = None
    ) -> Self:
        """Settings from the environment; an option that is not None wins over it.

        Args:
            environment: only names that begin with `CUSTOMCRM_` are looked at.
            options: by the attribute's name.

        Raises:
            BadSetting: a name is unknown or a value makes no sense; says which and why.
        """
        known = {field.name for field in fields(cls)}
        given: dict[str, str] = {}
        for name, value in environment.items():
            if not name.startswith(PREFIX):
                continue
            attribute = name.removeprefix(PREFIX).lower()
            if attribute not in known:
                names = ", ".join(PREFIX + each.upper() for each in sorted(known))
                raise BadSetting(f"{name} is not a setting; there are {names}")
            given[attribute] = value
        given |= {n: str(v) for n, v in (options or {}).items() if v is not None}
        return replace(cls(), **{name: _read(name, value) for name, value in given.items()})

    @property
    def rules(self) -> dict[Kind, Rules]:
        """The rules of both kinds of record, as set."""
        return {
            Kind.CONTACT: replace(
                CONTACT_RULES, chain=self.match_contacts, returned=self.return_contacts
            ),
            Kind.COMPANY: replace(
                COMPANY_RULES, chain=self.match_companies, returned=self.return_companies
            ),
        }


def _read(name: str, value: str) -> Any:
    try:
        return _READERS[name](value.strip())
    except ValueError as error:
        shown = "" if name in {"api_key", "database_url"} else f", not {value!r}"
        raise BadSetting(f"{PREFIX}{name.upper()} {error}{shown}") from error


def _host(value: str) -> str:
    if not value or re.search(r"[\s/]", value):
        raise ValueError("must be a host name or an address")
    return value


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > MAX_PORT:
        raise ValueError(f"must be a number from 0 to {MAX_PORT}")
    return int(value)


def _count(value: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ValueError(f"must be a number from {least} to {most}")
    return int(value)


def _database_url(value: str) -> str:
    if not re.match(r"(sqlite:///.|postgres(ql)?(\+psycopg)?://.)", value):
        raise ValueError("must be sqlite:///<file> or postgresql://<user>@<host>/<database>")
    return value


def _api_key(value: str) -> str:
    if value and (len(value) < MIN_KEY or not value.isascii() or not value.isprintable()):
        raise ValueError(f"must have at least {MIN_KEY} printable ASCII characters")
    return value


def _header(value: str) -> str:
    if not _HEADER_NAME.fullmatch(value):
        raise ValueError("must be the name of an HTTP header")
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ValueError("must be a URL such as https://crm.example.com")
    return value.rstrip("/")


def _switch(value: str) -> bool:
    words = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
    if value.lower() not in words:
        raise ValueError("must be on or off")
    return words[value.lower()]


def _names(value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if not all(_PROPERTY_NAME.fullmatch(name) for name in names):
        raise ValueError("must be property names with commas between them")
    return names


def _chain(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = _names(value)
    if not names or not set(names) <= set(known):
        raise ValueError(f"must be some of {', '.join(known)}, with commas between them")
    return names


_READERS: Final = {
    "host": _host,
    "port": _port,
    "database_url": _database_url,
    "api_key": _api_key,
    "api_key_header": _header,
    "public_url": _public_url,
    "users_endpoint": _switch,
    "max_connections": lambda value: _count(value, MIN_CONNECTIONS, MAX_CONNECTIONS),
    "max_connections_per_address": lambda value: _count(value, 0, MAX_CONNECTIONS),
    "match_contacts": lambda value: _chain(value, CONTACT_RULES.chain),
    "match_companies": lambda value: _chain(value, COMPANY_RULES.chain),
    "return_contacts": _names,
    "return_companies": _names,
}

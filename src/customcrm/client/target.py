"""Whom a client speaks to: a base URL, a key and the header that carries it."""

import ipaddress
import re
import socket
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

KEY_HEADER: Final = "X-API-Key"

MAX_KEY: Final = 4_096
"""Characters in a key. Longer ones do not fit the header limits of common servers."""

_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_KEY: Final = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadTarget(ValueError):
    """A URL, a key or a header that no request can be made with; says which and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """An implementation of the contract.

    Attributes:
        base_url: what paths are appended to; without a slash at its end.
        key: the API key; never shown.
        key_header: the header that carries it.
    """

    base_url: str
    key: str = field(repr=False)
    key_header: str = KEY_HEADER

    @classmethod
    def read(cls, url: str, key: str, key_header: str = KEY_HEADER) -> Self:
        """A target as a person typed it.

        Raises:
            BadTarget: says what is wrong with which of the three.
        """
        if len(key) > MAX_KEY or not _KEY.fullmatch(key):
            raise BadTarget(f"The key must be 1 to {MAX_KEY} printable ASCII characters")
        if not _HEADER_NAME.fullmatch(key_header):
            raise BadTarget(f"The key's header must be the name of a header, not {key_header!r}")
        return cls(_base_url(url), key, key_header)

    @property
    def host(self) -> str:
        """The host's name or address, without the dot that a whole name may end with."""
        return (urlsplit(self.base_url).hostname or "").removesuffix(".")

    @property
    def is_https(self) -> bool:
        """Whether it is reached through TLS."""
        return self.base_url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        address = _address(self.host)
        if address is not None:
            return address.is_loopback
        return self.host == "localhost" or self.host.endswith(".localhost")

    @property
    def is_public(self) -> bool:
        """Whether somebody else's machine could reach it, as far as the name tells."""
        address = _address(self.host)
        if address is not None:
            return address.is_global
        private = (".local", ".internal", ".lan", ".home.arpa", ".test", ".example", ".invalid")
        return "." in self.host and not self.is_local and not self.host.endswith(private)

    def addresses(self) -> frozenset[IPAddress]:
        """What the host's name means on this machine; nothing if it means nothing."""
        try:
            found = socket.getaddrinfo(self.host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return frozenset()
        numbers = (str(place[0]).partition("%")[0] for *_, place in found)
        return frozenset(ipaddress.ip_address(number) for number in numbers)


def _base_url(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise BadTarget(f"The URL cannot be read: {error}") from error
    problem = _problem_of(parts)
    if problem:
        raise BadTarget(f"The URL {problem}")
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    place = host if port is None else f"{host}:{port}"
    return f"{parts.scheme}://{place}{parts.path.rstrip('/')}"


def _problem_of(parts: SplitResult) -> str:
    """What is wrong with a URL, or nothing."""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "must begin with http:// or https:// and a host: https://crm.example.com"
    if parts.username or parts.password:
        return "must hold no user and password"
    if parts.query or parts.fragment:
        return "must hold no ? and no #: paths are appended to it"
    if not _is_host(parts.hostname):
        return f"names a host that there cannot be: {parts.hostname[:64]!r}"
    if not re.fullmatch(r"[!-~]*", parts.path) or re.search(r"[\s<>\"'\\]", parts.hostname):
        return "must hold printable ASCII characters only"
    return ""


def _is_host(name: str) -> bool:
    """Whether something can have this name: no part of it is empty, or longer than may be."""
    try:
        return bool(name.encode("idna"))
    except UnicodeError:
        return False


def _address(host: str) -> IPAddress | None:
    """The address that a host is, also where it is written as `127.1` or as one number."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None

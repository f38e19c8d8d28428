"""Where the texts of a simulation lead."""

import re
from collections.abc import Iterable
from html import unescape
from itertools import chain
from typing import Any

RESERVED = re.compile(r"(.+\.)?example(\.(com|org|net))?")
HOST = re.compile(r"(?:@|//)(?:www\.)?([^\s/?#\"'<>@:]+)", re.IGNORECASE)


def texts_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield unescape(value)
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(texts_in, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(texts_in, value))


def hosts_in(records: Iterable[Any]) -> set[str]:
    """Every host that an address or a link names."""
    texts = chain.from_iterable(map(texts_in, records))
    found = chain.from_iterable(map(HOST.findall, texts))
    return {host.rstrip(".,;)").lower() for host in found}

"""How many files and connections this process may have open."""

import os
import sys
from typing import Final

from customcrm import log
from customcrm.settings import Settings
from customcrm.web.connections import ConnectionLimits

MOST_DESCRIPTORS: Final = 65_536
"""The soft limit is raised so far at most: some systems allow a thousand million."""

SHARE: Final = 0.8
"""Of all descriptors, how many may be connections."""

RESERVED: Final = 100
"""Descriptors that are left for the database and for files in any case."""

FEWEST: Final = 16

LOOPBACK: Final = ("127.0.0.0/8", "::1")


def raise_descriptor_limit() -> int | None:
    """Raise the limit of open files as far as this process may, and return it.

    The usual soft limit is 1,024, for programs that still use `select`. None where the system has
    no such limit.
    """
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - only Unix has it

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if soft == resource.RLIM_INFINITY:
        return None
    if soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            return int(soft)
        return int(wanted)
    return int(soft)


def connection_limits(settings: Settings) -> ConnectionLimits:
    """Return the limits of connections: as set, and never more than there can be open files."""
    descriptors = raise_descriptor_limit()
    connections = settings.max_connections
    if descriptors is not None:
        room = max(FEWEST, min(int(descriptors * SHARE), descriptors - RESERVED))
        if room < connections:
            log.event("connections_limited", limit=room, descriptors=descriptors)
            connections = room
    trusted = os.environ.get("FORWARDED_ALLOW_IPS", "").split(",")
    return ConnectionLimits(
        connections=connections,
        per_address=settings.max_connections_per_address,
        proxies=(*LOOPBACK, *filter(None, (name.strip() for name in trusted))),
    )

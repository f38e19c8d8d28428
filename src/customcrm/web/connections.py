"""How many connections there may be, and which one is closed to make room for another."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic
from typing import Final, Protocol

from customcrm import log

UNLIMITED: Final = 0

LOG_SECONDS: Final = 10.0
"""How often it is logged that a limit has been met."""

_PREFIX_BITS: Final = 64
"""Of an IPv6 address the part that is given to one customer; the rest is theirs to choose."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What one connection may take, and all of them together.

    Attributes:
        connections: open at once.
        per_address: open at once from one address (IPv6: from one /64); 0 is no limit.
        proxies: addresses of reverse proxies, which have no limit of their own: all visitors come
            from there. `*` is every address.
        head_seconds: for a request line and its headers, from the first byte on.
        body_seconds: without a byte of a body; and before `body_rate` counts.
        body_rate: bytes per second that a body must come at, on average.
        answer_seconds: without the client taking a byte of an answer that is ready.
        linger_seconds: for the rest of a body that has been answered already.
        check_seconds: how often a connection is compared with its deadlines.
        buffered_bytes: of bodies that are in memory before anybody is identified, all together.
    """

    connections: int = 10_000
    per_address: int = 256
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1")
    head_seconds: float = 20.0
    body_seconds: float = 20.0
    body_rate: int = 500
    answer_seconds: float = 30.0
    linger_seconds: float = 5.0
    check_seconds: float = 2.5
    buffered_bytes: int = 64_000_000


class Closable(Protocol):
    """A connection as the registry sees it."""

    def abort(self) -> None:
        """Close at once, whatever has not been sent."""


class Slot:
    """The place of one connection in the registry.

    Attributes:
        connection: that it belongs to.
        address: that it is counted by; empty for a proxy.
        group: the connections in the same state, the oldest first; None once it is closed.
        identified: whether a request on it had a valid key or session.
        buffered: bytes of a body in memory before anybody is identified.
    """

    __slots__ = ("address", "buffered", "connection", "group", "identified")

    def __init__(self, connection: Closable, address: str, group: "_Group") -> None:
        self.connection = connection
        self.address = address
        self.group: _Group | None = None
        self.identified = False
        self.buffered = 0
        self.move(group)

    def move(self, group: "_Group | None") -> None:
        """Leave a state for another one, or for none."""
        if self.group is not None:
            del self.group[self]
        self.group = group
        if group is not None:
            group[self] = None


_Group = dict[Slot, None]
"""Slots in the order in which they came."""


class ConnectionRegistry:
    """All open connections of a process; closes the least deserving when there are too many.

    In this order, the oldest first: connections that wait for a request and have never had one
    with a key or a session; requests without either; connections that wait between two requests.
    A request with a key or a session, and so every stream of a tab, is never cut. Where nothing
    can be closed, the new connection is refused.

    Every method takes constant time but for the limit of one address, and runs on the event loop.

    Args:
        limits: how many there may be.
    """

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self._open = 0
        self._by_address: dict[str, _Group] = {}
        self._new: _Group = {}
        self._unidentified: _Group = {}
        self._identified: _Group = {}
        self._idle: _Group = {}
        self._proxies = _Networks(limits.proxies)
        self._buffered = 0
        self._closed = 0
        self._refused = 0
        self._logged_at = float("-inf")

    def __len__(self) -> int:
        return self._open

    @property
    def buffered(self) -> int:
        """Bytes of bodies in memory that nobody has been identified for."""
        return self._buffered

    def admit(self, connection: Closable, host: str) -> Slot | None:
        """Take a new connection, closing another one if there must be room.

        Args:
            connection: the new one; it waits for its first request.
            host: the address of the peer; empty if it has none.

        Returns:
            Its place, or None if it must be refused.
        """
        address = "" if host in self._proxies else _customer(host)
        others = self._by_address.get(address, {})
        full = bool(address) and 0 < self.limits.per_address <= len(others)
        if full and not self._close_one(others):
            self._refuse()
            return None
        if self._open >= self.limits.connections and not self._close_one(None):
            self._refuse()
            return None
        slot = Slot(connection, address, self._new)
        self._open += 1
        if address:
            self._by_address.setdefault(address, {})[slot] = None
        return slot

    def remove(self, slot: Slot) -> None:
        """Forget a connection that is closed."""
        if slot.group is None:
            return
        slot.move(None)
        self._open -= 1
        self._release(slot)
        if others := self._by_address.get(slot.address):
            others.pop(slot, None)
            if not others:
                del self._by_address[slot.address]

    def request_began(self, slot: Slot) -> None:
        """Note that the head of a request is complete; nobody is identified yet."""
        if slot.group is not None:
            slot.move(self._unidentified)

    def request_identified(self, slot: Slot) -> None:
        """Note that the request has a valid key or session: it is not cut any more."""
        if slot.group is not None:
            slot.identified = True
            slot.move(self._identified)
            self._release(slot)

    def request_ended(self, slot: Slot) -> None:
        """Note that the answer is complete; the connection waits for another request."""
        if slot.group is not None:
            slot.move(self._idle if slot.identified else self._new)
            self._release(slot)

    def body_buffered(self, slot: Slot, size: int) -> None:
        """Note bytes of a body that are in memory; older unidentified requests make room for them.

        Args:
            slot: of the connection that they came on.
            size: of them.
        """
        if slot.group is not self._unidentified:
            return
        slot.buffered += size
        self._buffered += size
        while self._buffered > self.limits.buffered_bytes:
            holder = next((each for each in self._unidentified if each.buffered), None)
            if holder is None:
                return
            self._close(holder)

    def _release(self, slot: Slot) -> None:
        self._buffered -= slot.buffered
        slot.buffered = 0

    def _close_one(self, among: _Group | None) -> bool:
        """Close the connection that deserves it least, all of them or some; return whether any."""
        for group in (self._new, self._unidentified, self._idle):
            candidates: Iterable[Slot] = group
            if among is not None:
                candidates = (each for each in among if each.group is group)
            oldest = next(iter(candidates), None)
            if oldest is not None:
                self._close(oldest)
                return True
        return False

    def _close(self, slot: Slot) -> None:
        self.remove(slot)
        slot.connection.abort()
        self._closed += 1
        self._log()

    def _refuse(self) -> None:
        self._refused += 1
        self._log()

    def _log(self) -> None:
        """Log that a limit has been met: at most once in a while, with what came meanwhile."""
        now = monotonic()
        if now - self._logged_at < LOG_SECONDS:
            return
        self._logged_at = now
        log.event(
            "connections_exhausted",
            open=self._open,
            limit=self.limits.connections,
            limit_per_address=self.limits.per_address,
            closed=self._closed,
            refused=self._refused,
        )
        self._closed = self._refused = 0


class _Networks:
    """A set of addresses, from names as `FORWARDED_ALLOW_IPS` has them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = False
        self._names: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for name in names:
            if name == "*":
                self._all = True
                continue
            try:
                self._networks.append(ip_network(name, strict=False))
            except ValueError:
                self._names.add(name)

    def __contains__(self, host: str) -> bool:
        if self._all or not host or host in self._names:
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self._networks)


def _customer(host: str) -> str:
    """Return what connections are counted by: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _PREFIX_BITS), strict=False))
    return str(address)

"""Slows down who guesses passwords, without locking out who has one."""

import math
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final, NamedTuple

from customcrm.clock import Clock
from customcrm.crm.email import email_key
from customcrm.errors import SignInFailed, TooManyAttempts

MAX_REMEMBERED: Final = 10_000
"""Addresses, emails and pairs of both remembered at once, of each; the oldest are forgotten."""

_MAX_NAME: Final = 300
"""Characters of an email that are remembered."""

_NETWORK_BITS: Final = 64
"""What one household has of IPv6: whoever guesses has all addresses in it."""


class Allowance(NamedTuple):
    """How often somebody may fail: so many times at once, and then once in `each`."""

    at_once: int
    each: timedelta


PER_ADDRESS: Final = Allowance(20, timedelta(seconds=3))
PER_EMAIL: Final = Allowance(10, timedelta(seconds=20))
PER_FAMILIAR: Final = Allowance(10, timedelta(seconds=6))
"""For an email at an address where its owner has signed in: a flood from elsewhere leaves it."""

_NOW: Final = timedelta(0)


class _Meter:
    """Counts attempts by name: it keeps when all of them will be forgiven. Not thread-safe."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._forgiven_at: OrderedDict[str, datetime] = OrderedDict()

    def wait(self, name: str, now: datetime) -> timedelta:
        """How long until the next attempt is let in; nothing if it is now."""
        at_once, each = self._allowance
        return max(_NOW, self._debt(name, now) - (at_once - 1) * each)

    def take(self, name: str, now: datetime) -> None:
        """Count an attempt."""
        self._keep(name, now, self._debt(name, now) + self._allowance.each)

    def give_back(self, name: str, now: datetime) -> None:
        """Count one attempt less."""
        self._keep(name, now, self._debt(name, now) - self._allowance.each)

    def forget(self, name: str) -> None:
        """Count no attempts."""
        self._forgiven_at.pop(name, None)

    def _debt(self, name: str, now: datetime) -> timedelta:
        at_once, each = self._allowance
        debt = self._forgiven_at.get(name, now) - now
        # The most that can be owed: a clock that was set back must not make it more.
        return min(max(_NOW, debt), at_once * each)

    def _keep(self, name: str, now: datetime, debt: timedelta) -> None:
        if debt <= _NOW:
            self.forget(name)
            return
        self._forgiven_at[name] = now + debt
        self._forgiven_at.move_to_end(name)
        if len(self._forgiven_at) > MAX_REMEMBERED:
            self._forgiven_at.popitem(last=False)


class Throttle:
    """Counts failed attempts to sign in, by address and by email, in this process.

    Each attempt is counted before it is made, so that many at once are no way around it, and given
    back if it succeeds. One that is refused is not counted: no flood makes the wait longer than
    the time between two attempts, which is below a minute. Who signs in from where they have done
    so before is counted apart, so that they do not wait because of others at all.

    Thread-safe. Remembers a bounded number of names.

    Args:
        clock: gives the time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._addresses = _Meter(PER_ADDRESS)
        self._emails = _Meter(PER_EMAIL)
        self._familiar: OrderedDict[str, None] = OrderedDict()
        self._pairs = _Meter(PER_FAMILIAR)

    @contextmanager
    def attempt(self, address: str, email: str) -> Iterator[None]:
        """One attempt to sign in: `SignInFailed` within the block counts, nothing else does.

        Args:
            address: where it comes from.
            email: as it was typed.

        Raises:
            TooManyAttempts: it is not let in now; says in how many seconds it will be.
        """
        where, who = _network_of(address), _known_as(email)
        counted = self._count(where, who)
        try:
            yield
        except SignInFailed:
            raise
        except BaseException:
            self._give_back(counted)
            raise
        self._give_back(counted)
        self._succeeded(where, who)

    def _count(self, where: str, who: str) -> list[tuple[_Meter, str]]:
        pair = _pair(where, who)
        with self._lock:
            now = self._clock()
            counted = (
                [(self._pairs, pair)]
                if pair in self._familiar
                else [(self._addresses, where), (self._emails, who)]
            )
            wait = max(meter.wait(name, now) for meter, name in counted)
            if wait > _NOW:
                raise TooManyAttempts(math.ceil(wait.total_seconds()))
            for meter, name in counted:
                meter.take(name, now)
            return counted

    def _give_back(self, counted: list[tuple[_Meter, str]]) -> None:
        with self._lock:
            now = self._clock()
            for meter, name in counted:
                meter.give_back(name, now)

    def _succeeded(self, where: str, who: str) -> None:
        """Forget the failures of who has signed in, but not those of others at their address."""
        pair = _pair(where, who)
        with self._lock:
            self._emails.forget(who)
            self._pairs.forget(pair)
            self._familiar[pair] = None
            self._familiar.move_to_end(pair)
            if len(self._familiar) > MAX_REMEMBERED:
                self._familiar.popitem(last=False)


def _known_as(email: str) -> str:
    """One name for all spellings of an email that lead to one person."""
    return email_key(email) or email.strip().lower()[:_MAX_NAME]


def _pair(where: str, who: str) -> str:
    return f"{where} {who}"


def _network_of(address: str) -> str:
    """Where somebody comes from: an address, or its network where one may have many."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{int(parsed) >> (128 - _NETWORK_BITS):x}"
    return str(parsed)

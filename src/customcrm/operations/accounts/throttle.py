"""Slows down who guesses passwords, without locking out who has one."""

import math
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
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
    """How often somebody may fail: some times at once, and then once in a while."""

    at_once: int
    seconds_each: float


PER_ADDRESS: Final = Allowance(20, 3.0)
PER_EMAIL: Final = Allowance(10, 20.0)
PER_FAMILIAR: Final = Allowance(10, 6.0)
"""For an email at an address where its owner has signed in: a flood from elsewhere leaves it."""


@dataclass(slots=True)
class _Attempts:
    """What is left of an allowance, and when that was true."""

    left: float
    at: datetime


class _Meter:
    """Counts attempts by name. Not thread-safe by itself."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._counted: OrderedDict[str, _Attempts] = OrderedDict()

    def wait(self, name: str, now: datetime) -> float:
        """Seconds until the next attempt is let in; 0 if it is now."""
        missing = 1 - self._left(name, now)
        return max(0.0, missing * self._allowance.seconds_each)

    def take(self, name: str, now: datetime) -> None:
        """Count an attempt."""
        self._keep(name, _Attempts(self._left(name, now) - 1, now))

    def give_back(self, name: str, now: datetime) -> None:
        """Count one attempt less."""
        left = self._left(name, now) + 1
        if left >= self._allowance.at_once:
            self.forget(name)
        else:
            self._keep(name, _Attempts(left, now))

    def forget(self, name: str) -> None:
        """Count no attempts."""
        self._counted.pop(name, None)

    def _left(self, name: str, now: datetime) -> float:
        known = self._counted.get(name)
        if known is None:
            return self._allowance.at_once
        # A clock that was set back must not take anything away.
        passed = max(0.0, (now - known.at).total_seconds())
        return min(self._allowance.at_once, known.left + passed / self._allowance.seconds_each)

    def _keep(self, name: str, attempts: _Attempts) -> None:
        self._counted[name] = attempts
        self._counted.move_to_end(name)
        if len(self._counted) > MAX_REMEMBERED:
            self._counted.popitem(last=False)


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
            if wait > 0:
                raise TooManyAttempts(max(1, math.ceil(wait)))
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

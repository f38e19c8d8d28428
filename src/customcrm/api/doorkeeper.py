"""Who is let in: the keys, as they were a second ago."""

import time
from collections.abc import Sequence
from typing import Final

from anyio import CapacityLimiter, Lock
from anyio.to_thread import run_sync

from customcrm.clock import Clock
from customcrm.errors import Unauthorized
from customcrm.operations.keys import ApiKey, Keyring, digest_of, live, owner_of

FRESH_SECONDS: Final = 1.0
"""How long the keys are not looked up again: a revoked key works so long at the most."""

CONFIGURED: Final = "configured"
"""The id of the key that comes from the settings."""


class Doorkeeper:
    """Tells whose a key is.

    Args:
        keyring: where keys are kept.
        configured: a key accepted besides those; empty for none.
        clock: gives the time.
    """

    def __init__(self, keyring: Keyring, configured: str, clock: Clock) -> None:
        self._keyring = keyring
        self._configured = (
            [ApiKey(CONFIGURED, CONFIGURED, digest_of(configured), clock())] if configured else []
        )
        self._keys: Sequence[ApiKey] = ()
        self._looked_up = float("-inf")
        self._looking_up = Lock()
        self._thread = CapacityLimiter(1)

    async def actor(self, secret: str | None) -> str:
        """Whose key this is, as history tells it.

        Raises:
            Unauthorized: it is missing, or nobody's.
            StoreUnavailable: the keys cannot be looked up.
        """
        if not secret:
            raise Unauthorized("The API key is missing")
        if self._stale:
            async with self._looking_up:
                if self._stale:
                    await self._look_up()
        owner = owner_of(secret, self._keys)
        if owner is None:
            raise Unauthorized("The API key is not valid")
        return f"key:{owner}"

    @property
    def _stale(self) -> bool:
        return time.monotonic() - self._looked_up > FRESH_SECONDS

    async def _look_up(self) -> None:
        began = time.monotonic()
        keys = await run_sync(self._keyring.api_keys, limiter=self._thread)
        self._keys = [*self._configured, *live(keys)]
        self._looked_up = began

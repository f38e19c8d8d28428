"""Who is watching what, and one watcher for all of them.

While somebody watches, the database is asked twice a second how far it has come, and at once after
this process has written. Only where it has come further is it asked what is new.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from customcrm import log
from customcrm.operations.browsing.live import LATEST, Latest, Mark, Written
from customcrm.operations.browsing.ports import Catalogue

POLL_SECONDS: Final = 0.5
"""How often the watcher looks without being woken: another process may have written."""

SPACING_SECONDS: Final = 0.2
"""How long it rests after a look, however much is written."""

SETTLING_SECONDS: Final = 5.0
"""How long after a change it looks closely: a transaction that began earlier may end later."""

CARDS_SECONDS: Final = 10.0
"""How long news of a list waits for its cards at most."""

MAX_STREAMS: Final = 1_000
"""Of one process."""

MAX_STREAMS_OF_ONE: Final = 30
"""Of one session: each tab that is in sight has one."""

SHOWS: Final[Mapping[str, frozenset[str]]] = {
    "home": frozenset({"contact", "company", "task", "activity", "call"}),
    "contacts": frozenset({"contact", "company", "activity"}),
    "companies": frozenset({"contact", "company", "activity"}),
    "tasks": frozenset({"task"}),
    "activities": frozenset({"activity"}),
    "calls": frozenset({"call"}),
}
"""What a page shows that is not one record's: the nouns that change it."""

FROM_CARDS: Final = frozenset({"home", "contacts", "companies"})
"""Pages that read cards, which are made a moment after what was written."""


class Topic(NamedTuple):
    """What somebody watches: a page of many records, or one record by its id."""

    page: str = ""
    about: str = ""

    def is_changed_by(self, one: Written) -> bool:
        """Whether what was written is to be seen there."""
        return self.about in one.ids if self.about else one.noun in SHOWS[self.page]


@dataclass(eq=False)
class Listener:
    """One tab.

    Attributes:
        session: whose it is.
        topic: what it shows.
        since: when it was last as it should be.
        heard: whether it has been told what was new when it came.
        told: how many things it is to be told of.
        held: how many of those wait for their cards; `due` is the last of these in the outbox.
    """

    session: str
    topic: Topic
    since: datetime
    heard: bool = False
    told: int = 0
    held: int = 0
    due: int = 0
    held_at: float = 0.0
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, count: int) -> None:
        """Something is to be said."""
        self.told += count
        self.woken.set()

    def hold(self, count: int, due: int, now: float) -> None:
        """Something is to be said when its cards are there."""
        self.held_at = self.held_at if self.held else now
        self.held += count
        self.due = max(due, self.due) if self.held else due

    def release(self, due: tuple[int, int] | None, now: float) -> None:
        """Say what was held, if the cards are there, or have been waited for long enough."""
        there = due is None or due[0] > self.due
        if self.held and (there or now > self.held_at + CARDS_SECONDS):
            count, self.held, self.due = self.held, 0, 0
            self.tell(count)


class Newsroom:
    """Tells each tab when what it shows has changed.

    All but `wake` is for the event loop's thread.

    Args:
        catalogue: tells what was written.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._listeners: set[Listener] = set()
        self._known: dict[str, Written] = {}
        self._mark: Mark | None = None
        self._changed_at = 0.0
        self._watcher: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._thread = CapacityLimiter(1)
        self._closed = False

    def wake(self) -> None:
        """Something was written; any thread may say so."""
        loop = self._loop
        if loop is not None and not self._woken.is_set():
            # A loop that has just been closed has nobody who listens.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._woken.set)

    def has_room(self, session: str) -> bool:
        """Whether one more tab of a session may listen."""
        of_one = sum(one.session == session for one in tuple(self._listeners))
        crowded = len(self._listeners) >= MAX_STREAMS or of_one >= MAX_STREAMS_OF_ONE
        return not crowded and not self._closed

    async def listen(
        self, session: str, topic: Topic, since: datetime, beat: float
    ) -> AsyncGenerator[int, None]:
        """How many things are new, each time that some are; 0 after so many seconds without.

        Ends when the server does.
        """
        if not self.has_room(session):
            return
        listener = Listener(session, topic, since)
        self._join(listener)
        try:
            while not self._closed:
                with suppress(TimeoutError):
                    async with asyncio.timeout(beat):
                        await listener.woken.wait()
                listener.woken.clear()
                told, listener.told = listener.told, 0
                if not self._closed:
                    yield told
        finally:
            self._leave(listener)

    def close(self) -> None:
        """Let everybody go: the server stops, and waits for open streams."""
        self._closed = True
        for listener in self._listeners:
            listener.woken.set()

    def _join(self, listener: Listener) -> None:
        self._listeners.add(listener)
        self._woken.set()
        if self._watcher is None:
            self._loop = asyncio.get_running_loop()
            self._watcher = self._loop.create_task(self._watch(), name="newsroom")

    def _leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        if not self._listeners and self._watcher is not None:
            self._watcher.cancel()
            self._watcher = self._loop = None

    async def _watch(self) -> None:
        """Look, and tell, for as long as somebody listens."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()
            self._woken.clear()
            try:
                await self._look()
            except Exception:  # noqa: BLE001 - it must outlive whatever befalls the database
                log.failure("live_look_failed")
            await asyncio.sleep(SPACING_SECONDS)

    async def _look(self) -> None:
        mark = await run_sync(self._catalogue.mark, limiter=self._thread)
        now = asyncio.get_running_loop().time()
        fresh: Sequence[Written] = ()
        last = self._mark
        if last is None or mark[:3] != last[:3] or now < self._changed_at + SETTLING_SECONDS:
            if last is None or mark[:3] != last[:3]:
                self._changed_at = now
            known = frozenset(self._known)
            latest = await run_sync(self._catalogue.latest, known, limiter=self._thread)
            fresh = self._learn(latest)
            mark = latest.mark
        self._mark = mark
        for listener in tuple(self._listeners):
            self._tell(listener, fresh, mark.due, now)

    def _learn(self, latest: Latest) -> Sequence[Written]:
        """Keep what was found, and nothing older."""
        found = {**self._known, **{one.key: one for one in latest.fresh}}
        self._known = {key: one for key, one in found.items() if key in latest.keys}
        return latest.fresh

    def _tell(
        self,
        listener: Listener,
        fresh: Sequence[Written],
        due: tuple[int, int] | None,
        now: float,
    ) -> None:
        """Tell one tab what concerns it; where there is more than can be told, that there is."""
        listener.release(due, now)
        count = sum(listener.topic.is_changed_by(one) for one in fresh)
        if not listener.heard:
            listener.heard = True
            count = self._missed(listener)
        elif len(fresh) >= LATEST:
            count = max(count, 1)
        if count and listener.topic.page in FROM_CARDS and due is not None:
            listener.hold(count, due[1], now)
        elif count:
            listener.tell(count)

    def _missed(self, listener: Listener) -> int:
        """What was written between what the tab shows and now; something, if there is too much."""
        later = [one for one in self._known.values() if one.at >= listener.since]
        mine = sum(listener.topic.is_changed_by(one) for one in later)
        return max(mine, 1) if len(later) >= LATEST else mine

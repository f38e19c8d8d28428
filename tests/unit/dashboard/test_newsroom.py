"""Who is told what, and when: a catalogue that says what the test tells it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import aclosing
from datetime import timedelta
from typing import Any, cast

import pytest

from customcrm.dashboard import newsroom as module
from customcrm.dashboard.newsroom import MAX_STREAMS_OF_ONE, Newsroom, Topic
from customcrm.operations.browsing.live import LATEST, Latest, Mark, Written
from customcrm.operations.browsing.ports import Catalogue
from tests.unit.fakes import START

LONG = 60.0
EARLIER = START - timedelta(hours=1)
CONTACTS, RECORD = Topic(page="contacts"), Topic(about="contact_1")


class Told:
    """Stands in for the catalogue: what was written is what the test says."""

    def __init__(self) -> None:
        self.written: list[Written] = []
        self.due: tuple[int, int] | None = None
        self.looks = 0
        self.broken = False

    def mark(self) -> Mark:
        self.looks += 1
        if self.broken:
            raise OSError
        return Mark(len(self.written), "", 0, self.due)

    def latest(self, known: Collection[str]) -> Latest:
        keys = frozenset(one.key for one in self.written)
        return Latest(self.mark(), keys, [one for one in self.written if one.key not in known])

    def write(self, noun: str, *ids: str, count: int = 1) -> None:
        for _ in range(count):
            key = f"{len(self.written)}"
            self.written.append(Written(key, START, noun, frozenset(ids)))


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(module, "SPACING_SECONDS", 0.001)


def run(test: Callable[[Newsroom, Told], Awaitable[None]]) -> None:
    """Run a test in a loop of its own."""

    async def whole() -> None:
        told = Told()
        room = Newsroom(cast(Catalogue, told))
        async with asyncio.timeout(10):
            await test(room, told)

    asyncio.run(whole())


def listen(
    room: Newsroom, topic: Topic, since: Any = START + timedelta(hours=1), beat: float = LONG
) -> AsyncGenerator[int, None]:
    return room.listen("session_1", topic, since, beat)


async def begun(tab: AsyncGenerator[int, None]) -> asyncio.Task[int]:
    """What a tab is told next; it listens when this returns."""
    waiting = asyncio.ensure_future(anext(tab))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    return waiting


def test_each_is_told_what_concerns_it() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, RECORD)) as mine, aclosing(listen(room, CONTACTS)) as all_:
            first, second = await begun(mine), await begun(all_)
            told.write("contact", "contact_2")
            assert await second == 1
            assert not first.done()
            told.write("activity", "activity_1", "contact_1")
            assert await first == 1
            assert await anext(all_) == 1

    run(test)


def test_what_was_missed_is_told_once() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        told.write("activity", "contact_1", count=3)
        told.write("activity", "contact_2")
        async with aclosing(listen(room, RECORD, EARLIER)) as tab:
            assert await anext(tab) == 3
            waiting = await begun(tab)
            told.write("activity", "contact_1")
            assert await waiting == 1

    run(test)


def test_where_there_is_more_than_can_be_told_everybody_looks() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, RECORD)) as tab:
            waiting = await begun(tab)
            told.write("contact", "contact_2", count=LATEST)
            assert await waiting == 1

    run(test)


def test_a_list_waits_for_its_cards_and_a_record_does_not() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, RECORD)) as mine, aclosing(listen(room, CONTACTS)) as all_:
            first, second = await begun(mine), await begun(all_)
            told.due = (5, 9)
            told.write("activity", "contact_1")
            assert await first == 1
            told.due = (9, 9)
            await asyncio.sleep(0.05)
            assert not second.done()
            told.due = (10, 12)
            assert await second == 1

    run(test)


def test_cards_are_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CARDS_SECONDS", 0.05)

    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, CONTACTS)) as tab:
            waiting = await begun(tab)
            told.due = (1, 1)
            told.write("contact", "contact_1")
            assert await waiting == 1

    run(test)


def test_silence_has_its_beat_and_nobody_looks_when_nobody_listens() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, RECORD, beat=0.02)) as tab:
            assert await anext(tab) == 0
            assert await anext(tab) == 0
        await asyncio.sleep(0.05)
        looks = told.looks
        await asyncio.sleep(0.05)
        assert told.looks == looks
        room.wake()

    run(test)


def test_it_outlives_a_database_that_is_away() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        async with aclosing(listen(room, RECORD)) as tab:
            waiting = await begun(tab)
            told.broken = True
            await asyncio.sleep(0.05)
            told.broken = False
            told.write("activity", "contact_1")
            assert await waiting == 1

    run(test)


def test_a_session_has_so_many_tabs_and_no_more() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        del told
        tabs = [listen(room, RECORD, beat=0.01) for _ in range(MAX_STREAMS_OF_ONE)]
        for tab in tabs:
            assert await anext(tab) == 0
        assert not room.has_room("session_1")
        assert room.has_room("session_2")
        assert [one async for one in listen(room, RECORD)] == []
        await tabs[0].aclose()
        assert room.has_room("session_1")
        for tab in tabs:
            await tab.aclose()

    run(test)


def test_when_the_server_stops_everybody_goes() -> None:
    async def test(room: Newsroom, told: Told) -> None:
        del told
        tab = listen(room, RECORD)
        waiting = await begun(tab)
        room.close()
        with pytest.raises(StopAsyncIteration):
            await waiting
        assert not room.has_room("session_2")

    run(test)

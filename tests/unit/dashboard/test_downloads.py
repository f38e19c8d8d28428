"""A download gives the parts of a file, and closes what makes them."""

from collections.abc import Generator

import anyio
from anyio import CapacityLimiter

from customcrm.dashboard.gate import _in_threads


def parts_that_note(closed: list[bool]) -> Generator[bytes]:
    try:
        yield b""
        yield b"a"
        yield b""
        yield b"b"
    finally:
        closed.append(True)


def test_empty_parts_are_not_sent() -> None:
    closed: list[bool] = []

    async def collect() -> list[bytes]:
        parts = _in_threads(parts_that_note(closed), CapacityLimiter(1))
        return [part async for part in parts]

    assert anyio.run(collect) == [b"a", b"b"]
    assert closed == [True]


def test_a_download_that_is_given_up_closes_its_parts() -> None:
    closed: list[bool] = []

    async def give_up() -> None:
        parts = _in_threads(parts_that_note(closed), CapacityLimiter(1))
        assert await anext(parts) == b"a"
        await parts.aclose()

    anyio.run(give_up)
    assert closed == [True]

"""A batch is seen whole or not at all, whoever reads meanwhile."""

import threading
from collections.abc import Callable
from contextlib import closing

from customcrm.clock import system_clock
from customcrm.crm.records import Kind
from customcrm.operations.ports import Reader
from customcrm.store.backend import Store
from tests.integration.store.world import PATIENCE, at_once, create, people, properties, update

READERS = 16
ROUNDS = 8
SIZE = 40


def _while_writing(write: Callable[[int], object], look: Callable[[], None]) -> None:
    """Sixteen threads look for as long as one writes, and once more after that."""
    over = threading.Event()

    def write_all() -> int:
        try:
            for turn in range(ROUNDS):
                write(turn)
        finally:
            over.set()
        return 0

    def look_all() -> int:
        looks = 0
        while not over.is_set():
            look()
            looks += 1
        look()
        return looks

    looks = at_once([write_all, *[look_all] * READERS])

    assert sum(looks) >= READERS


def test_an_update_is_seen_whole_or_not_at_all(store: Store) -> None:
    ids = create(store, *[{**one, "turn": -1} for one in people(SIZE)])
    seen: set[int] = set()

    def work(reader: Reader) -> None:
        first = reader.records_by_id(Kind.CONTACT, ids)
        names = [f"p-{i}" for i in range(SIZE)]
        named = reader.ids_by_external_id(Kind.CONTACT, names)
        again = reader.records_by_id(Kind.CONTACT, named.values())
        turns = {record.properties["turn"] for record in [*first.values(), *again.values()]}
        assert len(turns) == 1
        seen.update(turns)

    _while_writing(
        lambda turn: update(store, *[{"crmId": i, "turn": turn} for i in ids]),
        lambda: store.read(work),
    )

    assert ROUNDS - 1 in seen
    assert len(seen) > 1


def test_new_records_are_seen_whole_or_not_at_all(store: Store) -> None:
    def work(reader: Reader) -> None:
        for turn in range(ROUNDS):
            names = [f"t{turn}-{i}" for i in range(SIZE)]
            named = reader.ids_by_external_id(Kind.CONTACT, names)
            assert len(named) in {0, SIZE}
            ids = set(named.values())
            assert set(reader.external_ids(Kind.CONTACT, ids)) == ids

    _while_writing(
        lambda turn: create(store, *people(SIZE, f"t{turn}")),
        lambda: store.read(work),
    )


def test_a_read_sees_one_moment_even_if_a_write_comes_between(store: Store) -> None:
    (record,) = create(store, {"externalId": "a", "n": 1})
    looked, written = threading.Event(), threading.Event()

    def look_twice() -> tuple[int, int]:
        def work(reader: Reader) -> tuple[int, int]:
            first = reader.records_by_id(Kind.CONTACT, [record])[record].properties["n"]
            looked.set()
            assert written.wait(PATIENCE)
            return first, reader.records_by_id(Kind.CONTACT, [record])[record].properties["n"]

        return store.read(work)

    def write() -> tuple[int, int]:
        assert looked.wait(PATIENCE)
        update(store, {"crmId": record, "n": 2})
        written.set()
        return (0, 0)

    assert at_once([look_twice, write])[0] == (1, 1)
    assert properties(store, record) == {"n": 2}


def test_a_server_sees_at_once_what_another_has_written(store: Store, database_url: str) -> None:
    with closing(Store(database_url, system_clock)) as other:
        for turn in range(20):
            (record,) = create(store, {"externalId": "a", "n": turn})
            assert properties(other, record) == {"n": turn}

"""Measures the search for duplicates: `python -m benchmarks.duplicates --help`.

How long it takes to look at all records, and what Enginy notices of it, which calls the server:
an activity and a hundred new contacts, again and again, without the search and beside it.
"""

import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.table import Table as Grid
from sqlalchemy import create_engine

from benchmarks.calls import Calls, Took, calling, half_and_most
from benchmarks.machine import OtherWork, description
from benchmarks.pages_seed import FIRST, LAST, WORDS, company_id, contact_id
from benchmarks.server import Server
from customcrm.clock import system_clock
from customcrm.crm.folding import fold
from customcrm.crm.match_keys import company_keys, contact_keys
from customcrm.crm.records import Kind
from customcrm.store.backend import Store
from customcrm.store.batch import insert_batch, rows
from customcrm.store.card_tables import CARDS
from customcrm.store.catalogue.words import add_words
from customcrm.store.columns import to_json
from customcrm.store.duplicates.finder import LOOK_SECONDS
from customcrm.store.duplicates.searches import CHANGES, begin, go_on
from customcrm.store.tables import RECORDS

CHUNK: Final = 10_000
_CARD: Final = tuple(column.name for column in CARDS[Kind.CONTACT].c if column.name != "number")


def _chance(number: int, below: int, salt: int = 0) -> int:
    """A number below another that looks like chance, and is the same each time."""
    return hash((number, salt)) % below


def _contact(number: int, total: int) -> dict[str, Any]:
    """A contact. Each fiftieth is the one before it once more, with its name turned round."""
    again = number % 50 == 1
    who = number - 1 if again else number
    first, last = (
        FIRST[_chance(who, 9)],
        f"{LAST[_chance(who, 8, 1)]}{_letters(_chance(who, 9_000, 3))}",
    )
    company = 0 if who % 100 == 0 else _chance(who, max(1, total // 10), 5)
    return {
        "email": f"{number}@mail{number % 997}.example",
        "firstName": last if again else first,
        "lastName": first if again else last,
        "company": _company_name(company),
    }


def _letters(number: int) -> str:
    """A number as four letters: names have no digits."""
    return "".join(chr(97 + number // 17**place % 17) for place in range(4))


def _company_name(number: int) -> str:
    return f"{WORDS[_chance(number, 9)]} {_letters(number)} {WORDS[_chance(number, 9, 1)]}"


def _company(number: int) -> dict[str, Any]:
    ending = "de" if number % 50 == 1 else "com"
    who = number - 1 if number % 50 == 1 else number
    return {"name": f"{_company_name(who)} {ending}", "domain": f"firm{who}.{ending}"}


def _people(kind: Kind, total: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for number in range(total if kind is Kind.CONTACT else total // 10):
        if kind is Kind.CONTACT:
            yield contact_id(number), _contact(number, total)
        else:
            yield company_id(number), _company(number)


def _seed(url: str, total: int) -> None:
    """Write records with their keys and cards."""
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        for kind in Kind:
            keys_of = contact_keys if kind is Kind.CONTACT else company_keys
            tables, told, done = RECORDS[kind], list[tuple[str, dict[str, Any]]](), 0
            write = [
                insert_batch(tables.records, "id", "properties", "created_at", "updated_at"),
                insert_batch(tables.keys, "kind", "value", "record_id"),
                insert_batch(CARDS[kind], *_CARD),
            ]
            for one in [*_people(kind, total), ("", {})]:
                told.append(one)
                if len(told) == CHUNK or not one[0]:
                    known = [each for each in told if each[0]]
                    keys = [(*key, i) for i, values in known for key in keys_of(values)]
                    lines = [(i, to_json(values), 1, 1) for i, values in known]
                    cards = [_card(i, values) for i, values in known]
                    batches: tuple[list[Any], ...] = (lines, sorted(keys), cards)
                    for statement, batch in zip(write, batches, strict=True):
                        connection.execute(statement, rows(batch))
                    add_words(connection, kind, range(done + 1, done + len(known) + 1))
                    done += len(known)
                    told.clear()


def _card(record_id: str, values: dict[str, Any]) -> list[Any]:
    name = values.get("name") or f"{values['firstName']} {values['lastName']}"
    texts: dict[str, Any] = {
        "id": record_id,
        "name": name,
        "name_key": fold(name),
        "words": " ",
        "facets": " ",
    }
    texts |= {"company_key": fold(values.get("company", "")), "created": 1, "updated": 1}
    texts["counted"] = None
    return [texts.get(column, 0) for column in _CARD]


class Found(NamedTuple):
    """What a search came to, and what calls took.

    Attributes:
        seconds: of the search.
        cpu_seconds: of the server's process, while it searched and in as long a time without.
        looked: keys and names that it looked at.
        alone: what calls took before and after it.
        beside: what they took meanwhile.
    """

    seconds: float
    cpu_seconds: tuple[float, float]
    looked: int
    alone: Took
    beside: Took


def _not_yet(url: str) -> None:
    """As if all had been looked at: else the server would begin as soon as it is there."""
    with create_engine(url).begin() as connection:
        for kind in Kind:
            state = begin(connection, kind)
            done = state._replace(step=CHANGES, complete_at=system_clock())
            go_on(connection, kind, state, done)


def _searched(server: Server, store: Store, calls: Calls, seconds: float) -> Found:
    _settled(store)
    parts = []
    spent = [server.cpu_seconds()]
    calls.taken()
    time.sleep(seconds)
    parts.append(calls.taken())
    spent.append(server.cpu_seconds())
    began = time.monotonic()
    store.merges.look_again()
    while any(store.merges.search(kind).running for kind in Kind):
        time.sleep(LOOK_SECONDS)
    took = time.monotonic() - began
    spent.append(server.cpu_seconds())
    beside = calls.taken()
    time.sleep(seconds)
    parts.append(calls.taken())
    alone = {name: [*parts[0][name], *parts[1][name]] for name in beside}
    looked = sum(store.merges.search(kind).looked for kind in Kind)
    cpu = spent[2] - spent[1], (spent[1] - spent[0]) * took / seconds
    return Found(took, cpu, looked, alone, beside)


def _settled(store: Store) -> None:
    """Wait until every change that there was has been looked at."""
    time.sleep(2 * LOOK_SECONDS)
    while any(store.merges.search(kind).running for kind in Kind):
        time.sleep(LOOK_SECONDS)


def _measure(database: Path, total: int, seconds: float, console: Console) -> None:
    url = f"sqlite:///{database}"
    server = Server(database)
    with closing(Store(url, system_clock)) as store:
        try:
            with calling(server, total) as calls:
                found = _searched(server, store, calls, seconds)
        finally:
            server.stop()
        console.print(_grid(found))
        console.print(
            f"{total:,} contacts and {total // 10:,} companies: all looked at in "
            f"{found.seconds:.0f} s, {found.looked:,} keys and names. CPU of the server: "
            f"{found.cpu_seconds[0]:.0f} s, {found.cpu_seconds[1]:.0f} s without the search."
        )
        for kind in Kind:
            pairs = store.merges.count_suggestions(kind, None, 10_000_000)
            console.print(f"Pairs of {kind}: {pairs:,}")
        store.merges.look_again()
        spent = time.process_time()
        store.find_pending()
        spent = time.process_time() - spent
        console.print(f"Once more without a rest: {spent:.1f} s of one CPU.")
        began = time.perf_counter()
        store.merges.suggestions(Kind.CONTACT, None, None, 25)
        store.merges.count_suggestions(Kind.CONTACT, None, 500)
        console.print(f"The first page of the list: {(time.perf_counter() - began) * 1_000:.1f} ms")


def _grid(found: Found) -> Grid:
    grid = Grid("what", "calls", "p50 alone", "searching", "p99 alone", "searching", "p99 more by")
    for name, beside in found.beside.items():
        (half, most), (half_beside, most_beside) = map(half_and_most, (found.alone[name], beside))
        told = [f"{value:.1f} ms" for value in (half, half_beside, most, most_beside)]
        counted = f"{len(found.alone[name]):,} and {len(beside):,}"
        grid.add_row(name, counted, *told, f"{most_beside / most - 1:+.0%}")
    return grid


def main() -> None:
    """Seed, search, report."""
    parser = ArgumentParser(prog="benchmarks.duplicates", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000, help="default 1000000")
    parser.add_argument(
        "--seconds",
        type=float,
        default=60.0,
        help="without the search, before and after it; default 60",
    )
    arguments = parser.parse_args()
    console = Console(width=110)
    others = OtherWork()
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        database = Path(folder) / "duplicates.db"
        url = f"sqlite:///{database}"
        Store(url, system_clock).close()
        _seed(url, arguments.contacts)
        _not_yet(url)
        _measure(database, arguments.contacts, arguments.seconds, console)
    console.print(f"Measured on {description()}.")
    console.print(f"Other processes took {others.share():.0%} of its CPUs meanwhile.")


if __name__ == "__main__":
    main()

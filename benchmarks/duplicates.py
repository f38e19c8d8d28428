"""Measures the search for duplicates: `python -m benchmarks.duplicates --help`.

How long it takes to look at all records, and what Enginy notices of it: one activity and one update
of a hundred contacts, again and again, without the search and while it is at work.
"""

import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table as Grid
from sqlalchemy import create_engine

from benchmarks.machine import OtherWork, description
from benchmarks.pages_seed import FIRST, LAST, WORDS, company_id, contact_id
from customcrm.clock import new_id, system_clock
from customcrm.contract.activities import CreateActivity
from customcrm.crm.card import fold
from customcrm.crm.match_keys import company_keys, contact_keys
from customcrm.crm.records import CONTACT_RULES, Kind
from customcrm.operations.activities import create_activity
from customcrm.operations.ports import Origin
from customcrm.operations.records import update_records
from customcrm.operations.repeats import Request
from customcrm.store.backend import Store
from customcrm.store.batch import insert_batch, rows
from customcrm.store.catalogue.words import add_words
from customcrm.store.columns import to_json
from customcrm.store.tables import CARDS, RECORDS

CHUNK: Final = 10_000
BATCH: Final = 100
ORIGIN: Final = Origin("key:benchmark", system_clock, new_id)
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
    texts = {"id": record_id, "name": name, "name_key": fold(name), "words": " ", "facets": " "}
    texts |= {"company_key": fold(values.get("company", "")), "created": 1, "updated": 1}
    return [texts.get(column, 0) for column in _CARD]


class Enginy:
    """Who writes meanwhile, and notices.

    Args:
        store: where to.
        total: how many contacts there are.
    """

    def __init__(self, store: Store, total: int) -> None:
        self._store = store
        self._total = total
        self._turn = 0
        self.seconds: dict[str, list[float]] = {"activity": [], "100 contacts": []}

    def turn(self) -> None:
        """One activity and one batch, then a short rest."""
        self._turn += 1
        first = _chance(self._turn, self._total - BATCH, 21)
        sent = [{"crmId": contact_id(first + n), "turn": self._turn} for n in range(BATCH)]
        asked = CreateActivity("EMAIL", contact_id=contact_id(first), occurred_at=system_clock())
        request = Request("createActivity", str(self._turn).encode(), None)
        began = time.perf_counter()
        create_activity(self._store, asked, {}, request, ORIGIN)
        logged = time.perf_counter()
        update_records(self._store, CONTACT_RULES, sent, ORIGIN)
        self.seconds["activity"].append(logged - began)
        self.seconds["100 contacts"].append(time.perf_counter() - logged)
        time.sleep(0.02)


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1_000


def _measure(url: str, total: int, seconds: float, console: Console) -> None:
    with closing(Store(url, system_clock)) as store:
        store.keep_cards()
        enginy = Enginy(store, total)
        enginy.turn()
        enginy = Enginy(store, total)
        _while(lambda: True, enginy, seconds)
        alone = enginy.seconds
        enginy = Enginy(store, total)
        began = time.monotonic()
        store.find_duplicates()
        _while(lambda: any(store.merges.search(kind).running for kind in Kind), enginy, 3_600)
        took = time.monotonic() - began
        _show(console, alone, enginy.seconds)
        looked = sum(store.merges.search(kind).looked for kind in Kind)
        console.print(
            f"{total:,} contacts and {total // 10:,} companies: all looked at in {took:.0f} s, "
            f"{looked:,} rows, {looked / took:,.0f} rows/s."
        )
        for kind in Kind:
            found = store.merges.count_suggestions(kind, None, 10_000_000)
            console.print(f"Pairs of {kind}: {found:,}")
        store.merges.look_again()
        spent = time.process_time()
        store.find_pending()
        spent = time.process_time() - spent
        console.print(f"Once more without a rest: {spent:.1f} s of one CPU.")
        began = time.perf_counter()
        store.merges.suggestions(Kind.CONTACT, None, None, 25)
        store.merges.count_suggestions(Kind.CONTACT, None, 500)
        console.print(f"The first page of the list: {(time.perf_counter() - began) * 1_000:.1f} ms")


def _while(more: Any, enginy: Enginy, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and more():
        enginy.turn()


def _show(console: Console, alone: dict[str, list[float]], busy: dict[str, list[float]]) -> None:
    grid = Grid("what", "p50 alone", "p50 searching", "p99 alone", "p99 searching", "p99 more by")
    for name in alone:
        half = [_percentile(one[name], 0.5) for one in (alone, busy)]
        most = [_percentile(one[name], 0.99) for one in (alone, busy)]
        told = [f"{value:.1f} ms" for value in (*half, *most)]
        grid.add_row(name, *told, f"{most[1] / most[0] - 1:+.0%}")
    console.print(grid)


def main() -> None:
    """Seed, search, report."""
    parser = ArgumentParser(prog="benchmarks.duplicates", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000, help="default 1000000")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="without the search; default 60"
    )
    arguments = parser.parse_args()
    console = Console(width=110)
    others = OtherWork()
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        url = f"sqlite:///{folder}/duplicates.db"
        Store(url, system_clock).close()
        _seed(url, arguments.contacts)
        _measure(url, arguments.contacts, arguments.seconds, console)
    console.print(f"Measured on {description()}.")
    console.print(f"Other processes took {others.share():.0%} of its CPUs meanwhile.")


if __name__ == "__main__":
    main()

"""Lists against a plain model: whatever is stored and asked, they are what sorting a list gives."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customcrm.clock import system_clock
from customcrm.crm.card import sort_key
from customcrm.crm.ranges import Range, Scale
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import matches, name_tokens, search_terms
from customcrm.operations.browsing.cards import Card, CardFilter, Cursor, Order, Page, Sort
from customcrm.store.backend import Store
from tests.integration.store.world import NOW, create

WORDS = ["ana", "Ánna", "bob", "bo", "O'Hara", "李雷", "x-y"]
LEVELS = [1, "1", True, "Yes"]
RECORD = st.fixed_dictionaries(
    {"firstName": st.sampled_from(WORDS), "company": st.sampled_from(WORDS)},
    optional={
        "ownerId": st.sampled_from(["u1", "u2"]),
        "level": st.sampled_from([1, "1", True, "Yes"]),
        "score": st.sampled_from([-3, 0, 7, 12.5, "12", 250, "n/a"]),
    },
)
ENDS = st.sampled_from([None, Decimal(-3), Decimal(7), Decimal("12.2"), Decimal(300)])
FILTER = st.builds(
    CardFilter,
    search=st.sampled_from(["", "a", "an", "bo", "o hara", "雷", "x y", "nobody"]),
    owner=st.sampled_from([None, "u1"]),
    properties=st.sampled_from(
        [(), (("level", None),), (("level", "1"),), (("level", "yes"),), (("level", "no"),)]
    ),
    created_from=st.sampled_from([None, NOW, NOW + timedelta(minutes=2)]),
    ranges=st.just(())
    | st.tuples(st.tuples(st.just("score"), st.builds(Range, st.just(Scale.NUMBER), ENDS, ENDS))),
)
ORDER = st.builds(Order, st.sampled_from(Sort), st.booleans())


def _meant(record: dict[str, Any], minute: int, chosen: CardFilter) -> bool:
    words = [
        *name_tokens(record["firstName"]),
        *name_tokens(record["company"]),
    ]
    level = record.get("level")
    value = "yes" if level is True or level == "Yes" else "1"
    created = NOW + timedelta(minutes=minute)
    return (
        matches(search_terms(chosen.search), words)
        and chosen.owner in {None, record.get("ownerId")}
        and all("level" in record and want in {None, value} for _, want in chosen.properties)
        and (chosen.created_from is None or created >= chosen.created_from)
        and all(_lies(record.get("score"), asked) for _, asked in chosen.ranges)
    )


def _lies(value: Any, asked: Range) -> bool:
    if value in {None, "n/a"}:
        return False
    number = float(value)
    first, last = asked.first, asked.last
    return (first is None or number >= first) and (last is None or number <= last)


def _pages(ask: Callable[[Cursor | None], Page[Card]]) -> list[Card]:
    found: list[Card] = []
    at: Cursor | None = None
    while True:
        page = ask(at)
        found += page.items
        if page.after is None:
            return found
        at = page.after


def _some_cards(store: Store, chosen: CardFilter, order: Order, at: Cursor | None) -> Page[Card]:
    return store.catalogue.cards(Kind.CONTACT, chosen, order, at, 4)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    records=st.lists(RECORD, max_size=12),
    asked=st.lists(st.tuples(FILTER, ORDER), min_size=12, max_size=12),
)
def test_lists_are_what_a_plain_model_gives(
    tmp_path: Path,
    records: list[dict[str, Any]],
    asked: list[tuple[CardFilter, Order]],
) -> None:
    path = tmp_path / "model.db"
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    with closing(Store(f"sqlite:///{path}", system_clock)) as store:
        ids = [
            create(store, {"externalId": f"e{n}", **record}, at=NOW + timedelta(minutes=n // 3))[0]
            for n, record in enumerate(records)
        ]
        store.project_pending()
        for chosen, order in asked:
            expected = [
                one
                for n, (one, record) in enumerate(zip(ids, records, strict=True))
                if _meant(record, n // 3, chosen)
            ]

            found = _pages(partial(_some_cards, store, chosen, order))

            assert {card.id for card in found} == set(expected)
            assert len(found) == len(expected) == store.catalogue.count_cards(Kind.CONTACT, chosen)
            keys = [_key(card, order.by) for card in found]
            assert keys == sorted(keys, reverse=order.descending)


def _key(card: Card, sort: Sort) -> Any:
    return {
        Sort.NAME: sort_key(card.name),
        Sort.COMPANY: sort_key(card.company or ""),
        Sort.LAST_ACTIVITY: 0,
    }.get(sort, card.created_at)

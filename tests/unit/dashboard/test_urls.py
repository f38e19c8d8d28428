from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.ranges import Range, Scale
from customcrm.dashboard.urls import (
    address,
    card_filter_of,
    changed,
    cursor_of,
    day_of,
    days_back,
    list_of,
    mark_of,
    met_in,
    moment_of,
    order_of,
    token_of,
)
from customcrm.operations.browsing.cards import CardFilter, Cursor, Order, Sort

SORTS = {sort.value: sort for sort in Sort}
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)


@given(st.text(max_size=100) | NUMBERS, NUMBERS, st.booleans())
def test_a_place_in_a_list_survives_the_url(value: str | int, number: int, back: bool) -> None:  # noqa: FBT001
    cursor = Cursor(value, number, back)
    token = token_of(cursor)
    assert token is not None
    if len(token) <= 300:
        assert cursor_of([("at", token)]) == cursor


@pytest.mark.parametrize(
    "token",
    ["", "x", "====", "bnVsbA", "W10", "WzEsMl0", "WzEsMiwzXQ", "[" * 300, "W251bGwsMSwwXQ"],
)
def test_a_place_that_nobody_made_is_no_place(token: str) -> None:
    assert cursor_of([("at", token)]) is None


@given(st.text(max_size=300))
def test_any_place_can_be_asked_for(token: str) -> None:
    cursor_of([("at", token)])


def test_a_change_of_the_query_begins_the_list_anew() -> None:
    query = [("q", "a b"), ("at", "xyz"), ("owner", ""), ("sort", "-name")]
    assert changed(query, sort="name") == "?q=a%20b&sort=name"
    assert changed(query, at="abc") == "?q=a%20b&sort=-name&at=abc"
    assert changed(query, q=None) == "?sort=-name"


def test_a_filter_is_read_from_the_url() -> None:
    zone = ZoneInfo("Europe/Madrid")
    query = [
        ("q", "  jane "),
        ("owner", "user_1"),
        ("replied", "yes"),
        ("engaged", "no"),
        ("created_from", "2026-03-01"),
        ("created_to", "2026-03-31"),
        ("prop", "tier"),
        ("value", "Gold"),
        ("prop", "score"),
        ("value", ""),
        ("prop", ""),
        ("value", "x"),
    ]
    assert card_filter_of(query, zone) == CardFilter(
        search="jane",
        owner="user_1",
        replied=True,
        engaged=False,
        created_from=datetime(2026, 3, 1, tzinfo=zone),
        created_to=datetime(2026, 4, 1, tzinfo=zone),
        properties=(("tier", "Gold"), ("score", None)),
    )


@pytest.mark.parametrize(
    ("first", "last", "meant"),
    [
        ("10", " 50 ", Range(Scale.NUMBER, Decimal(10), Decimal(50))),
        ("", "2,5", Range(Scale.NUMBER, None, Decimal("2.5"))),
        ("2026-01-31", "", Range(Scale.DAY, Decimal(20260131), None)),
        ("2026-01-31", "2026-02-30", None),
        ("10", "2026-01-31", None),
        ("ten", "", None),
        ("", "", None),
    ],
)
def test_a_property_lies_between_what_stands_beside_it(
    first: str, last: str, meant: Range | None
) -> None:
    query = [("from", "1"), ("prop", "score"), ("from", first), ("to", last), ("prop", "tier")]
    chosen = card_filter_of([*query, ("value", "Gold")], UTC)
    assert chosen.ranges == ((("score", meant),) if meant else ())
    nothing_said = not first and not last
    assert chosen.properties == (*([("score", None)] if nothing_said else []), ("tier", "Gold"))


def test_who_waits_is_asked_for_beside_who_has_replied() -> None:
    assert card_filter_of([("replied", "waiting")], UTC) == CardFilter(waiting=True)
    assert card_filter_of([("replied", "no")], UTC) == CardFilter(replied=False)


def test_how_far_somebody_has_come_is_read_from_the_url() -> None:
    query = [
        ("owned", "no"),
        ("contacted", "yes"),
        ("connected", "no"),
        ("replied", "EMAIL"),
        ("step", "3"),
        ("replied_after", "0"),
        ("contacted_in", "2026-03-02"),
        ("replied_in", "2026-03-11"),
    ]
    assert card_filter_of(query, UTC) == CardFilter(
        owned=False,
        contacted=True,
        connected=False,
        replied_by="EMAIL",
        step=3,
        replied_after=0,
        contacted_in=date(2026, 3, 2),
        replied_in=date(2026, 3, 11),
    )
    assert card_filter_of([("contacted", "LINKEDIN")], UTC) == CardFilter(contacted_by="LINKEDIN")
    nonsense = [
        ("contacted", "SMS"),
        ("step", "\u0663"),
        ("replied_after", "1234"),
        ("owned", "x"),
        ("contacted_in", "soon"),
        ("replied_in", "9999-12-32"),
    ]
    assert card_filter_of(nonsense, UTC) == CardFilter()


def test_an_address_says_what_is_chosen() -> None:
    assert address("/view/contacts") == "/view/contacts"
    assert address("/view/contacts", campaign="A & B", step=2, owner=None) == (
        "/view/contacts?campaign=A%20%26%20B&step=2"
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "q",
                    "owner",
                    "replied",
                    "created_from",
                    "updated_to",
                    "prop",
                    "value",
                    "channel",
                    "sort",
                    "col",
                    "contacted",
                    "step",
                    "replied_in",
                ]
            ),
            st.text(max_size=20),
        ),
        max_size=12,
    )
)
def test_any_query_can_be_asked(query: list[tuple[str, str]]) -> None:
    card_filter_of(query, UTC)
    order_of(query, SORTS)


def test_orders() -> None:
    assert order_of([], SORTS) == Order()
    assert order_of([("sort", "name")], SORTS) == Order(Sort.NAME, descending=False)
    assert order_of([("sort", "-updated")], SORTS) == Order(Sort.UPDATED, descending=True)
    assert order_of([("sort", "nonsense")], SORTS) == Order()


@pytest.mark.parametrize("text", [None, "", "yesterday", "2026-02-30", "0000-00-00", "9999-12-32"])
def test_days_that_are_none(text: str | None) -> None:
    assert day_of(text, UTC) is None


def test_a_day_is_as_long_as_its_zone_has_it() -> None:
    zone = ZoneInfo("Europe/Madrid")
    days = days_back(datetime(2026, 3, 30, 12, tzinfo=UTC), zone, 3)
    lengths = [day.end.astimezone(UTC) - day.start.astimezone(UTC) for day in days]
    assert lengths == [timedelta(hours=24), timedelta(hours=23), timedelta(hours=24)]


QUERIES = st.lists(
    st.tuples(st.sampled_from(["q", "owner", "sort", "prop"]), st.text("aé &=+%?#", min_size=1)),
    max_size=5,
)


@given(QUERIES)
def test_the_list_that_a_record_was_met_in_is_known_from_its_url(
    query: list[tuple[str, str]],
) -> None:
    assert met_in([("in", list_of([*query, ("at", "x"), ("count", "exact")]))]) == query


@pytest.mark.parametrize("told", ["all", "%", "=", "q", "in=x&at=y", "a" * 5_000, "\0"])
def test_a_list_that_nobody_has_made_asks_for_nothing(told: str) -> None:
    met = met_in([("in", told)])
    assert met is not None
    assert card_filter_of(met, UTC) == CardFilter()


def test_a_record_that_was_met_in_no_list_has_none() -> None:
    assert met_in([("type", "EMAIL")]) is None


def test_a_moment_survives_the_url() -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)
    assert moment_of(str(mark_of(moment))) == moment
    assert moment_of("x") is None
    assert moment_of(None) is None
    assert moment_of("9" * 40) is None

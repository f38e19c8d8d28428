from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.ranges import Range, Scale
from customcrm.crm.records import Kind
from customcrm.dashboard.list_queries import (
    read_activity_list,
    read_call_list,
    read_card_list,
    read_task_list,
)
from customcrm.dashboard.urls import Query, met_in, token_of
from customcrm.operations.browsing.cards import CardFilter, Cursor, Order, Sort
from customcrm.operations.browsing.events import TaskState

NOW = datetime(2026, 3, 4, tzinfo=UTC)
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)
LONG = "x" * 301
CARD_PROBLEMS: dict[str, Query] = {
    "emoji without a name": [("q", "\u200d")],
    "separators only": [("q", "--- / ---")],
    "an invisible character": [("q", "\u200b\u2060")],
    "too many words": [("q", " ".join(f"w{n}" for n in range(17)))],
    "a long search": [("q", "x" * 201)],
    "a search beyond the longest value": [("q", LONG)],
    "a sixth property": [("prop", f"p{n}") for n in range(6)],
    "a value without a property": [("prop", ""), ("value", "gold")],
    "an end without a property": [("from", "3")],
    "two values of a property": [("prop", "p"), ("value", "a"), ("value", "b")],
    "a value beside a range": [("prop", "p"), ("value", "a"), ("from", "3")],
    "a range that is none": [("prop", "p"), ("from", "ten")],
    "ends of two kinds": [("prop", "p"), ("from", "10"), ("to", "2026-01-31")],
    "a day that is none": [("prop", "p"), ("from", "2026-02-30")],
    "a long property": [("prop", LONG)],
    "a long value": [("prop", "p"), ("value", LONG)],
    "a date out of range": [("created_from", "9999-12-32")],
    "a date that is none": [("created_to", "2026-02-30")],
    "a word for a date": [("updated_from", "yesterday")],
    "another date": [("updated_to", "0000-00-00")],
    "a week that is none": [("contacted_in", "soon")],
    "a week out of range": [("replied_in", "9999-12-32")],
    "an odd flag": [("owned", "maybe")],
    "a truth value": [("engaged", "true")],
    "a number for a flag": [("connected", "1")],
    "an unknown channel of replies": [("replied", "FAX")],
    "an unknown channel of contact": [("contacted", "SMS")],
    "a step out of range": [("step", "1000")],
    "a negative step": [("step", "-1")],
    "digits of another script": [("step", "\u0663")],
    "no whole number": [("replied_after", "1.5")],
    "an unknown order": [("sort", "salary")],
    "two orders": [("sort", "name"), ("sort", "-created")],
    "two owners": [("owner", "a"), ("owner", "b")],
    "a long owner": [("owner", LONG)],
    "an unknown filter": [("onwer", "user_1")],
    "a filter in another case": [("Owner", "user_1")],
    "a bad place": [("at", "xyz")],
    "a place of null": [("at", "W251bGwsMSwwXQ")],
    "a long place": [("at", "a" * 3_000)],
    "an odd count": [("count", "about")],
    "too many columns": [("col", f"c{n}") for n in range(31)],
}


def card_filter_of(query: Query, kind: Kind = Kind.CONTACT) -> CardFilter:
    return read_card_list(query, kind, UTC).filter


@pytest.mark.parametrize("query", CARD_PROBLEMS.values(), ids=CARD_PROBLEMS)
@pytest.mark.parametrize("kind", Kind)
def test_what_is_not_understood_matches_nothing(query: Query, kind: Kind) -> None:
    chosen = card_filter_of([*query, ("owner", ""), ("view", "view_1")], kind)
    assert chosen.matches_nothing
    assert all(problem.message for problem in chosen.problems)
    assert chosen.problems


@pytest.mark.parametrize(
    "query",
    [
        [],
        [("q", ""), ("owner", ""), ("prop", ""), ("value", ""), ("step", "")],
        [("q", "   ")],
        [("onwer", "")],
        [("q", "jane"), ("owned", "no"), ("sort", "-name"), ("count", "exact"), ("view", "x")],
        [("owner", "a"), ("owner", "a")],
        [("prop", "p"), ("value", "a"), ("prop", "p"), ("value", "b")],
        [("q", " ".join(f"w{n}" for n in range(16)))],
        [("step", "0"), ("replied_after", "999")],
        [("col", "email"), ("col", "title")],
    ],
)
def test_what_is_understood_has_no_problems(query: Query) -> None:
    assert not card_filter_of(query).matches_nothing


def test_companies_are_not_ordered_by_company() -> None:
    assert not card_filter_of([("sort", "company")]).problems
    assert card_filter_of([("sort", "company")], Kind.COMPANY).problems


@pytest.mark.parametrize(
    "query",
    [
        [("state", "late")],
        [("owner", "x" * 301)],
        [("at", "xyz")],
        [("q", "call")],
        [("state", "done"), ("state", "today")],
    ],
)
def test_a_list_of_tasks_that_is_not_understood_matches_nothing(query: Query) -> None:
    assert read_task_list(query, NOW, UTC).filter.problems


@pytest.mark.parametrize(
    "query",
    [
        [("type", "FAX")],
        [("direction", "SIDEWAYS")],
        [("since", "9999-12-32")],
        [("until", "tomorrow")],
        [("owner", "x" * 301)],
        [("at", "====")],
        [("count", "yes")],
        [("channel", "EMAIL")],
    ],
)
def test_a_list_of_activities_that_is_not_understood_matches_nothing(query: Query) -> None:
    assert read_activity_list(query, UTC).filter.problems


@pytest.mark.parametrize(
    "query", [[("operation", "drop_table")], [("failed", "maybe")], [("at", "W10")], [("of", "x")]]
)
def test_a_list_of_calls_that_is_not_understood_matches_nothing(query: Query) -> None:
    assert read_call_list(query).filter.problems


def test_lists_without_filters_have_no_problems() -> None:
    assert not read_task_list([("state", "done"), ("owner", "user_1")], NOW, UTC).filter.problems
    assert read_task_list([("state", "done")], NOW, UTC).filter.state is TaskState.DONE
    assert not read_activity_list([("type", "EMAIL"), ("since", "2026-01-01")], UTC).filter.problems
    assert not read_call_list([("failed", "yes")]).filter.problems


@given(st.text(max_size=200) | NUMBERS, NUMBERS, st.booleans())
def test_a_place_in_a_list_survives_the_url(value: str | int, number: int, back: bool) -> None:  # noqa: FBT001
    cursor = Cursor(value, number, back)
    token = token_of(cursor)
    assert token is not None
    assert read_card_list([("at", token)], Kind.CONTACT, UTC).at == cursor


@given(st.text(max_size=300))
def test_any_place_can_be_asked_for(token: str) -> None:
    read_card_list([("at", token)], Kind.CONTACT, UTC)


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
    ]
    assert read_card_list(query, Kind.CONTACT, zone).filter == CardFilter(
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
        (
            "2026-01-31",
            "",
            Range(Scale.DAY, Decimal(20260131), None, (Decimal(202601310000), None)),
        ),
        ("", "", None),
    ],
)
def test_a_property_lies_between_what_follows_it(
    first: str, last: str, meant: Range | None
) -> None:
    query = [("prop", "score"), ("from", first), ("to", last), ("prop", "tier")]
    chosen = card_filter_of([*query, ("value", "Gold")])
    assert chosen.ranges == ((("score", meant),) if meant else ())
    nothing_said = not first and not last
    assert chosen.properties == (*([("score", None)] if nothing_said else []), ("tier", "Gold"))
    assert not chosen.problems


def test_who_waits_is_asked_for_beside_who_has_replied() -> None:
    assert card_filter_of([("replied", "waiting")]) == CardFilter(waiting=True)
    assert card_filter_of([("replied", "no")]) == CardFilter(replied=False)


def test_how_far_a_contact_has_come_is_read_from_the_url() -> None:
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
    assert card_filter_of(query) == CardFilter(
        owned=False,
        contacted=True,
        connected=False,
        replied_by="EMAIL",
        step=3,
        replied_after=0,
        contacted_in=date(2026, 3, 2),
        contacted_span=(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)),
        replied_in=date(2026, 3, 11),
        replied_span=(datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 16, tzinfo=UTC)),
    )
    assert card_filter_of([("contacted", "LINKEDIN")]) == CardFilter(contacted_by="LINKEDIN")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    *("q", "owner", "replied", "created_from", "updated_to", "prop", "value"),
                    *("channel", "sort", "col", "contacted", "step", "replied_in", "from", "to"),
                ]
            ),
            st.text(max_size=20),
        ),
        max_size=12,
    )
)
def test_any_query_can_be_asked(query: list[tuple[str, str]]) -> None:
    read_card_list(query, Kind.CONTACT, UTC)
    read_task_list(query, NOW, UTC)
    read_activity_list(query, UTC)
    read_call_list(query)


def test_orders() -> None:
    def order_of(query: Query) -> Order:
        return read_card_list(query, Kind.CONTACT, UTC).order

    assert order_of([]) == Order()
    assert order_of([("sort", "name")]) == Order(Sort.NAME, descending=False)
    assert order_of([("sort", "-updated")]) == Order(Sort.UPDATED, descending=True)


@pytest.mark.parametrize("told", ["all", "%", "=", "q"])
def test_the_address_of_all_records_asks_for_nothing(told: str) -> None:
    met = met_in([("in", told)])
    assert met is not None
    assert card_filter_of(met) == CardFilter()

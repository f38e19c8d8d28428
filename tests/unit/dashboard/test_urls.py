from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.dashboard.urls import (
    address,
    changed,
    day_of,
    days_back,
    list_of,
    mark_of,
    met_in,
    moment_of,
)


def test_a_change_of_the_query_begins_the_list_anew() -> None:
    query = [("q", "a b"), ("at", "xyz"), ("owner", ""), ("sort", "-name")]
    assert changed(query, sort="name") == "?q=a%20b&sort=name"
    assert changed(query, at="abc") == "?q=a%20b&sort=-name&at=abc"
    assert changed(query, q=None) == "?sort=-name"


def test_an_address_says_what_is_chosen() -> None:
    assert address("/view/contacts") == "/view/contacts"
    assert address("/view/contacts", campaign="A & B", step=2, owner=None) == (
        "/view/contacts?campaign=A%20%26%20B&step=2"
    )


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


def test_a_record_that_was_met_in_no_list_has_none() -> None:
    assert met_in([("type", "EMAIL")]) is None


def test_a_moment_survives_the_url() -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)
    assert moment_of(str(mark_of(moment))) == moment
    assert moment_of("x") is None
    assert moment_of(None) is None
    assert moment_of("9" * 40) is None

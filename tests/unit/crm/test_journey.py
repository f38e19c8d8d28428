"""How far a conversation has come."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.contract.activities import ACTIVITY_TYPES
from customcrm.crm.journey import (
    KNOWN_TYPES,
    NOWHERE,
    Journey,
    Part,
    covering,
    day_of,
    days_and_hours_of,
    journey_of,
    marks_of,
    monday_of,
    quarter_of,
    step_of,
)
from customcrm.crm.moments import week_span

DAY = 86_400_000_000
TYPES = ("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL", "LINKEDIN_CONNECTION", "WHATSAPP", "OTHER")
PARTS = st.lists(
    st.builds(
        Part,
        st.sampled_from(TYPES),
        st.sampled_from(["INBOUND", "OUTBOUND", None]),
        st.integers(0, 4),
        st.integers(-3 * DAY, 60 * DAY),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("metadata", "subject", "step"),
    [
        ({"sequenceIndex": 2, "sequenceMessageCount": 3}, None, 2),
        ({"sequenceIndex": 2.0}, "[1/3] other", 2),
        ({"sequenceIndex": " 2 "}, None, 2),
        (None, "[1/3] [FROM Acme Corp] John Smith", 1),
        ({}, "  [12/14] Hello", 12),
        ({"sequenceIndex": True}, "[3/3] x", 3),
        ({"sequenceIndex": "two"}, "Re: [1/3] x", None),
        ({"sequenceIndex": 0}, "[1/3] x", None),
        ({"sequenceIndex": 100}, None, None),
        ({"sequenceIndex": 1e300}, None, None),
        ({"sequenceIndex": [1]}, None, None),
        ({"sequenceIndex": "\u0663"}, None, None),
        (None, "[\u0663/3] x", None),
        (None, "[0/3] x", None),
        (None, "[TechStartup Inc] Jane Doe", None),
        (None, None, None),
    ],
)
def test_a_step_is_told_by_metadata_or_by_the_subject(
    metadata: dict[str, object] | None, subject: str | None, step: int | None
) -> None:
    assert step_of(metadata, subject) == step


def test_nothing_said_leads_nowhere() -> None:
    assert journey_of([]) == NOWHERE
    assert journey_of([Part("EMAIL", None, 0, 5)]) == NOWHERE


def test_a_whole_journey() -> None:
    parts = [
        Part("LINKEDIN_CONNECTION", "OUTBOUND", 1, 0),
        Part("LINKEDIN_CONNECTION", "INBOUND", 0, DAY),
        Part("EMAIL", "OUTBOUND", 2, 8 * DAY),
        Part("EMAIL", "OUTBOUND", 3, 20 * DAY),
        Part("EMAIL", "INBOUND", 0, 9 * DAY),
        Part("LINKEDIN", "INBOUND", 0, 30 * DAY),
    ]

    found = journey_of(parts)

    assert found == Journey(
        contacted=True,
        connected=True,
        replied=True,
        contacted_by=("EMAIL", "LINKEDIN_CONNECTION"),
        replied_by=("EMAIL", "LINKEDIN"),
        steps=(1, 2, 3),
        replied_after=2,
        contacted_in="1970-01-01T00:00",
        replied_in="1970-01-10T00:00",
    )
    assert ("step", "3") in set(marks_of(found))
    assert ("replied after", "2") in set(marks_of(found))


def test_who_accepts_a_request_has_not_replied() -> None:
    found = journey_of([Part("LINKEDIN_CONNECTION", "INBOUND", 0, 0)])
    assert (found.connected, found.replied, found.contacted) == (True, False, False)
    assert {("replied", "no"), ("contacted", "no"), ("connected", "yes")} == set(marks_of(found))


@pytest.mark.parametrize(
    ("steps", "replied_at", "after"),
    [
        ([(1, 10), (2, 20)], 15, 1),
        ([(1, 10), (2, 20)], 20, 2),
        ([(1, 10), (2, 20)], 9, 0),
        ([(2, 10), (1, 20)], 30, 1),
        ([(1, 10), (2, 10)], 10, 2),
        ([(1, 10), (1, 40), (2, 20)], 50, 2),
        ([(0, 10)], 20, 0),
    ],
)
def test_a_reply_belongs_to_the_step_that_was_first_sent_last_before_it(
    steps: list[tuple[int, int]], replied_at: int, after: int
) -> None:
    sent = [Part("EMAIL", "OUTBOUND", step, at) for step, at in steps]
    assert journey_of([*sent, Part("EMAIL", "INBOUND", 0, replied_at)]).replied_after == after


@given(st.data())
def test_the_order_in_which_it_is_told_does_not_matter(data: st.DataObject) -> None:
    parts = data.draw(PARTS)
    mixed = data.draw(st.permutations(parts))
    assert journey_of(mixed) == journey_of(parts)


@given(PARTS)
def test_marks_say_each_thing_once_and_nothing_that_contradicts(parts: list[Part]) -> None:
    found = journey_of(parts)
    marks = list(marks_of(found))
    assert len(marks) == len(set(marks))
    names = [name for name, _ in marks]
    for stage in ("contacted", "connected", "replied"):
        assert names.count(stage) == 1
    assert ("contacted", "yes") in marks or not {"contacted by", "step", "contacted in"} & {*names}
    assert (found.replied_after is not None) == found.replied == ("replied in" in names)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_quarter_of_an_hour_is_that_of_the_moment(moment: datetime) -> None:
    micro = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // datetime.resolution
    quarter = datetime.fromisoformat(f"{quarter_of(micro)}Z")
    assert timedelta() <= moment - quarter < timedelta(minutes=15)
    begun = Journey(contacted_in=quarter_of(micro))
    periods = [day_of(micro), quarter_of(micro)[:13]]
    assert list(days_and_hours_of(begun)) == [("contacted in", one) for one in periods]
    assert day_of(micro) == moment.date().isoformat()
    assert monday_of(moment.date()).weekday() == 0


@given(
    moment=st.datetimes(timezones=st.just(UTC)),
    week=st.dates(),
    near=st.integers(-8, 8),
    zone=st.sampled_from([UTC, ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Kathmandu")]),
)
def test_a_week_is_covered_by_days_and_quarters_of_an_hour(
    moment: datetime, week: date, near: int, zone: tzinfo
) -> None:
    if 2 < moment.year < 9998 and near:
        week = moment.date() + timedelta(days=near)
    first, last = week_span(week, zone)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    micros = [(one - epoch) // datetime.resolution for one in (moment, first, last)]
    tokens = set(covering(micros[1], micros[2]))
    assert len(tokens) <= 6 + 24 + 2 * 4
    quarter = quarter_of(micros[0])
    if moment.year > 1950:
        assert bool(tokens & {quarter, quarter[:13], quarter[:10]}) == (first <= moment < last)


def test_the_known_types_are_those_of_the_contract() -> None:
    assert set(ACTIVITY_TYPES) == KNOWN_TYPES


def test_unknown_types_are_marked_by_their_names_and_once_as_other() -> None:
    parts = [Part(type_, "OUTBOUND", 0, 1) for type_ in ("EMAIL", "SMS", "VISIT")]
    marks = [mark for mark in marks_of(journey_of(parts)) if mark[0] == "contacted by"]
    assert sorted(key for _, key in marks) == ["EMAIL", "OTHER", "SMS", "VISIT"]

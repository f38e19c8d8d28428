"""What happens to leads: in their working hours, in a believable order, and not after the end."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customcrm.contract.activities import ACTIVITY_TYPES, DIRECTIONS
from customcrm.simulator.calendar import DAY, Calendar
from customcrm.simulator.campaigns import Approach, campaigns_of
from customcrm.simulator.conversation import ACTIVITIES, INBOUND, OUTBOUND
from customcrm.simulator.engagement import engagement, is_telling
from customcrm.simulator.ledger import Ledger
from customcrm.simulator.scenario import Scenario
from customcrm.simulator.story import Event, Moment, Wording

UNTIL = date(2026, 3, 1)
LEADS = 1_500


@cache
def ledger(**asked: Any) -> Ledger:
    return Ledger(Scenario.read(**{"until": UNTIL, "leads": LEADS, **asked}))


@cache
def moments() -> list[tuple[int, Moment]]:
    return [(number, moment) for number in range(LEADS) for moment in ledger().story(number)]


def messages(direction: str) -> list[tuple[int, Moment]]:
    return [
        (number, moment)
        for number, moment in moments()
        if ACTIVITIES.get(moment.event, ("", ""))[1] == direction
    ]


def test_the_calendar_ends_with_the_last_day() -> None:
    calendar = Calendar.of(Scenario(until=UNTIL, weeks=2))
    assert calendar.start == datetime(2026, 2, 16, tzinfo=UTC)
    assert calendar.at(calendar.end) == datetime(2026, 3, 2, tzinfo=UTC)
    assert [calendar.weekday(day) for day in range(8)] == [0, 1, 2, 3, 4, 5, 6, 0]
    assert calendar.date(13) == UNTIL
    assert calendar.iso(DAY + 61) == "2026-02-17T00:01:01Z"
    assert calendar.second(calendar.at(12_345)) == 12_345


@pytest.mark.parametrize("leads", [1, 600, 100_000])
def test_campaigns_have_names_of_their_own_that_fit_into_a_list(leads: int) -> None:
    scenario = Scenario(until=UNTIL, leads=leads)
    campaigns = campaigns_of(scenario, Calendar.of(scenario))
    names = [campaign.name for campaign in campaigns]
    assert len(set(names)) == len(names) >= 3
    assert not any("," in name for name in names)
    assert [campaign.number for campaign in campaigns] == list(range(len(campaigns)))
    assert all(one.start <= other.start for one, other in pairwise(campaigns))
    assert {campaign.approach for campaign in campaigns} == set(Approach)


def test_a_lead_is_in_one_campaign_or_in_two() -> None:
    counts = Counter(len(ledger().campaigns_of(number)) for number in range(LEADS))
    assert counts.keys() == {1, 2}
    assert 0.1 < counts[2] / LEADS < 0.4


SCENARIOS = st.builds(
    ledger,
    seed=st.integers(0, 2**63 - 1),
    leads=st.integers(1, 40),
    weeks=st.integers(1, 30),
    until=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
)


@given(SCENARIOS)
@settings(max_examples=40, deadline=None)
def test_nothing_happens_before_the_first_day_or_after_the_last(told: Ledger) -> None:
    for number in range(told.population.leads):
        story = told.story(number)
        assert all(0 <= moment.second < told.calendar.end for moment in story)
        assert list(story) == sorted(story, key=lambda moment: moment.second)
        assert len({moment.number for moment in story}) == len(story)


@given(SCENARIOS)
@settings(max_examples=40, deadline=None)
def test_a_task_is_made_before_it_is_done_or_asked_after(told: Ledger) -> None:
    for number in range(told.population.leads):
        made: dict[int, Moment] = {}
        for moment in told.story(number):
            if moment.event is Event.TASK_CREATED:
                made[moment.task] = moment
            elif moment.event in {Event.TASK_COMPLETED, Event.TASK_READ}:
                assert made[moment.task].due == moment.due
        assert all(moment.due > moment.second for moment in made.values())


def test_all_types_occur_in_both_directions() -> None:
    found = {ACTIVITIES[moment.event] for _, moment in moments() if moment.event in ACTIVITIES}
    documented = {(kind, direction) for kind in ACTIVITY_TYPES for direction in DIRECTIONS}
    assert documented < found
    assert {kind for kind, _ in found - documented} == {"WHATSAPP", "VOICE", "VISIT", "LIKE"}
    assert {moment.event for _, moment in moments()} == set(Event)
    assert {moment.wording for _, moment in moments()} == set(Wording)


def test_a_lead_has_about_three_messages() -> None:
    count = len(messages(INBOUND)) + len(messages(OUTBOUND))
    assert 2.5 < count / LEADS < 4.5


def test_the_weeks_are_filled_from_the_first_to_the_last() -> None:
    weeks = Counter(moment.second // DAY // 7 for _, moment in messages(OUTBOUND))
    assert len(weeks) == 26
    assert min(weeks.values()) > 10


def test_we_write_in_the_working_hours_of_the_lead() -> None:
    for number, moment in messages(OUTBOUND):
        local = moment.second + ledger().population.person(number).clock * 3600
        assert 8 * 3600 <= local % DAY <= 18 * 3600


def test_few_messages_come_at_the_weekend_which_is_not_everywhere_the_same() -> None:
    at_weekend: Counter[str] = Counter()
    of_all: Counter[str] = Counter()
    for direction in (INBOUND, OUTBOUND):
        for number, moment in messages(direction):
            person = ledger().population.person(number)
            day = (moment.second + person.clock * 3600) // DAY
            of_all[direction] += 1
            weekend = person.company.locale.weekend
            at_weekend[direction] += ledger().calendar.weekday(day) in weekend
    assert 0 < at_weekend[OUTBOUND] < 0.05 * of_all[OUTBOUND]
    assert 0 < at_weekend[INBOUND] < 0.15 * of_all[INBOUND]


def test_nobody_gets_what_cannot_reach_them() -> None:
    for number, moment in (*messages(INBOUND), *messages(OUTBOUND)):
        person = ledger().population.person(number)
        kind = ACTIVITIES[moment.event][0]
        ways = {"EMAIL": person.email, "WHATSAPP": person.mobile}
        assert ways.get(kind, person.slug)


def test_an_inmail_goes_to_those_who_have_not_accepted() -> None:
    for number in range(LEADS):
        by_campaign: dict[int, set[Event]] = {}
        for moment in ledger().story(number):
            by_campaign.setdefault(moment.campaign, set()).add(moment.event)
        for events in by_campaign.values():
            assert not {Event.INMAIL_SENT, Event.CONNECTION_ACCEPTED} <= events
            assert not {Event.INMAIL_SENT, Event.LINKEDIN_SENT} <= events


def test_no_sequence_goes_on_after_an_answer() -> None:
    followed = 0
    for number in range(LEADS):
        story = ledger().story(number)
        for moment in story:
            if moment.wording not in {Wording.INTERESTED, Wording.DECLINED}:
                continue
            later = [
                one.wording
                for one in story
                if one.number > moment.number and one.campaign == moment.campaign
            ]
            followed += bool(later)
            assert {Wording.EMAIL, Wording.MESSAGE}.isdisjoint(later)
    assert followed > 50


def test_tasks_are_done_in_time_late_or_never() -> None:
    fates: Counter[str] = Counter()
    done = {(n, m.task): m for n, m in moments() if m.event is Event.TASK_COMPLETED}
    old = ledger().calendar.end - 30 * DAY
    for number, moment in moments():
        if moment.event is Event.TASK_CREATED and moment.second < old:
            end = done.get((number, moment.task))
            fates["never" if end is None else "late" if end.second > end.due else "in time"] += 1
    assert min(fates["never"], fates["late"], fates["in time"]) > 10


def test_tasks_may_be_due_after_the_last_day() -> None:
    dues = [m.due for _, m in moments() if m.event is Event.TASK_CREATED]
    assert max(dues) > ledger().calendar.end


def test_engagement_fields_are_scalars_that_tell_how_far_it_has_come() -> None:
    replied = 0
    for number, moment in moments():
        if not is_telling(moment):
            continue
        told = [one for one in ledger().story(number) if one.second <= moment.second]
        fields = engagement(told, ledger().campaigns, ledger().calendar)
        assert fields["engaged_by_enginy"] == "Yes"
        assert all(isinstance(value, str | int) for value in fields.values())
        if moment.wording in {Wording.INTERESTED, Wording.DECLINED}:
            replied += 1
            assert fields["last_reply_at"] == ledger().calendar.iso(moment.second)
            assert fields["engagement_status"] in {"interested", "not interested"}
    assert replied > 50


def test_a_copy_has_no_story() -> None:
    copies = [number for number in range(LEADS) if ledger().population.is_copy(number)]
    assert copies
    assert not any(ledger().story(number) for number in copies)


def test_stories_are_the_same_for_the_same_seed() -> None:
    again = Ledger(Scenario(until=UNTIL, leads=LEADS))
    assert [again.story(n) for n in range(100)] == [ledger().story(n) for n in range(100)]
    later = Ledger(Scenario(until=UNTIL + timedelta(days=1), leads=LEADS, seed=2))
    assert [later.story(n) for n in range(100)] != [ledger().story(n) for n in range(100)]

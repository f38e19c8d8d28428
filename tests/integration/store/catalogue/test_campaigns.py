"""Campaigns: every number is what the list behind it has, whatever has happened."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import text

from customcrm.clock import system_clock
from customcrm.contract.activities import ACTIVITY_TYPES, CreateActivity
from customcrm.crm.moments import week_span
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.campaigns import (
    MAX_OWNERS,
    WEEKS,
    CampaignPage,
    ChannelCount,
    Funnel,
    OwnerCount,
    StepCount,
    WeekCount,
)
from customcrm.operations.browsing.cards import CardFilter
from customcrm.operations.ports import Pair
from customcrm.store.backend import Store
from customcrm.store.catalogue.campaign_tallies import tallies_of
from tests.integration.store.driver import Driver
from tests.integration.store.sql import connected, rows, run
from tests.integration.store.world import NOW, create, logged, origin, update

TODAY = date(2026, 6, 1)
NAMES = ("Spring", "Año nuevo: 数", "C")
NOBODY = Funnel()


def said(
    store: Store,
    contact: str,
    type_: str,
    direction: str,
    at: datetime = NOW,
    *,
    step: int | None = None,
) -> None:
    """Log an activity, and no other like it."""
    metadata = {"sequenceIndex": step} if step else {}
    sent = CreateActivity(type_, direction, contact_id=contact, occurred_at=at, metadata=metadata)
    logged(store, sent, {}, f"{contact} {type_} {direction} {at} {step}".encode())


def page_of(store: Store, name: str) -> CampaignPage:
    store.project_pending()
    return store.catalogue.campaign(name, TODAY)


def numbers_of(page: CampaignPage) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every number of a page, with the filter of the list behind it."""
    stages: tuple[dict[str, Any], ...] = ({}, {"contacted": True}, {"connected": True},
                                          {"replied": True})  # fmt: skip
    yield from zip(page.line.funnel, stages, strict=True)
    yield page.waiting, {"waiting": True}
    counts = {one.type: one for one in page.channels}
    for type_ in ACTIVITY_TYPES:
        channel = counts.get(type_, ChannelCount(type_, 0, 0))
        yield channel.contacted, {"contacted_by": type_}
        yield channel.replied, {"replied_by": type_}
    steps = {one.step: one for one in page.steps}
    for number in range(7):
        step = steps.get(number, StepCount(number, 0, 0))
        yield step.sent, {"step": number}
        yield step.replied, {"replied_after": number}
    for week in page.weeks:
        yield week.contacted, {"contacted_in": week.monday + timedelta(days=3)}
        yield week.replied, {"replied_in": week.monday}
    for one in page.owners:
        whose = {"owned": False} if one.owner is None else {"owner": one.owner}
        for count, stage in zip(one.funnel, stages, strict=True):
            yield count, {**whose, **stage}


def assert_agrees(store: Store, name: str) -> CampaignPage:
    page = page_of(store, name)
    for number, chosen in numbers_of(page):
        found = store.catalogue.count_cards(Kind.CONTACT, CardFilter(campaign=name, **chosen))
        assert number == found, (name, chosen)
    return page


def assert_nothing_is_left_over(url: str) -> None:
    """What is counted is what the cards say, and nothing is counted that is no more."""
    counted: Counter[Any] = Counter()
    with connected(url) as connection:
        found = connection.exec_driver_sql("SELECT counted, last_activity FROM contact_cards")
        for row in found.mappings():
            counted.update(tallies_of(dict(row)))
    assert {tuple(row) for row in rows(url, "SELECT * FROM campaign_tallies")} == {
        (*tally, count) for tally, count in counted.items()
    }


def test_a_campaign_tells_how_far_its_people_have_come(store: Store) -> None:
    people = [
        {"externalId": f"e{n}", "campaigns": ["Spring", "Other"], "ownerId": f"user_{n % 2}"}
        for n in range(4)
    ]
    one, two, three, _ = create(store, *people)
    create(store, {"externalId": "x", "campaigns": "Spring"}, {"externalId": "y"})
    said(store, one, "LINKEDIN_CONNECTION", "OUTBOUND", step=1)
    said(store, one, "LINKEDIN_CONNECTION", "INBOUND", NOW + timedelta(days=1))
    said(store, one, "EMAIL", "OUTBOUND", NOW + timedelta(days=2), step=2)
    said(store, one, "EMAIL", "INBOUND", NOW + timedelta(days=8))
    said(store, two, "EMAIL", "OUTBOUND", step=1)
    said(store, three, "LINKEDIN", "INBOUND", NOW + timedelta(days=15))

    page = assert_agrees(store, "SPRING")

    assert page.line.funnel == Funnel(people=5, contacted=2, connected=1, replied=2)
    assert page.line.last_activity == (NOW + timedelta(days=15)).date()
    assert page.waiting == 2
    assert page.channels == (
        ChannelCount("EMAIL", 2, 1),
        ChannelCount("LINKEDIN", 0, 1),
        ChannelCount("LINKEDIN_CONNECTION", 1, 0),
    )
    assert page.steps == (StepCount(1, 2, 0), StepCount(2, 1, 1), StepCount(0, 0, 1))
    assert page.weeks == (
        WeekCount(date(2025, 12, 29), 2, 0),
        WeekCount(date(2026, 1, 5), 0, 1),
        WeekCount(date(2026, 1, 12), 0, 1),
    )
    assert set(page.owners) == {
        OwnerCount("user_0", Funnel(2, 1, 1, 2)),
        OwnerCount("user_1", Funnel(2, 1, 0, 0)),
        OwnerCount(None, Funnel(1, 0, 0, 0)),
    }
    assert page.more_owners is False
    lines = {line.name: line.funnel.people for line in store.catalogue.campaign_lines()}
    assert lines == {"Spring": 5, "Other": 4}


def test_a_campaign_that_nobody_is_in_is_empty_and_not_listed(store: Store) -> None:
    (one,) = create(store, {"externalId": "e", "campaigns": ["Old", "OLD", "Other"]})
    assert page_of(store, "old").line.funnel.people == 1
    assert len(store.catalogue.campaign_lines()) == 2
    update(store, {"crmId": one, "campaigns": "Other"})

    page = page_of(store, "Old")

    assert page.line.funnel == NOBODY
    assert (page.channels, page.steps, page.weeks, page.owners) == ((), (), (), ())
    assert page.line.last_activity is None
    assert [line.name for line in store.catalogue.campaign_lines()] == ["Other"]
    assert page_of(store, "never heard of").line.funnel == NOBODY


def test_weeks_end_with_the_last_one_that_has_come(store: Store) -> None:
    moments = [datetime(1971, 1, 1, tzinfo=UTC), NOW - timedelta(weeks=40), NOW,
               datetime(9999, 12, 31, tzinfo=UTC)]  # fmt: skip
    ids = create(store, *[{"externalId": f"e{n}", "campaigns": "C"} for n in range(4)])
    for one, at in zip(ids, moments, strict=True):
        said(store, one, "EMAIL", "OUTBOUND", at)

    page = assert_agrees(store, "C")

    assert page.weeks == (WeekCount(date(2025, 12, 29), 1, 0),)
    assert page.line.funnel.contacted == 4
    early = store.catalogue.campaign("C", date(1971, 2, 1))
    assert early.weeks == (WeekCount(date(1970, 12, 28), 1, 0),)
    assert len(page.weeks) <= WEEKS


@pytest.mark.parametrize(
    ("zone", "monday"),
    [
        ("UTC", date(2026, 3, 2)),
        ("Pacific/Kiritimati", date(2026, 3, 2)),
        ("America/Los_Angeles", date(2026, 2, 23)),
        ("Asia/Kathmandu", date(2026, 3, 2)),
    ],
)
def test_weeks_are_those_of_whoever_looks(store: Store, zone: str, monday: date) -> None:
    """Monday, 2 March 2026, 03:00 in UTC is still Sunday in Los Angeles."""
    (one,) = create(store, {"externalId": "1", "campaigns": "C"})
    said(store, one, "EMAIL", "OUTBOUND", datetime(2026, 3, 2, 3, 0, tzinfo=UTC))
    said(store, one, "EMAIL", "INBOUND", datetime(2026, 3, 2, 3, 10, tzinfo=UTC))
    store.project_pending()
    local = ZoneInfo(zone)
    page = store.catalogue.campaign("C", date(2026, 3, 10), local)
    assert [week for week in page.weeks if week.contacted] == [WeekCount(monday, 1, 1)]
    for days in range(-8, 15):
        day = monday + timedelta(days=days)
        span = week_span(day, local)
        contacted = CardFilter(contacted_in=day, contacted_span=span)
        replied = CardFilter(replied_in=day, replied_span=span)
        for chosen in (contacted, replied):
            found = store.catalogue.count_cards(Kind.CONTACT, chosen)
            assert found == (1 if 0 <= days < 7 else 0)


def test_only_so_many_owners_are_shown_and_odd_ones_break_nothing(store: Store) -> None:
    owners: list[Any] = [f"u{n}" for n in range(MAX_OWNERS)]
    odd = ["x" * 301, " ", 7, True, {"a": 1}]
    people = [
        {"externalId": f"e{n}", "campaigns": "C", "ownerId": one}
        for n, one in enumerate([*owners, *owners, *odd])
    ]
    create(store, *people)

    page = assert_agrees(store, "C")

    assert len(page.owners) == MAX_OWNERS
    assert page.more_owners
    assert {one.funnel.people for one in page.owners} == {2}


def test_a_company_tells_how_far_its_people_have_come(store: Store) -> None:
    (one,) = create(store, {"externalId": "e"})
    (firm, other) = create(
        store, {"externalId": "f", "name": "A"}, {"externalId": "g", "name": "B"}, kind=Kind.COMPANY
    )
    create_associations(store, [Pair(one, firm, {})], origin())
    said(store, one, "LINKEDIN_CONNECTION", "INBOUND")
    sent = CreateActivity("EMAIL", "OUTBOUND", company_id=other, occurred_at=NOW)
    logged(store, sent, {}, b"own")
    store.project_pending()

    def count(**chosen: Any) -> int:
        return store.catalogue.count_cards(Kind.COMPANY, CardFilter(**chosen))

    assert (count(connected=True), count(contacted=True), count(replied=True)) == (1, 1, 0)
    said(store, one, "LINKEDIN", "INBOUND", NOW + timedelta(days=1))
    store.project_pending()
    assert (count(connected=True), count(contacted=True), count(replied=True)) == (1, 1, 1)


class Life:
    """What may happen to contacts, one thing after the other."""

    def __init__(self, store: Store, url: str, seed: int) -> None:
        self.store, self.url = store, url
        self.dice = Random(seed)  # noqa: S311 - a game
        self.ids: list[str] = []

    def _campaigns(self) -> str:
        return ", ".join(self.dice.sample(NAMES, self.dice.randrange(3)))

    def come(self) -> None:
        said_of = {"campaigns": self._campaigns(), "ownerId": self.dice.choice(["u1", "u2", None])}
        told = {"externalId": f"e{self.dice.randrange(40)}", **said_of}
        (one,) = create(self.store, told)
        self.ids = list(dict.fromkeys([*self.ids, one]))

    def change(self) -> None:
        one = self.dice.choice(self.ids)
        changes: list[dict[str, Any]] = [
            {"campaigns": self._campaigns()},
            {"ownerId": "u3"},
            {"campaigns": None},
            {"ownerId": None},
        ]
        what = self.dice.choice(changes)
        update(self.store, {"crmId": one, **what})

    def talk(self) -> None:
        type_ = self.dice.choice(ACTIVITY_TYPES)
        direction = self.dice.choice(["INBOUND", "OUTBOUND"])
        at = NOW + timedelta(hours=self.dice.randrange(-1_000, 2_000))
        step = self.dice.randrange(5)
        said(self.store, self.dice.choice(self.ids), type_, direction, at, step=step)

    def go(self) -> None:
        gone = "UPDATE contacts SET deleted_at = 1 WHERE id = :id"
        self._write(gone, self.dice.choice(self.ids))

    def come_back(self) -> None:
        back = "UPDATE contacts SET deleted_at = NULL WHERE id = :id"
        self._write(back, self.dice.choice(self.ids))

    def merge(self) -> None:
        one, other = self.dice.sample(self.ids, 2)
        merged = {row[0] for row in rows(self.url, "SELECT merged_into FROM contacts")}
        if one not in merged:
            alive = (
                "UPDATE contacts SET merged_into = :other WHERE id = :id AND merged_into IS NULL"
                " AND EXISTS (SELECT 1 FROM contacts AS o WHERE o.id = :other"
                " AND o.merged_into IS NULL)"
            )
            self._write(alive, one, other=other)
            self._write("SELECT :id", other)

    def _write(self, statement: str, one: str, **values: str) -> None:
        run(self.url, statement, id=one, **values)
        run(self.url, "INSERT INTO outbox (record_id) VALUES (:id)", id=one)


@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_equal_their_lists_whatever_happens(
    store: Store, database_url: str, seed: int
) -> None:
    life = Life(store, database_url, seed)
    for _ in range(6):
        life.come()
    pages: list[CampaignPage] = []
    deeds = [life.come, life.change, life.talk, life.talk, life.talk, life.go, life.come_back]
    for _ in range(5):
        for _ in range(25):
            life.dice.choice([*deeds, life.merge])()
        pages = [assert_agrees(store, name) for name in NAMES]
        lines = {line.name: line for line in store.catalogue.campaign_lines()}
        assert lines == {page.line.name: page.line for page in pages if page.line.funnel.people}
        assert_nothing_is_left_over(database_url)
    assert any(page.line.funnel.replied for page in pages)
    assert any(page.steps and page.owners for page in pages)


def test_what_was_sent_before_is_told_its_step(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.upgrade
    monkeypatch.setattr(command, "upgrade", lambda config, _: real(config, "0003"))
    Store(database_url, system_clock).close()
    monkeypatch.undo()
    at = int(NOW.timestamp()) * 1_000_000
    insert = (
        "INSERT INTO contacts (id, properties, created_at, updated_at) "
        "VALUES ('c0', '{\"campaigns\":\"C\"}', :at, :at)"
    )
    run(database_url, insert, at=at)
    for number, (direction, subject, metadata) in enumerate(
        [
            ("OUTBOUND", "[1/3] [FROM Acme] Jo", None),
            ("OUTBOUND", None, '{"sequenceIndex":2}'),
            ("INBOUND", "[3/3] quoted", None),
            ("OUTBOUND", "[Acme] Jo", '{"other":1}'),
        ]
    ):
        run(
            database_url,
            "INSERT INTO activities (id, type, direction, subject, metadata, contact_id,"
            " properties, created_at, happened_at) VALUES (:id, 'EMAIL', :direction, :subject,"
            " :metadata, 'c0', '{}', :at, :at)",
            id=f"a{number}",
            direction=direction,
            subject=subject,
            metadata=metadata,
            at=at + number,
        )

    with closing(Store(database_url, system_clock)) as store:
        page = assert_agrees(store, "C")

    assert rows(database_url, "SELECT step FROM activities ORDER BY id") == [
        (1,),
        (2,),
        (None,),
        (None,),
    ]
    assert page.steps == (StepCount(1, 1, 0), StepCount(2, 1, 1))


def test_no_page_of_campaigns_scans_a_table(
    driver: Driver, store: Store, database_url: str
) -> None:
    people = [
        {"externalId": f"e{n}", "campaigns": f"C{n % 300}", "ownerId": f"u{n % 40}"}
        for n in range(900)
    ]
    one, *_ = create(store, *people)
    said(store, one, "EMAIL", "OUTBOUND", step=1)
    store.project_pending()
    others = [{"campaign": f"x{n // 100}", "key": str(n)} for n in range(20_000)]
    with connected(database_url) as connection:
        connection.execute(
            text("INSERT INTO campaign_tallies VALUES (:campaign, 'step', :key, 1)"), others
        )
        connection.exec_driver_sql("ANALYZE")
    driver.clear()
    store.catalogue.campaign_lines()
    store.catalogue.campaign("C1", TODAY)
    store.catalogue.campaign("C0", TODAY)

    prefix = "EXPLAIN QUERY PLAN" if database_url.startswith("sqlite") else "EXPLAIN"
    with connected(database_url) as connection:
        plans = {
            str(row[-1])
            for statement in driver.data
            for row in connection.exec_driver_sql(
                f"{prefix} {statement.text}", statement.parameters
            )
        }
    big = "campaign_tallies|contact_cards|contacts|activities"
    assert [one for one in plans if re.search(rf"(SCAN|Seq Scan on) ({big})\b", one)] == []
    assert any("campaign_tallies" in one for one in plans)


def test_unknown_types_count_as_channels_and_their_replies_as_replies(store: Store) -> None:
    one, other = create(
        store, {"externalId": "1", "campaigns": "C"}, {"externalId": "2", "campaigns": "C"}
    )
    said(store, one, "WHATSAPP", "OUTBOUND")
    said(store, other, "WHATSAPP", "OUTBOUND")
    said(store, other, "WHATSAPP", "INBOUND", NOW + timedelta(hours=1))
    said(store, other, "VISIT", "SIDEWAYS", NOW + timedelta(hours=2))
    page = page_of(store, "C")
    assert page.line.funnel == Funnel(2, 2, 0, 1)
    assert page.channels == (ChannelCount("WHATSAPP", 2, 1),)
    assert page.waiting == 1
    cards = store.catalogue.cards_by_id(Kind.CONTACT, [one, other])
    assert [cards[each].channels for each in (one, other)] == [("OTHER",), ("OTHER",)]
    by_other = CardFilter(contacted_by="OTHER"), CardFilter(replied_by="OTHER")
    assert [store.catalogue.count_cards(Kind.CONTACT, one) for one in by_other] == [2, 1]
    listed = store.catalogue.count_cards(Kind.CONTACT, CardFilter(channel="OTHER"))
    assert listed == store.catalogue.count_cards(Kind.CONTACT, CardFilter(replied=True)) + 1 == 2


def test_no_contact_is_counted_by_more_types_than_can_be_read(store: Store) -> None:
    (one,) = create(store, {"externalId": "1", "campaigns": "C"})
    for number in range(30):
        said(store, one, f"TYPE {number:02}", "OUTBOUND")
    channels = page_of(store, "C").channels
    assert [channel.type for channel in channels] == [f"TYPE {n:02}" for n in range(20)]


RECORDS: list[dict[str, Any]] = [
    {"externalId": "1", "campaigns": "Spain, Q2"},
    {"externalId": "2", "campaigns": ["Spain, Q2"]},
    {"externalId": "3", "campaigns": "Alpha, Beta"},
    {"externalId": "4", "campaigns": "Alpha"},
    {"externalId": "5", "campaigns": "Gamma; BETA"},
    {"externalId": "6", "campaigns": "Spain"},
    {"externalId": "7", "campaigns": "Q2"},
    {"externalId": "8", "campaigns": "Alpha, Delta"},
    {"externalId": "9", "campaigns": "alpha, gamma"},
    {"externalId": "10", "campaigns": ["Gamma", "Alpha, Delta"]},
]
PEOPLE_IN = {
    "Spain, Q2": 2,
    "Alpha": 3,
    "Beta": 2,
    "Gamma": 3,
    "Spain": 1,
    "Q2": 1,
    "Alpha, Delta": 2,
}


@pytest.mark.parametrize("seed", range(6))
def test_commas_are_read_alike_in_whatever_order_records_come(store: Store, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - an order
    records = dice.sample(RECORDS, len(RECORDS))
    while records:
        some, records = records[: 1 + seed], records[1 + seed :]
        create(store, *some)
        if dice.random() < 0.6:
            store.project_pending()
    store.project_pending()

    lines = {line.name.casefold(): line.funnel.people for line in store.catalogue.campaign_lines()}
    assert lines == {name.casefold(): people for name, people in PEOPLE_IN.items()}
    for name, people in PEOPLE_IN.items():
        assert store.catalogue.count_cards(Kind.CONTACT, CardFilter(campaign=name)) == people
    listed = {name.casefold() for name in store.catalogue.campaigns()}
    assert listed == {name.casefold() for name in PEOPLE_IN}


def test_a_text_is_one_campaign_until_all_its_parts_are(store: Store) -> None:
    def names() -> list[str]:
        store.project_pending()
        return sorted(line.name for line in store.catalogue.campaign_lines())

    create(store, {"externalId": "1", "campaigns": "Madrid, Q3"})
    assert names() == ["Madrid, Q3"]
    create(store, {"externalId": "2", "campaigns": "Madrid"})
    assert names() == ["Madrid", "Madrid, Q3"]
    create(store, {"externalId": "3", "campaigns": "Q3"})
    assert names() == ["Madrid", "Q3"]
    assert store.catalogue.campaigns() == ["Madrid", "Q3"]
    create(store, {"externalId": "4", "campaigns": ["Madrid, Q3"]})
    assert names() == ["Madrid", "Madrid, Q3", "Q3"]

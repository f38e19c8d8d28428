"""Lists of contacts and companies."""

from datetime import date, timedelta, tzinfo
from decimal import Decimal
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.ranges import Range, Scale, days_between
from customcrm.crm.records import Kind
from customcrm.iso8601 import parse_moment
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import Card, CardFilter, Cursor, Order, Sort
from customcrm.operations.ports import Pair
from customcrm.store.backend import Store
from customcrm.store.catalogue import cards as lists
from tests.integration.store.sql import run
from tests.integration.store.world import NOW, create, logged, origin, update

ANY = CardFilter()


def page(store: Store, chosen: CardFilter = ANY, kind: Kind = Kind.CONTACT) -> list[str]:
    """The names on the first page, the newest first."""
    store.project_pending()
    return [card.name for card in store.catalogue.cards(kind, chosen, Order(), None, 200).items]


def walk(store: Store, chosen: CardFilter, order: Order, size: int) -> list[Card]:
    """All lines, page after page; each step back leads to the page before."""
    found: list[Card] = []
    at: Cursor | None = None
    last: tuple[Card, ...] = ()
    while True:
        one = store.catalogue.cards(Kind.CONTACT, chosen, order, at, size)
        found += one.items
        assert (one.before is not None) == (at is not None and bool(one.items))
        if one.before is not None and one.ordered:
            back = store.catalogue.cards(Kind.CONTACT, chosen, order, one.before, size)
            assert back.items == last
        if one.after is None:
            return found
        last, at = one.items, one.after


@pytest.fixture
def crowd(store: Store) -> Store:
    """Forty contacts, of whom several share each value that a list can be ordered by."""
    for number in range(40):
        (contact,) = create(
            store,
            {
                "externalId": f"e{number}",
                "firstName": f"Zoë{number % 7}",
                "company": f"Acme {number % 3}",
                "level": number % 4,
            },
            at=NOW + timedelta(minutes=number // 4),
        )
        if number % 5:
            when = NOW + timedelta(hours=number % 6)
            logged(
                store,
                CreateActivity("EMAIL", "INBOUND", contact_id=contact, occurred_at=when),
                {},
                str(number).encode(),
            )
    store.project_pending()
    return store


BOUNDS = [(3_000, 10_000), (5, 10_000), (5, 15)]
"""How many cards are ordered whole, and how many are looked at for a page."""


def test_every_order_shows_every_line_once_in_both_directions(
    crowd: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = [ANY, CardFilter(search="zoe acme"), CardFilter(replied=True)]
    for few, window in BOUNDS:
        monkeypatch.setattr(lists, "FEW", few)
        monkeypatch.setattr(lists, "WINDOW", window)
        for sort, descending, chosen in product(Sort, [False, True], searches):
            found = walk(crowd, chosen, Order(sort, descending), 14)

            assert len({card.id for card in found}) == len(found) == (32 if chosen.replied else 40)
            if window > 40 or chosen == ANY:
                keys = [_key(card, sort) for card in found]
                assert keys == sorted(keys, reverse=descending)


def _key(card: Card, sort: Sort) -> Any:
    return {
        Sort.CREATED: card.created_at,
        Sort.UPDATED: card.updated_at,
        Sort.NAME: card.name.lower(),
        Sort.COMPANY: card.company,
        Sort.LAST_ACTIVITY: card.last_activity_at or NOW - timedelta(days=1),
    }[sort]


def test_a_list_is_filtered_by_everything_that_can_be_said(store: Store) -> None:
    said = {
        "externalId": "e1",
        "firstName": "José",
        "lastName": "Muñoz",
        "email": "jose.munoz@acme.example",
        "title": "Head of Sales",
        "ownerId": "user_1",
        "campaigns": "Spring 26; Autumn",
        "Level": 3,
        "vip": True,
    }
    one, _ = create(store, said, {"externalId": "e2", "firstName": "Ann", "email": "a@b.example"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {})], origin(NOW))
    logged(store, CreateActivity("LINKEDIN", "INBOUND", contact_id=one, occurred_at=NOW), {}, b"1")
    update(store, {"crmId": one, "engaged_by_genesy": "Yes"}, at=NOW + timedelta(days=1))
    after, tomorrow = NOW + timedelta(seconds=1), NOW + timedelta(days=1)

    meant = [
        CardFilter(search="jose MUNOZ"),
        CardFilter(search="mun acm"),
        CardFilter(search="jose.munoz@acme.example"),
        CardFilter(search="head sal"),
        CardFilter(owner="user_1"),
        CardFilter(company=firm),
        CardFilter(campaign="spring 26"),
        CardFilter(channel="LINKEDIN"),
        CardFilter(replied=True),
        CardFilter(engaged=True),
        CardFilter(updated_from=tomorrow),
        CardFilter(properties=(("Level", "3"), ("vip", "TRUE"), ("title", "head of sales"))),
        CardFilter(properties=(("engaged_by_genesy", None),)),
        CardFilter(search="jo", owner="user_1", replied=True, created_to=after),
    ]
    assert [page(store, chosen) for chosen in meant] == [["José Muñoz"]] * len(meant)
    assert [store.catalogue.count_cards(Kind.CONTACT, chosen) for chosen in meant] == [1] * len(
        meant
    )

    others = [
        CardFilter(search="jose smith"),
        CardFilter(owner="user_2"),
        CardFilter(company="company_x"),
        CardFilter(campaign="spring"),
        CardFilter(channel="EMAIL"),
        CardFilter(created_from=after),
        CardFilter(created_to=NOW),
        CardFilter(properties=(("level", None),)),
        CardFilter(properties=(("Level", "4"),)),
        CardFilter(search='" OR 1 * ('),
    ]
    assert [page(store, chosen) for chosen in others[:-1]] == [[]] * (len(others) - 1)
    assert [store.catalogue.count_cards(Kind.CONTACT, chosen) for chosen in others] == [0] * len(
        others
    )
    assert page(store, CardFilter(replied=False)) == ["Ann"]
    assert page(store, CardFilter(engaged=False)) == ["Ann"]
    assert page(store, CardFilter(updated_to=after)) == ["Ann"]
    assert page(store, CardFilter(search="acme"), Kind.COMPANY) == ["Acme"]


def test_a_card_tells_what_is_known(store: Store) -> None:
    one, two = create(
        store,
        {"externalId": "e1", "email": "jo@x.example", "title": "CEO", "ownerId": "u"},
        {"externalId": "e2", "firstName": "Bo", "company": "Own words"},
    )
    (firm,) = create(
        store, {"externalId": "f", "name": "Acme", "domain": "acme.example"}, kind=Kind.COMPANY
    )
    create_associations(store, [Pair(one, firm, {}), Pair(two, firm, {})], origin())
    for number, direction in enumerate(["OUTBOUND", "INBOUND", "OUTBOUND"]):
        at = NOW + timedelta(hours=number)
        sent = CreateActivity("EMAIL", direction, contact_id=one, occurred_at=at)
        logged(store, sent, {}, direction.encode() + str(number).encode())
    reply = NOW + timedelta(days=2)
    logged(
        store, CreateActivity("LINKEDIN", "INBOUND", contact_id=two, occurred_at=reply), {}, b"x"
    )
    logged(store, CreateActivity("EMAIL", "OUTBOUND", company_id=firm, occurred_at=NOW), {}, b"y")
    store.project_pending()

    found = store.catalogue.cards_by_id(Kind.CONTACT, [one, two, "contact_x"])

    assert found == {
        one: Card(
            id=one,
            name="jo@x.example",
            created_at=NOW,
            updated_at=NOW,
            owner="u",
            last_activity_at=NOW + timedelta(hours=2),
            last_inbound_at=NOW + timedelta(hours=1),
            channels=("EMAIL",),
            activities=3,
            email="jo@x.example",
            title="CEO",
            company="Acme",
            properties={"email": "jo@x.example", "title": "CEO", "ownerId": "u"},
        ),
        two: Card(
            id=two,
            name="Bo",
            created_at=NOW,
            updated_at=NOW,
            last_activity_at=reply,
            last_inbound_at=reply,
            waiting=True,
            channels=("LINKEDIN",),
            activities=1,
            company="Own words",
            properties={"firstName": "Bo", "company": "Own words"},
        ),
    }
    company = store.catalogue.cards_by_id(Kind.COMPANY, [firm])[firm]
    assert (company.people, company.activities, company.waiting) == (2, 5, True)
    assert company.last_activity_at == company.last_inbound_at == reply
    assert company.channels == ("EMAIL", "LINKEDIN")
    assert (company.domain, company.email, company.company) == ("acme.example", None, None)


def test_deleted_and_merged_records_leave_the_list(store: Store, database_url: str) -> None:
    one, two, three = create(
        store,
        *[{"externalId": f"e{i}", "firstName": name} for i, name in enumerate(["A", "B", "C"])],
    )
    logged(store, CreateActivity("EMAIL", "INBOUND", contact_id=two, occurred_at=NOW), {}, b"x")
    assert page(store) == ["C", "B", "A"]

    run(database_url, "UPDATE contacts SET deleted_at = 1 WHERE id = :id", id=one)
    run(database_url, "UPDATE contacts SET merged_into = :to WHERE id = :id", id=two, to=three)
    run(database_url, "INSERT INTO outbox (record_id) VALUES (:a), (:b)", a=one, b=two)

    assert page(store) == ["C"]
    assert page(store, CardFilter(replied=True)) == ["C"]
    assert store.catalogue.count_cards(Kind.CONTACT, ANY) == 1
    found = store.catalogue.cards_by_id(Kind.CONTACT, [one, two])
    assert {asked: (card.id, card.activities) for asked, card in found.items()} == {two: (three, 1)}

    create(store, {"externalId": "e0", "firstName": "A2"})
    assert page(store) == ["A2", "C"]


def test_a_card_follows_its_record(store: Store) -> None:
    (one,) = create(store, {"externalId": "e", "firstName": "Ann"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {})], origin())
    assert page(store, CardFilter(search="ann")) == ["Ann"]

    update(store, {"crmId": one, "firstName": "Bea"}, at=NOW + timedelta(hours=1))
    update(store, {"crmId": firm, "name": "Zenith"}, kind=Kind.COMPANY)

    assert page(store, CardFilter(search="ann")) == []
    assert page(store, CardFilter(search="bea zen")) == ["Bea"]
    assert store.catalogue.cards_by_id(Kind.CONTACT, [one])[one].company == "Zenith"


def test_whoever_wrote_last_waits_until_somebody_answers(store: Store) -> None:
    ann, bob = create(store, *[{"externalId": n, "firstName": n} for n in ("Ann", "Bob")])
    waiting, answered = CardFilter(waiting=True), CardFilter(waiting=False)
    for number, (direction, contact) in enumerate(
        [("OUTBOUND", ann), ("INBOUND", ann), ("INBOUND", bob)]
    ):
        when = NOW + timedelta(hours=number)
        sent = CreateActivity("EMAIL", direction, contact_id=contact, occurred_at=when)
        logged(store, sent, {}, str(number).encode())
    assert page(store, waiting) == ["Bob", "Ann"]
    assert page(store, answered) == []

    when = NOW + timedelta(days=1)
    answer = CreateActivity("LINKEDIN", "OUTBOUND", contact_id=ann, occurred_at=when)
    logged(store, answer, {}, b"answer")

    assert page(store, waiting) == ["Bob"]
    assert page(store, answered) == page(store, CardFilter(replied=True, waiting=False)) == ["Ann"]
    assert store.catalogue.count_cards(Kind.CONTACT, waiting) == 1


def test_yes_and_no_are_found_as_words_and_as_truth_values(store: Store) -> None:
    values: list[Any] = ["Yes", True, "true", "No", False, "perhaps", 1]
    people = [
        {"externalId": str(n), "firstName": f"{value!r}", "optedIn": value}
        for n, value in enumerate(values)
    ]
    create(store, *people)
    for asked, names in [
        ("yes", {"'Yes'", "True", "'true'"}),
        ("True", {"'Yes'", "True", "'true'"}),
        ("No", {"'No'", "False"}),
        ("perhaps", {"'perhaps'"}),
    ]:
        chosen = CardFilter(properties=(("optedIn", asked),))
        assert set(page(store, chosen)) == names
        assert store.catalogue.count_cards(Kind.CONTACT, chosen) == len(names)
        both = CardFilter(properties=(("optedIn", asked), ("optedIn", None)))
        assert set(page(store, both)) == names


def test_numbers_and_days_are_found_by_the_ends_between_which_they_lie(store: Store) -> None:
    values: list[Any] = [5, "42", 50.5, -7, 1_200, True, "soon", None, "2026-03-01", "2026-04-02"]
    create(
        store,
        *[
            {"externalId": str(n), "firstName": f"{value!r}", "score": value}
            for n, value in enumerate(values)
        ],
    )
    for scale, first, last, names in [
        (Scale.NUMBER, 5, 50, {"5", "'42'"}),
        (Scale.NUMBER, 50, None, {"50.5", "1200"}),
        (Scale.NUMBER, None, 5, {"5", "-7"}),
        (Scale.NUMBER, 6, 5, set()),
        (Scale.DAY, 20260301, 20260331, {"'2026-03-01'"}),
        (Scale.DAY, 20260302, None, {"'2026-04-02'"}),
    ]:
        low, high = (None if end is None else Decimal(end) for end in (first, last))
        chosen = CardFilter(ranges=(("score", Range(scale, low, high)),))
        assert set(page(store, chosen)) == names
        assert store.catalogue.count_cards(Kind.CONTACT, chosen) == len(names)
        other = CardFilter(ranges=(("level", Range(scale, low, high)),))
        assert page(store, other) == []


MOMENTS = {
    "a day": "2026-03-01",
    "first in utc": "2026-03-01T00:30:00Z",
    "noon": "2026-03-01T13:00:00+01:00",
    "evening": "2026-03-01T18:20:00Z",
    "last in utc": "2026-03-01T23:59:59.999999Z",
    "early in utc": "2026-03-02T07:59:59Z",
    "without an offset": "2026-03-01T23:00:00",
}


def on_day(day: date, zone: tzinfo) -> set[str]:
    """The moments that are on a day of a zone; what has no offset is of its own day."""
    moments = {name: parse_moment(text, zone) for name, text in MOMENTS.items()}
    return {name for name, moment in moments.items() if moment.astimezone(zone).date() == day}


@pytest.mark.parametrize(
    "zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"]
)
def test_a_moment_is_found_by_the_day_that_it_is_for_whoever_looks(store: Store, zone: str) -> None:
    sent = [{"externalId": n, "firstName": n, "seen": value} for n, value in MOMENTS.items()]
    create(store, *sent)
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)):
        meant = days_between(day, day, ZoneInfo(zone))
        chosen = CardFilter(ranges=(("seen", meant),))
        expected = on_day(day, ZoneInfo(zone))
        assert set(page(store, chosen)) == expected
        assert store.catalogue.count_cards(Kind.CONTACT, chosen) == len(expected)


def test_a_range_within_a_time_is_walked_and_counted_whatever_is_too_much(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(24):
        sent = {"externalId": str(n), "score": n / 2, "level": n}
        create(store, sent, at=NOW + timedelta(minutes=n))
    store.project_pending()
    halves = Range(Scale.NUMBER, Decimal("1.5"), Decimal("9.5"))
    chosen = CardFilter(
        ranges=(("score", halves),),
        created_from=NOW + timedelta(minutes=6),
        created_to=NOW + timedelta(minutes=20),
    )
    for few, window in [(0, 3), (0, 100), (100, 100)]:
        monkeypatch.setattr(lists, "FEW", few)
        monkeypatch.setattr(lists, "WINDOW", window)
        for sort in (Sort.CREATED, Sort.NAME):
            found = walk(store, chosen, Order(sort), 4)
            levels = sorted(card.properties["level"] for card in found)
            assert levels == list(range(6, 20))
        assert store.catalogue.count_cards(Kind.CONTACT, chosen) == 14

"""Cards are made a moment later: of what the outbox names, once, whoever else writes."""

import threading
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from random import Random

import pytest
from alembic import command

from customcrm.clock import system_clock
from customcrm.contract.activities import CreateActivity
from customcrm.crm.card import Face, Facts, face_of
from customcrm.crm.records import Kind
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import CardFilter, Order, PropertyName
from customcrm.operations.browsing.events import ActivityFilter, Day
from customcrm.operations.ports import Pair
from customcrm.store.backend import Store
from customcrm.store.catalogue import projection
from customcrm.store.catalogue.projection import OvertakenError
from tests.integration.store.sql import connected, count, rows, run
from tests.integration.store.world import NOW, create, firms, logged, origin, people, update, within

ANY = CardFilter()
TODAY = Day(NOW.replace(hour=0, minute=0, second=0, microsecond=0), NOW + timedelta(days=1))


def _names(store: Store) -> list[str]:
    return [c.name for c in store.catalogue.cards(Kind.CONTACT, ANY, Order(), None, 200).items]


def test_a_write_only_says_what_it_has_changed(store: Store, database_url: str) -> None:
    one, two = create(store, *people(2))
    (firm,) = create(store, *firms(1), kind=Kind.COMPANY)
    assert rows(database_url, "SELECT record_id FROM outbox ORDER BY number") == [
        (one,),
        (two,),
        (firm,),
    ]
    assert count(database_url, "contact_cards") == 0

    assert store.project_pending() >= 3

    assert count(database_url, "outbox") == 0
    assert count(database_url, "contact_cards") == 2
    assert store.project_pending() == 0
    update(store, {"crmId": one, "email": "p-0@acme.example"})
    assert count(database_url, "outbox") == 0


def test_the_thread_makes_cards_and_goes_on_where_it_was_stopped(database_url: str) -> None:
    with closing(Store(database_url, system_clock)) as store:
        create(store, {"externalId": "e1", "firstName": "Ann"})
    with closing(Store(database_url, system_clock)) as store:
        store.keep_cards()

        def wait_for(names: list[str]) -> bool:
            while _names(store) != names:
                pass
            return True

        assert within(lambda: wait_for(["Ann"]))
        create(store, {"externalId": "e2", "firstName": "Bea"})
        assert within(lambda: wait_for(["Bea", "Ann"]))
    assert "projector" not in {thread.name for thread in threading.enumerate()}


def test_a_round_that_dies_is_done_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = create(store, {"externalId": "e1", "firstName": "Ann"})
    logged(store, CreateActivity("EMAIL", contact_id=one, occurred_at=NOW), {}, b"1")

    def die(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(projection, "add_tallies", die)
    with pytest.raises(RuntimeError):
        store.project_pending()
    assert _names(store) == []
    monkeypatch.undo()

    store.project_pending()

    assert _names(store) == ["Ann"]
    assert store.catalogue.count_activities(ActivityFilter()) == 1


def test_one_odd_record_keeps_no_other_from_its_card(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(store, {"externalId": "e1", "firstName": "Ann"}, {"externalId": "e2", "firstName": "B"})

    def odd(kind: Kind, properties: dict[str, str], facts: Facts) -> Face:
        if properties["firstName"] == "Ann":
            raise ValueError
        return face_of(kind, properties, facts)

    monkeypatch.setattr("customcrm.store.catalogue.facts.face_of", odd)
    store.project_pending()

    assert _names(store) == ["B"]


def test_an_older_round_never_writes_over_a_newer_one(store: Store, database_url: str) -> None:
    (one,) = create(store, {"externalId": "e1", "firstName": "Old"})
    with connected(database_url) as connection:
        old = projection.read_round(connection, 100)
    update(store, {"crmId": one, "firstName": "New"})
    store.project_pending()

    with pytest.raises(OvertakenError), connected(database_url) as connection:
        projection.write_round(connection, old)

    assert _names(store) == ["New"]
    assert store.catalogue.count_cards(Kind.CONTACT, ANY) == 1


def test_cards_are_made_while_others_write(store: Store) -> None:
    store.keep_cards()

    def writer(mark: str) -> None:
        ids = create(store, *people(20, mark))
        for number, one in enumerate(ids):
            update(store, {"crmId": one, "firstName": f"{mark}{number}"})

    threads = [threading.Thread(target=writer, args=(mark,)) for mark in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    within(store.project_pending)

    assert sorted(_names(store)) == sorted(f"{mark}{n}" for mark in "abc" for n in range(20))
    assert store.catalogue.count_cards(Kind.CONTACT, ANY) == 60


class Fate:
    """What befalls records, by dice that fall the same every time."""

    def __init__(self, store: Store, url: str) -> None:
        self._store, self._url = store, url
        self._dice = Random(7)  # noqa: S311 - chance is not for keeping a secret here
        self._ids: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        self._merged: set[str] = set()

    def strike(self, step: int) -> None:
        kind = self._dice.choice(list(Kind))
        at = NOW - timedelta(hours=self._dice.randrange(60))
        match self._dice.choice(["create", "create", "log", "delete", "restore", "merge", "make"]):
            case "create":
                said = {"externalId": f"{kind}{step}"}
                self._ids[kind] += create(self._store, said, kind=kind, at=at)
            case "log":
                self._log(step, at)
            case "make":
                self._store.project_pending()
            case what:
                self._change(kind, what)

    def _log(self, step: int, at: datetime) -> None:
        contact = self._dice.choice([*self._ids[Kind.CONTACT], "unknown"])
        direction = self._dice.choice(["INBOUND", None])
        sent = CreateActivity("EMAIL", direction, contact_id=contact, occurred_at=at)
        logged(self._store, sent, {}, str(step).encode())

    def _change(self, kind: Kind, what: str) -> None:
        free = [one for one in self._ids[kind] if one not in self._merged]
        if len(free) < 2:
            return
        one, other = self._dice.sample(free, 2)
        change = {
            "delete": "deleted_at = 5",
            "restore": "deleted_at = NULL",
            "merge": "merged_into = :other",
        }[what]
        values = {"one": one}
        if what == "merge":
            self._merged |= {one, other}
            values["other"] = other
        plural = {Kind.CONTACT: "contacts", Kind.COMPANY: "companies"}[kind]
        run(self._url, f"UPDATE {plural} SET {change} WHERE id = :one", **values)  # noqa: S608
        run(self._url, "INSERT INTO outbox (record_id) VALUES (:a), (:b)", a=one, b=other)


def test_tallies_are_what_a_plain_count_gives(store: Store, database_url: str) -> None:
    fate = Fate(store, database_url)
    for step in range(70):
        fate.strike(step)
    store.project_pending()

    end = NOW.replace(minute=15, second=0, microsecond=0)
    days = [Day(end - timedelta(days=n + 1), end - timedelta(days=n)) for n in range(3)]
    home = store.catalogue.home(TODAY, days, NOW)

    assert sum(day.contacts for day in home.days) > 2
    for day in home.days:
        assert _counted(database_url, day.day) == (day.contacts, day.companies, day.activities)
    assert home.totals.contacts == _living(database_url, "contacts", "1 = 1")
    assert home.totals.companies == _living(database_url, "companies", "1 = 1")
    assert home.totals.contacts == count(database_url, "contact_cards")
    assert home.totals.activities == count(database_url, "activities")
    _check_words(database_url)


def _living(url: str, table: str, condition: str, **values: int) -> int:
    query = (
        f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL "  # noqa: S608 - literals
        f"AND merged_into IS NULL AND {condition}"
    )
    number: int = rows(url, query, **values)[0][0]
    return number


def _counted(url: str, day: Day) -> tuple[int, int, dict[tuple[str, str], int]]:
    first, last = (int(moment.timestamp()) * 1_000_000 for moment in day)
    between = "created_at >= :first AND created_at < :last"
    kinds = rows(
        url,
        "SELECT type, coalesce(direction, ''), count(*) FROM activities "
        "WHERE happened_at >= :first AND happened_at < :last GROUP BY 1, 2",
        first=first,
        last=last,
    )
    return (
        _living(url, "contacts", between, first=first, last=last),
        _living(url, "companies", between, first=first, last=last),
        {(kind, way): number for kind, way, number in kinds},
    )


def _check_words(url: str) -> None:
    """What finds words is what the cards say, to the letter."""
    for kind in Kind:
        if url.startswith("sqlite"):
            words = f"{kind}_words"
            run(url, f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        else:
            numbers = [
                Counter(rows(url, f"SELECT number FROM {table}"))  # noqa: S608
                for table in (f"{kind}_words", f"{kind}_cards")
            ]
            assert numbers[0] == numbers[1]


def test_properties_are_named_with_where_they_come_from(store: Store) -> None:
    (one,) = create(
        store, {"externalId": "e", "email": "a@b.example", "score": 1, "campaigns": "B; A"}
    )
    update(store, {"crmId": one, "engaged_by_genesy": "Yes", "score": 2})
    store.project_pending()

    assert list(store.catalogue.property_names(Kind.CONTACT)) == [
        PropertyName("campaigns", "documented"),
        PropertyName("email", "documented"),
        PropertyName("engaged_by_genesy", "engagement"),
        PropertyName("score", "custom"),
    ]
    assert store.catalogue.property_names(Kind.COMPANY) == []
    assert list(store.catalogue.campaigns()) == ["A", "B"]


def test_what_an_older_version_has_kept_gets_its_cards(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.upgrade
    monkeypatch.setattr(command, "upgrade", lambda config, _: real(config, "0001"))
    Store(database_url, system_clock).close()
    monkeypatch.undo()
    moment = int(NOW.timestamp()) * 1_000_000
    for number, gone in enumerate(["NULL", "5"]):
        run(
            database_url,
            "INSERT INTO contacts (id, properties, created_at, updated_at, deleted_at) "  # noqa: S608
            f"VALUES (:id, :said, :at, :at, {gone})",
            id=f"c{number}",
            said='{"firstName":"Ann"}',
            at=moment,
        )
    run(
        database_url,
        "INSERT INTO activities (id, type, direction, contact_id, properties, created_at) "
        "VALUES ('a1', 'EMAIL', 'INBOUND', 'c0', '{}', :at)",
        at=moment,
    )

    with closing(Store(database_url, system_clock)) as store:
        assert store.migrated
        store.project_pending()

        (card,) = store.catalogue.cards(Kind.CONTACT, ANY, Order(), None, 10).items
        assert (card.id, card.name, card.waiting, card.activities) == ("c0", "Ann", True, 1)
        assert card.last_activity_at == NOW.replace(microsecond=0)
        assert store.catalogue.count_activities(ActivityFilter(type="EMAIL")) == 1
        (line,) = store.catalogue.activities(ActivityFilter(), None, 10).items
        assert line.happened_at == NOW.replace(microsecond=0)


def test_a_company_tells_of_its_people_and_they_of_it(store: Store, database_url: str) -> None:
    (one,) = create(store, {"externalId": "e", "firstName": "Ann"})
    (firm,) = create(store, {"externalId": "f", "name": "Acme"}, kind=Kind.COMPANY)
    create_associations(store, [Pair(one, firm, {})], origin())
    store.project_pending()
    logged(store, CreateActivity("EMAIL", "INBOUND", contact_id=one, occurred_at=NOW), {}, b"1")
    store.project_pending()
    card = store.catalogue.cards_by_id(Kind.COMPANY, [firm])[firm]
    assert (card.people, card.activities, card.waiting) == (1, 1, True)

    run(database_url, "UPDATE companies SET deleted_at = 5 WHERE id = :id", id=firm)
    run(database_url, "INSERT INTO outbox (record_id) VALUES (:id)", id=firm)
    store.project_pending()
    assert store.catalogue.count_cards(Kind.CONTACT, CardFilter(company=firm)) == 0

    run(database_url, "UPDATE companies SET deleted_at = NULL WHERE id = :id", id=firm)
    run(database_url, "INSERT INTO outbox (record_id) VALUES (:id)", id=firm)
    store.project_pending()
    assert store.catalogue.count_cards(Kind.CONTACT, CardFilter(company=firm)) == 1

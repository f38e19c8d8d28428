"""What is derived from messages when they are stored: text, what a machine sent, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from customcrm.contract.activities import CreateActivity
from customcrm.crm.automatic_subjects import Automatic
from customcrm.crm.message_text import message_text
from customcrm.crm.records import Kind
from customcrm.operations.activities import create_activity
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.events import ActivityFilter, ActivityLine
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.store.backend import Store
from customcrm.store.tables import ACTIVITIES
from tests.integration.store.sql import connected
from tests.integration.store.world import NOW, create, origin, request
from tests.unit.crm.mails import mails

BODIES = [
    "Hi Ann,\n\nTuesday suits us.  \n\n\n\nJane",
    "I&#39;m interested &amp; free",
    "<p>Hello</p><p>there</p>",
    "Hi,\n\n> one?\n\nYes.\n\n> two?\n\nNo.",
    f"<style>{'x' * 30_000}</style><p>Answer</p>",
    "word " * 30_000,
    "",
    None,
    "Re: what you said:\n- all is fine",
    *(mail.body for mail in list(mails())[::40]),
]


def log(store: Store, at: datetime, body: str | None = None, **fields: Any) -> str:
    """Log an activity that comes at this moment."""
    sent = CreateActivity(fields.pop("type", "EMAIL"), body=body, **fields)
    key = request(
        repr((at, body, sorted(fields.items(), key=str))).encode(), None, "createActivity"
    )
    return create_activity(store, sent, {}, key, origin(at)).activity.id


def messages(store: Store, contact: str) -> list[ActivityLine]:
    page = store.catalogue.timeline(Kind.CONTACT, contact, TimelineFilter(), None, 60)
    return [entry.activity for entry in page.entries if entry.activity]


def names(store: Store, chosen: CardFilter, kind: Kind = Kind.CONTACT) -> list[str]:
    store.project_pending()
    return [card.name for card in store.catalogue.cards(kind, chosen, Order(), None, 60).items]


def forget(database_url: str) -> None:
    """Have all activities as they were before anything was derived from them."""
    with connected(database_url) as connection:
        connection.execute(update(ACTIVITIES).values(excerpt=None, message=None, automatic=None))


def test_pages_show_the_text_that_was_derived(store: Store, database_url: str) -> None:
    (one,) = create(store, {"externalId": "1"})
    for number, body in enumerate(BODIES):
        log(store, NOW + timedelta(seconds=number), body, contact_id=one)

    stored = messages(store, one)
    listed = store.catalogue.activities(ActivityFilter(), None, 60).items
    forget(database_url)
    derived = messages(store, one)

    expected = [message_text(body) for body in BODIES[::-1]]
    assert [line.message for line in stored] == expected
    assert [line.message for line in derived] == expected
    assert [line.excerpt for line in listed] == [text.excerpt for text in expected]
    assert [line.activity.body for line in [*stored, *listed]] == [None] * 2 * len(BODIES)
    again = store.catalogue.activities(ActivityFilter(), None, 60).items
    assert [line.excerpt for line in again] == [text.excerpt for text in expected]


def test_a_body_that_is_its_own_text_is_stored_once(store: Store, database_url: str) -> None:
    log(store, NOW, "Hi Ann,\n\nTuesday suits us.")
    log(store, NOW, "<p>Hi Ann</p>")
    with connected(database_url) as connection:
        stored = connection.execute(select(func.count(ACTIVITIES.c.message))).scalar_one()
    assert stored == 1


MACHINES: list[dict[str, Any]] = [
    {"subject": "Automatic reply: Offer"},
    {"subject": "Abwesenheitsnotiz"},
    {"subject": "Undeliverable: Offer"},
    {"subject": "Lu : Offre"},
    {"subject": "Offer", "metadata": {"autoSubmitted": "auto-replied"}},
    {"subject": None, "metadata": {"headers": {"Precedence": "bulk"}}},
]


def test_what_a_machine_sent_is_no_reply_and_waits_for_no_answer(store: Store) -> None:
    ann, bob = create(store, *[{"externalId": n, "firstName": n} for n in ("Ann", "Bob")])
    for who in (ann, bob):
        log(store, NOW, direction="OUTBOUND", contact_id=who, metadata={"sequenceIndex": 1})
    for number, fields in enumerate(MACHINES):
        at = NOW + timedelta(minutes=1 + number)
        log(store, at, "I am away", direction="INBOUND", contact_id=ann, **fields)
    log(store, NOW + timedelta(hours=1), "Yes", direction="INBOUND", contact_id=bob)

    assert names(store, CardFilter(waiting=True)) == ["Bob"]
    assert names(store, CardFilter(replied=True)) == ["Bob"]
    assert names(store, CardFilter(replied=False)) == ["Ann"]
    kinds = [line.automatic for line in messages(store, ann) if line.automatic]
    assert kinds == [
        Automatic.REPLY,
        Automatic.REPLY,
        Automatic.RECEIPT,
        Automatic.UNDELIVERABLE,
        Automatic.AWAY,
        Automatic.REPLY,
    ]


def test_a_reply_before_an_automatic_one_still_waits(store: Store) -> None:
    (ann,) = create(store, {"externalId": "1", "firstName": "Ann"})
    log(store, NOW, "Yes", direction="INBOUND", contact_id=ann)
    later = NOW + timedelta(hours=1)
    log(store, later, "Away", direction="INBOUND", contact_id=ann, subject="Out of office")
    assert names(store, CardFilter(waiting=True)) == ["Ann"]


@pytest.mark.parametrize("subject", ["Out of office", "Undeliverable: x", None])
def test_an_automatic_message_of_a_company_is_no_reply(store: Store, subject: str | None) -> None:
    (firm,) = create(store, {"externalId": "1", "name": "Acme"}, kind=Kind.COMPANY)
    log(store, NOW, "x", direction="INBOUND", company_id=firm, subject=subject)
    assert names(store, CardFilter(waiting=True), Kind.COMPANY) == ([] if subject else ["Acme"])


FUTURE = datetime(2099, 1, 1, tzinfo=UTC)
PAST = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "waits"),
    [
        ([("INBOUND", FUTURE)], True),
        ([("INBOUND", FUTURE), ("OUTBOUND", None)], False),
        ([("OUTBOUND", FUTURE), ("INBOUND", None)], True),
        ([("OUTBOUND", FUTURE), ("INBOUND", FUTURE)], True),
        ([("OUTBOUND", None), ("INBOUND", PAST)], True),
        ([("INBOUND", PAST)], True),
        ([("INBOUND", PAST), ("OUTBOUND", PAST)], False),
        ([("INBOUND", datetime(1, 1, 1, tzinfo=UTC)), ("OUTBOUND", None)], False),
        ([("OUTBOUND", NOW), ("INBOUND", NOW - timedelta(days=3))], False),
        ([("INBOUND", None), ("INBOUND", FUTURE), ("OUTBOUND", None)], False),
        ([("OUTBOUND", None)], False),
        ([], False),
    ],
)
def test_who_wrote_last_is_known_whatever_the_dates(
    store: Store, events: list[tuple[str, datetime | None]], *, waits: bool
) -> None:
    (ann,) = create(store, {"externalId": "1", "firstName": "Ann"})
    for number, (direction, occurred) in enumerate(events):
        at = NOW + timedelta(minutes=number)
        log(store, at, str(number), direction=direction, contact_id=ann, occurred_at=occurred)
    assert names(store, CardFilter(waiting=True)) == (["Ann"] if waits else [])
    if events:
        assert all(line.happened_at <= NOW + timedelta(hours=1) for line in messages(store, ann))


@pytest.mark.parametrize(
    ("occurred", "last"),
    [
        ([None], None),
        ([NOW - timedelta(days=2), NOW - timedelta(days=1)], NOW - timedelta(days=1)),
        ([NOW - timedelta(days=1), NOW - timedelta(days=2)], NOW - timedelta(days=1)),
        ([FUTURE], NOW),
        ([NOW - timedelta(days=1), None], NOW - timedelta(days=1)),
        ([PAST, NOW - timedelta(days=1)], NOW),
    ],
)
def test_the_last_activity_is_no_later_than_it_came(
    store: Store, occurred: list[datetime | None], last: datetime | None
) -> None:
    (ann,) = create(store, {"externalId": "1"})
    for number, when in enumerate(occurred):
        log(store, NOW, str(number), contact_id=ann, occurred_at=when)
    dates = store.read(lambda reader: reader.last_activity_dates([ann]))
    assert dates == ({} if last is None else {ann: last})

"""Texts and moments of activities that an earlier version stored without them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.activity_text import activity_text
from customcrm.crm.records import Kind
from customcrm.store.backend import Store
from customcrm.store.derivations import activity_texts
from tests.integration.store.sql import rows, run
from tests.integration.store.world import NOW, create, logged

BODIES = (
    None,
    "",
    "Yes, let us talk on Monday.",
    "Yes.\n\nOn Tue, 3 Mar 2026 at 10:00, Ann Lee <ann@acme.example> wrote:\n> Hello\n> again",
    "<div><p>Monday is fine &amp; early</p></div><blockquote>Hello</blockquote>",
    "<style>p {color: red}</style><p>Hi</p>" + "<br>" * 50,
    "x" * 5_000,
    "I&#39;m interested",
    "\n\n  \n",
    "电话 <b>bold</b>",
)
SUBJECTS = ("Re: Hello", "Automatic reply: Hello", "Undelivered Mail Returned to Sender", None)
DATES = (NOW, NOW + timedelta(days=9_000), datetime(1970, 1, 1, tzinfo=UTC), None)
DERIVED = "id, excerpt, message, automatic, happened_at"


def activities(store: Store) -> None:
    one, other = create(store, {"externalId": "1"}, {"externalId": "2", "campaigns": "C"})
    (firm,) = create(store, {"externalId": "f"}, kind=Kind.COMPANY)
    for number in range(40):
        sent = CreateActivity(
            type="EMAIL" if number % 7 else "WHATSAPP",
            direction=("INBOUND", "OUTBOUND", None)[number % 3],
            subject=SUBJECTS[number % len(SUBJECTS)],
            body=BODIES[number % len(BODIES)],
            occurred_at=DATES[number % len(DATES)],
            contact_id=(one, other, "nobody", None)[number % 4],
            company_id=firm if number % 5 == 0 else None,
            metadata={"autoSubmitted": "auto-replied"} if number % 13 == 0 else None,
        )
        logged(store, sent, {}, str(number).encode())


def everything(url: str) -> dict[str, Any]:
    """What is derived from activities: their own columns, tallies, and search documents."""
    cards = "id, last_activity, last_inbound, last_outbound, waiting, stages, facets"
    return {
        "activities": rows(url, f"SELECT {DERIVED} FROM activities ORDER BY id"),  # noqa: S608
        "tallies": rows(url, "SELECT quarter, type, direction, count FROM tallies"
                             " WHERE count <> 0 AND noun = 'activity' ORDER BY 1, 2, 3"),
        "contacts": rows(url, f"SELECT {cards} FROM contact_cards ORDER BY id"),  # noqa: S608
        "companies": rows(url, f"SELECT {cards} FROM company_cards ORDER BY id"),  # noqa: S608
    }  # fmt: skip


def test_older_activities_become_as_a_fresh_import_would_store_them(
    store: Store, database_url: str
) -> None:
    activities(store)
    store.project_pending()
    fresh = everything(database_url)
    # An earlier version had no texts, and ordered by the date that was sent.
    run(database_url, "DELETE FROM tallies WHERE noun = 'activity'")
    run(
        database_url,
        "UPDATE activities SET excerpt = NULL, message = NULL, automatic = NULL,"
        " happened_at = coalesce(occurred_at, created_at)",
    )
    count = (
        "INSERT INTO tallies (quarter, noun, type, direction, count)"
        " SELECT {}, 'activity', type, coalesce(direction, ''), count(*) FROM activities"
        " GROUP BY 1, 3, 4"
    )
    for quarter in ("happened_at / 900000000", f"{-(2**62)}"):
        run(database_url, count.format(quarter))
    for kind in Kind:
        run(database_url, f"UPDATE {kind}_cards SET last_inbound = 0, waiting = 0")  # noqa: S608
    run(database_url, "DELETE FROM derivations")

    store.derive_pending()
    store.project_pending()

    assert everything(database_url) == fresh


def test_what_has_a_text_keeps_it(store: Store, database_url: str) -> None:
    activities(store)
    run(database_url, "UPDATE activities SET excerpt = 'kept'")
    run(database_url, "DELETE FROM derivations")
    store.derive_pending()
    assert set(rows(database_url, "SELECT excerpt FROM activities")) == {("kept",)}


def test_a_step_reads_bodies_up_to_a_bound(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_texts, "MAX_CHARACTERS", 6_000)
    activities(store)
    run(database_url, "UPDATE activities SET excerpt = NULL")
    run(database_url, "DELETE FROM derivations")
    store.derive_pending()
    assert rows(database_url, "SELECT count(*) FROM activities WHERE excerpt IS NULL") == [(0,)]
    done = rows(database_url, "SELECT done FROM derivations WHERE name = 'activity texts'")
    assert done == [(40,)]


def test_one_odd_message_does_not_stop_the_others(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    activities(store)
    run(database_url, "UPDATE activities SET excerpt = NULL, subject = 'odd' WHERE type <> 'EMAIL'")
    run(database_url, "DELETE FROM derivations")

    def breaking(body: Any, subject: Any, *others: Any) -> Any:
        if subject == "odd":
            raise ValueError
        return activity_text(body, subject, *others)

    monkeypatch.setattr(activity_texts, "activity_text", breaking)
    store.derive_pending()
    assert rows(database_url, "SELECT count(*) FROM activities WHERE excerpt IS NULL") == [(0,)]

"""``kill -9`` while a large database is brought up to date: the next server continues."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from customcrm.clock import system_clock
from customcrm.crm.activity_text import activity_text
from customcrm.crm.activity_time import happened_at
from customcrm.crm.records import Kind
from customcrm.store.backend import Store
from customcrm.store.columns import moment_of
from customcrm.store.derivations.runner import LEASE
from tests.databases import KINDS, fresh_database
from tests.integration.store.sql import connected, rows
from tests.integration.store.test_derivations import (
    keys_of_all,
    keys_that_should_be,
    old_database,
    states,
)
from tests.unit.fakes import FakeClock

RECORDS = 10_000
ACTIVITIES = 20_000
LIVES = 5

SERVER = """
import sys, time
from customcrm.clock import system_clock
from customcrm.store.backend import Store
store = Store(sys.argv[1], system_clock)
store.keep_cards()
store.start_derivations()
print("running", flush=True)
time.sleep(600)
"""


def insert_activities(url: str) -> None:
    """Activities as an earlier version stored them: by the date that was sent, without texts."""
    insert = text(
        "INSERT INTO activities"
        " (id, type, direction, subject, body, contact_id, properties, occurred_at, created_at,"
        " happened_at) VALUES (:i, 'EMAIL', :d, :s, :b, :c, '{}', :o, :a, :h)"
    )
    at = 1_760_000_000_000_000
    with connected(url) as connection:
        for number in range(ACTIVITIES):
            sent = (at + number, at * 2, 0, None)[number % 4]
            values = {
                "i": f"activity_{number:06}",
                "d": ("INBOUND", "OUTBOUND")[number % 2],
                "s": ("Hello", "Automatic reply: Hello")[number % 5 == 0],
                "b": f"<p>Hello {number}</p><blockquote>old</blockquote>",
                "c": f"contact_{number % RECORDS:06}",
                "o": sent,
                "a": at,
                "h": at if sent is None else sent,
            }
            connection.execute(insert, values)


def wrong_activities(url: str) -> list[Any]:
    """The activities whose texts or moments are not what a fresh import would store."""
    query = (
        "SELECT id, body, subject, direction, occurred_at, created_at, happened_at, excerpt,"
        " automatic, message FROM activities"
    )
    wrong = []
    for row in rows(url, query):
        one, body, subject, direction, occurred, created, happened, excerpt, automatic, message = (
            row
        )
        fresh = activity_text(body, subject, direction, {})
        moment = None if occurred is None else moment_of(occurred)
        right = (
            (excerpt, automatic) == (fresh.excerpt, fresh.automatic)
            and (message is None) == (fresh.message is None)
            and moment_of(happened) == happened_at(moment, moment_of(created))
        )
        if not right:
            wrong.append(one)
    return wrong


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_database_is_brought_up_to_date_across_killed_servers(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path
) -> None:
    dice = random.Random(7)  # noqa: S311
    with fresh_database(request, kind, tmp_path) as url:
        old_database(url, RECORDS)
        insert_activities(url)
        done = [0]
        for _ in range(LIVES):
            with subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", SERVER, url], stdout=subprocess.PIPE, text=True
            ) as server:
                assert server.stdout is not None
                assert server.stdout.readline() == "running\n"
                time.sleep(dice.uniform(0.5, 4))
                server.send_signal(signal.SIGKILL)
            found = states(url).values()
            done.append(sum(one[0] for one in found))
        assert done == sorted(done)
        assert done[-1] > 0
        clock = FakeClock(system_clock() + LEASE + timedelta(seconds=1))
        with closing(Store(url, clock)) as store:
            store.derive_pending()
            store.project_pending()
            assert store.catalogue.derivation_progress() is None
        for record_kind in Kind:
            assert keys_of_all(url, record_kind) == keys_that_should_be(url, record_kind)
        assert wrong_activities(url) == []

"""Answers kept for repeats: for as long as promised, and no longer."""

from datetime import timedelta

import pytest

from customcrm.contract.tasks import CreateTask
from customcrm.errors import IdempotencyKeyReused
from customcrm.operations.ports import Answer, Origin, Writer
from customcrm.operations.tasks import create_task
from customcrm.store.answers import remove_expired
from customcrm.store.backend import Store
from tests.integration.store.sql import connected, count, rows
from tests.integration.store.world import NOW, origin, request

KEPT = Answer("key", "digest", '{"é":"🚀"}', NOW + timedelta(hours=1))
MICROSECOND = timedelta(microseconds=1)


def _keep(store: Store, *answers: Answer) -> None:
    def work(writer: Writer) -> None:
        for answer in answers:
            writer.keep_answer(answer)

    store.write(work)


def test_an_answer_is_kept_until_it_expires(store: Store) -> None:
    _keep(store, KEPT)

    last = KEPT.expires_at - MICROSECOND
    assert store.write(lambda writer: writer.answer("key", last)) == KEPT
    assert store.write(lambda writer: writer.answer("Key", last)) is None
    assert store.write(lambda writer: writer.answer("key", KEPT.expires_at)) is None


def test_an_expired_answer_makes_room_for_the_next(store: Store, database_url: str) -> None:
    later = KEPT._replace(digest="other", expires_at=NOW + timedelta(hours=2))
    _keep(store, KEPT)

    def renew(writer: Writer) -> None:
        assert writer.answer("key", KEPT.expires_at) is None
        writer.keep_answer(later)

    store.write(renew)

    assert store.write(lambda writer: writer.answer("key", KEPT.expires_at)) == later
    assert count(database_url, "answers") == 1


def test_what_has_expired_is_cleaned_up(store: Store, database_url: str) -> None:
    _keep(
        store,
        KEPT._replace(key="old", expires_at=NOW - MICROSECOND),
        KEPT._replace(key="just", expires_at=NOW),
        KEPT._replace(key="live", expires_at=NOW + MICROSECOND),
    )

    with connected(database_url) as connection:
        remove_expired(connection, NOW)

    assert rows(database_url, "SELECT key FROM answers") == [("live",)]


@pytest.mark.parametrize(
    ("key", "kept"), [("key", timedelta(hours=24)), (None, timedelta(seconds=60))]
)
def test_a_repeat_is_a_repeat_for_as_long_as_promised(
    store: Store, database_url: str, key: str | None, kept: timedelta
) -> None:
    def send(at: timedelta) -> str:
        sent = create_task(store, CreateTask("Call"), {}, request(b"{}", key), origin(NOW + at))
        return sent.task.id

    first = send(timedelta())
    assert send(kept - MICROSECOND) == first
    assert send(kept) != first
    assert count(database_url, "tasks") == 2
    assert count(database_url, "answers") == 1


def test_a_key_with_another_body_stores_nothing(store: Store, database_url: str) -> None:
    create_task(store, CreateTask("Call"), {}, request(b"1", "key"), origin())

    with pytest.raises(IdempotencyKeyReused):
        create_task(store, CreateTask("Mail"), {}, request(b"2", "key"), origin())

    assert count(database_url, "tasks") == 1


def test_a_task_that_cannot_be_kept_leaves_no_answer(store: Store, database_url: str) -> None:
    """Else its repeat would be told of a task that does not exist."""

    def fail(noun: str) -> str:
        raise LookupError(noun)

    with pytest.raises(LookupError):
        create_task(
            store,
            CreateTask("Call"),
            {},
            request(b"{}", "key"),
            Origin("key:enginy", lambda: NOW, fail),
        )

    assert count(database_url, "answers") == 0

from typing import Any

import pytest
from msgspec.structs import replace

from customcrm.contract.activities import Activity, CreateActivity
from customcrm.errors import ActivityNotFound, IdempotencyKeyReused
from customcrm.operations.activities import (
    CreatedActivity,
    create_activity,
    read_activity,
    repeat_key_of,
)
from customcrm.operations.repeats import Request
from tests.unit.fakes import START, FakeClock, fake_origin
from tests.unit.memory_backend import MemoryBackend

SENT = CreateActivity(
    type="EMAIL",
    direction="OUTBOUND",
    subject="[1/3] [FROM Acme Corp] John Smith",
    body="<p>Hello</p>",
    owner_id="user_1",
    occurred_at=START,
    contact_id="contact_1",
    company_id="company_1",
    metadata={"messageId": "m1", "sequenceIndex": 1, "deep": [{"er": None}]},
)
UNNAMED = replace(SENT, metadata={"sequenceIndex": 1})
YEAR = 365 * 24 * 3600.0


class Desk:
    """The verbs of activities, on a CRM in memory."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.backend = MemoryBackend()
        self.origin = fake_origin(self.clock)

    def create(
        self, asked: CreateActivity = SENT, key: str | None = None, *, body: bytes = b"1"
    ) -> CreatedActivity:
        request = Request("create_activity", body, key)
        return create_activity(self.backend, asked, {"campaign": "A"}, request, self.origin)

    @property
    def kept(self) -> int:
        return len(self.backend.data.activities)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_activity_is_kept_as_it_came(desk: Desk) -> None:
    activity, made = desk.create()
    assert made
    assert activity == Activity(
        id="activity_000001",
        type="EMAIL",
        direction="OUTBOUND",
        subject="[1/3] [FROM Acme Corp] John Smith",
        body="<p>Hello</p>",
        owner_id="user_1",
        occurred_at=START,
        contact_id="contact_1",
        company_id="company_1",
        metadata={"messageId": "m1", "sequenceIndex": 1, "deep": [{"er": None}]},
        properties={"campaign": "A"},
    )
    assert read_activity(desk.backend, activity.id) == activity


def test_an_unknown_activity_is_not_found(desk: Desk) -> None:
    with pytest.raises(ActivityNotFound, match="No activity exists with ID: activity-xyz"):
        read_activity(desk.backend, "activity-xyz")


def test_the_same_message_is_logged_once_for_ever(desk: Desk) -> None:
    first = desk.create().activity
    desk.clock.advance(YEAR)
    again = desk.create(replace(SENT, subject="Changed", occurred_at=None), body=b"2")
    assert again == (first, False)
    assert desk.kept == 1


@pytest.mark.parametrize(
    "other",
    [
        {"type": "LINKEDIN"},
        {"direction": "INBOUND"},
        {"direction": None},
        {"contact_id": "contact_2"},
        {"contact_id": None},
        {"metadata": {"messageId": "m2"}},
    ],
)
def test_a_message_of_another_type_direction_contact_or_id_is_another_one(
    desk: Desk, other: dict[str, Any]
) -> None:
    desk.create()
    assert desk.create(replace(SENT, **other)).made
    assert desk.kept == 2


@pytest.mark.parametrize("one", ["company_id", "owner_id", "body"])
def test_what_else_differs_makes_no_other_message(desk: Desk, one: str) -> None:
    desk.create()
    assert not desk.create(replace(SENT, **{one: "x"})).made


def test_a_message_id_that_is_a_number_is_its_decimal_string(desk: Desk) -> None:
    first = desk.create(replace(SENT, metadata={"messageId": 7})).activity
    assert first.metadata == {"messageId": 7}
    assert desk.create(replace(SENT, metadata={"messageId": "7"})) == (first, False)


def test_a_message_id_of_any_length_is_known_again(desk: Desk) -> None:
    long = replace(SENT, metadata={"messageId": "<" + "x" * 5_000 + "@mail>"})
    assert desk.create(long).made
    assert not desk.create(long).made


@pytest.mark.parametrize(
    "metadata", [None, {}, {"messageId": None}, {"messageId": ""}, {"messageId": ["m1"]}]
)
def test_without_a_message_id_only_the_body_tells(
    desk: Desk, metadata: dict[str, Any] | None
) -> None:
    one = replace(SENT, metadata=metadata)
    assert repeat_key_of(one) is None
    first = desk.create(one, body=b"1").activity
    assert desk.create(one, body=b"2").made
    desk.clock.advance(59.9)
    assert desk.create(one, body=b"1") == (first, False)
    desk.clock.advance(0.2)
    assert desk.create(one, body=b"1").made


def test_the_parts_of_a_repeat_key_cannot_be_mistaken_for_one_another() -> None:
    one = replace(SENT, contact_id="a b", metadata={"messageId": "c"})
    other = replace(SENT, contact_id="a", metadata={"messageId": "b c"})
    assert repeat_key_of(one) != repeat_key_of(other)


def test_a_key_is_remembered_for_24_hours(desk: Desk) -> None:
    first = desk.create(UNNAMED, "k").activity
    desk.clock.advance(24 * 3600 - 0.1)
    assert desk.create(UNNAMED, "k") == (first, False)
    desk.clock.advance(0.2)
    assert desk.create(UNNAMED, "k").made


def test_a_key_with_another_body_is_refused_and_logs_nothing(desk: Desk) -> None:
    desk.create(UNNAMED, "k", body=b"1")
    with pytest.raises(IdempotencyKeyReused):
        desk.create(replace(SENT, metadata={"messageId": "new"}), "k", body=b"2")
    assert desk.kept == 1


def test_another_key_does_not_log_the_same_message_again(desk: Desk) -> None:
    first = desk.create(SENT, "k1").activity
    assert desk.create(SENT, "k2") == (first, False)
    assert desk.create(SENT) == (first, False)
    assert desk.kept == 1

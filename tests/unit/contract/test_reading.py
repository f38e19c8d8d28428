import json
import re
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.contract.activities import CreateActivity
from customcrm.contract.operations import OPERATIONS
from customcrm.contract.reading import MAX_PROBLEMS, read_message
from customcrm.contract.records import CreateContacts, UpdateContacts
from customcrm.contract.tasks import CompleteTasks, CreateTask, UpdateTask
from customcrm.errors import BatchTooLarge, InvalidRequest, MalformedJson, RequestError

MESSAGES = sorted(
    {operation.request for operation in OPERATIONS if operation.request}, key=lambda m: m.__name__
)


def problems_of(message: type[msgspec.Struct], body: Any) -> list[tuple[str, str]]:
    """What is wrong with a body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(InvalidRequest) as refusal:
        read_message(message, content)
    return [(path, message) for path, message in refusal.value.problems]


def contact(properties: bytes) -> bytes:
    return b'{"contacts":[{"externalId":"1",' + properties + b"}]}"


def test_a_message_is_read_and_what_it_does_not_know_is_handed_over() -> None:
    body = b'{"subject":"Call","dueDate":"2026-03-01","ownerId":7,"Type":"x","priority":{"a":1.0}}'
    task, custom = read_message(CreateTask, body)
    assert task == CreateTask("Call", due_date=datetime(2026, 3, 1, tzinfo=UTC), owner_id="7")
    assert repr(custom) == "{'Type': 'x', 'priority': {'a': 1.0}}"


def test_an_absent_key_and_a_null_are_not_the_same_in_a_change() -> None:
    change, _ = read_message(UpdateTask, b'{"dueDate":null}')
    assert change.due_date is None
    assert change.description is msgspec.UNSET
    assert change.completed is msgspec.UNSET


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ({}, [("subject", "is required")]),
        ({"subject": None}, [("subject", "must be a string")]),
        ({"subject": " "}, [("subject", "must not be empty")]),
        ({"subject": "S", "completed": 1}, [("completed", "must be true or false")]),
        (
            {"subject": [], "type": {}, "dueDate": "soon", "contactId": True, "completed": "yes"},
            [
                ("subject", "must be a string"),
                ("type", "must be a string"),
                ("dueDate", "must be an ISO 8601 date, such as 2026-03-01T09:30:00Z"),
                ("contactId", "must be a string of 1 to 255 characters, or a number"),
                ("completed", "must be true or false"),
            ],
        ),
    ],
)
def test_every_offending_path_of_a_task_is_named(
    body: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert problems_of(CreateTask, body) == problems


def test_a_change_may_clear_all_but_the_subject() -> None:
    names = ["subject", "description", "type", "ownerId", "dueDate", "contactId", "completed"]
    assert [path for path, _ in problems_of(UpdateTask, dict.fromkeys(names))] == ["subject"]


def test_every_offending_path_of_an_activity_is_named() -> None:
    body = {"type": " ", "direction": "X" * 101, "occurredAt": 7, "metadata": "{}"}
    assert problems_of(CreateActivity, body) == [
        ("type", "must not be empty"),
        ("direction", "is longer than 100 characters"),
        ("occurredAt", "must be an ISO 8601 date, such as 2026-03-01T09:30:00Z"),
        ("metadata", "must be an object"),
    ]


def test_every_offending_path_of_a_batch_is_named() -> None:
    records = [{"externalId": "1"}, {"email": "a"}, None, {"externalId": ["1"]}]
    paths = [path for path, _ in problems_of(CreateContacts, {"contacts": records})]
    assert paths == ["contacts[1].externalId", "contacts[2]", "contacts[3].externalId"]


def test_the_first_problem_and_how_many_more_there_are_make_the_message() -> None:
    with pytest.raises(InvalidRequest) as refusal:
        read_message(CreateContacts, b'{"contacts":[{},{},7]}')
    assert str(refusal.value) == "contacts[0].externalId: is required (and 2 more, see details)"


def test_an_answer_names_no_more_than_a_thousand_paths() -> None:
    assert len(problems_of(CreateContacts, {"contacts": [7] * 5_000})) == MAX_PROBLEMS


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"7", b"true", b"[{}]"])
def test_a_body_that_is_no_object_is_refused(message: type[msgspec.Struct], body: bytes) -> None:
    assert problems_of(message, body) == [("", "The body must be a JSON object")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'contacts':[]}",
        b'{"contacts":[]',
        b'{"contacts":[],}',
        b'{"contacts":[]} trailing',
        b'{"contacts":[]}{}',
        b'{"a":"\n"}',
        b'{"a":"\\x"}',
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
    ],
)
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedJson, match=r"\w"):
        read_message(CreateContacts, body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":"\xff"}',
        b'{"\xff":1}',
        b"\xff\xfe{\x00}\x00",
        '{"a":"ñ"}'.encode("latin-1"),
        b'{"a":"\xc0\x80"}',
    ],
)
def test_what_is_no_utf_8_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedJson):
        read_message(CreateContacts, body)


def test_a_byte_order_mark_is_skipped() -> None:
    body = b'\xef\xbb\xbf{"contacts":[{"externalId":"1"}]}'
    assert read_message(CreateContacts, body)[0].contacts == [{"externalId": "1"}]


def test_a_whole_surrogate_pair_is_a_character() -> None:
    (record,) = read_message(CreateContacts, contact(rb'"firstName":"\ud83d\udca9"'))[0].contacts
    assert record["firstName"] == "💩"


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1e999999999"])
def test_a_number_out_of_every_range_is_refused_in_words(number: bytes) -> None:
    with pytest.raises(MalformedJson, match="out of range"):
        read_message(CreateContacts, contact(b'"leadScore":' + number))


@pytest.mark.parametrize("digits", [4_301, 5_000, 100_000])
def test_a_number_of_thousands_of_digits_is_refused_in_words(digits: int) -> None:
    with pytest.raises(MalformedJson, match="out of range"):
        read_message(CreateContacts, contact(b'"leadScore":' + b"1" * digits))


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b".5", b"1."])
def test_what_json_does_not_call_a_number_is_malformed(number: bytes) -> None:
    with pytest.raises(MalformedJson):
        read_message(CreateContacts, contact(b'"leadScore":' + number))


@pytest.mark.parametrize(
    ("number", "value"),
    [(b"0.1", 0.1), (b"1e308", 1e308), (b"-0.0", -0.0), (b"1" * 300, int("1" * 300))],
)
def test_other_numbers_are_kept_as_they_came(number: bytes, value: object) -> None:
    (record,) = read_message(CreateContacts, contact(b'"leadScore":' + number))[0].contacts
    assert repr(record["leadScore"]) == repr(value)


def test_a_task_whose_text_is_a_large_number_is_read() -> None:
    task, _ = read_message(CreateTask, b'{"subject":' + b"1" * 4_300 + b"}")
    assert task.subject == "1" * 4_300


def test_of_a_key_that_comes_twice_the_last_one_counts() -> None:
    body = b'{"contacts":7,"contacts":[{"externalId":"1","externalId":2,"a":1,"a":{"b":2}}]}'
    assert read_message(CreateContacts, body)[0].contacts == [{"externalId": "2", "a": {"b": 2}}]


def test_the_six_characters_that_spell_a_nul_are_none() -> None:
    (record,) = read_message(CreateContacts, contact(rb'"a":"\\u0000"'))[0].contacts
    assert record["a"] == r"\u0000"


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("levels", [1_000, 100_000, 1_000_000])
def test_nesting_without_end_is_malformed(opening: bytes, levels: int) -> None:
    with pytest.raises(MalformedJson, match="nests too deeply"):
        read_message(CreateContacts, opening * levels)
    closing = b"]" if opening == b"[" else b"}"
    with pytest.raises(MalformedJson, match="nests too deeply"):
        read_message(CreateContacts, opening * levels + b"1" + closing * levels)


@pytest.mark.parametrize("inner", [b"1", rb'"\u0000"'])
def test_nesting_of_every_depth_is_taken_or_refused(inner: bytes) -> None:
    for levels in range(1, sys.getrecursionlimit() + 50):
        body = contact(b'"a":' + b"[" * levels + inner + b"]" * levels)
        refused = refusal_of(CreateContacts, body) is not None
        assert refused == (levels > 32)


@pytest.mark.parametrize("message", [CreateTask, UpdateTask, CompleteTasks, CreateActivity])
def test_the_limits_of_properties_hold_for_every_message(message: type[msgspec.Struct]) -> None:
    good = {"subject": "S", "type": "EMAIL", "ids": []}
    deep: Any = 1
    for _ in range(33):
        deep = [deep]
    assert problems_of(message, {**good, "custom": deep}) == [
        ("custom", "nests deeper than 32 levels")
    ]
    assert problems_of(message, {**good, **{f"p{n}": n for n in range(1_005)}}) == [
        ("", "has more than 1000 properties")
    ]
    assert problems_of(message, {**good, "x" * 256: 1}) == [
        ("", "has a property name longer than 255 characters")
    ]


def test_a_record_nests_32_levels_and_no_more() -> None:
    fine, deep = b'"a":' + b"[" * 32 + b"]" * 32, b'"a":' + b"[" * 33 + b"]" * 33
    assert len(read_message(CreateContacts, contact(fine))[0].contacts) == 1
    assert problems_of(CreateContacts, contact(deep)) == [
        ("contacts[0].a", "nests deeper than 32 levels")
    ]


@pytest.mark.parametrize(
    ("message", "name", "item"),
    [
        (CreateContacts, "contacts", {"externalId": "1"}),
        (UpdateContacts, "contacts", {"crmId": "1"}),
        (CompleteTasks, "ids", "1"),
    ],
)
def test_10001_items_are_too_many(message: type[msgspec.Struct], name: str, item: object) -> None:
    with pytest.raises(BatchTooLarge, match=f"{name} holds 10001 items"):
        read_message(message, json.dumps({name: [item] * 10_001}).encode())
    assert read_message(message, json.dumps({name: [item] * 10_000}).encode())


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def refusal_of(message: type[msgspec.Struct], body: bytes) -> RequestError | None:
    try:
        read_message(message, body)
    except RequestError as refusal:
        return refusal
    return None


@given(st.sampled_from(MESSAGES), st.binary(max_size=60) | JSON.map(encoded))
def test_any_bytes_are_read_or_refused_in_words(message: type[msgspec.Struct], body: bytes) -> None:
    refusal = refusal_of(message, body)
    assert refusal is None or str(refusal)


FIELDS = sorted({field.encode_name for m in MESSAGES for field in msgspec.structs.fields(m)})


@given(st.sampled_from(MESSAGES), st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_values_in_the_known_fields_are_read_or_each_is_named(
    message: type[msgspec.Struct], body: dict[str, Any]
) -> None:
    names = {field.encode_name for field in msgspec.structs.fields(message)}
    refusal = refusal_of(message, encoded(body))
    if refusal is None:
        read, custom = read_message(message, encoded(body))
        assert isinstance(read, message)
        assert custom.keys() == body.keys() - names
    else:
        assert isinstance(refusal, InvalidRequest)
        roots = {re.split(r"[.\[]", problem.path)[0] for problem in refusal.problems}
        assert roots <= names | body.keys()

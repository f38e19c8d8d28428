from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.contract.values import (
    ASSOCIATED_PAIRS,
    CREATED_RECORDS,
    MAX_RECORDS,
    UPDATED_RECORDS,
    Body,
    Flag,
    Identifier,
    Identifiers,
    Instant,
    Label,
    OpenObject,
    Reader,
    Reference,
    Subject,
    Text,
    identifier_of,
    open_choice,
)
from customcrm.errors import BatchTooLarge, Problem

MUST_BE_ID = "must be a string of 1 to 255 characters, or a number"


def reader_of(kind: Any) -> Reader:
    """The reader that an annotated type carries."""
    if isinstance(kind, Reader):
        return kind
    return next(part for part in get_args(kind) if isinstance(part, Reader))


def read(kind: Any, value: Any, path: str = "x") -> Any:
    """The value that is read, or the list of what is wrong with it."""
    problems: list[Problem] = []
    result = reader_of(kind).read(value, path, problems)
    return problems or result


def refused(kind: Any, value: Any) -> list[str]:
    """What is wrong with a value, all of it at the path it was read from."""
    found = read(kind, value)
    assert isinstance(found, list), f"{value!r} is taken"
    assert {path for path, _ in found} == {"x"}
    return [message for _, message in found]


def nested(levels: int) -> Any:
    """Arrays and objects in one another, so many deep."""
    value: Any = 1
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


@pytest.mark.parametrize(
    ("value", "identifier"),
    [
        ("a", "a"),
        ("x" * 255, "x" * 255),
        ("💼/'\"", "💼/'\""),
        (7, "7"),
        (-7, "-7"),
        (0, "0"),
        (7.0, "7"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (10**254, "1" + "0" * 254),
    ],
)
def test_an_identifier_is_text_or_the_decimal_string_of_a_number(
    value: object, identifier: str
) -> None:
    assert identifier_of(value) == identifier
    assert read(Identifier, value) == identifier
    assert read(Reference, value) == identifier


@pytest.mark.parametrize(
    "value", ["", "x" * 256, True, False, None, [], {}, ["1"], 10**255, 1e300, -(10**254)]
)
def test_anything_else_is_no_identifier(value: object) -> None:
    assert identifier_of(value) is None
    assert refused(Identifier, value) == [MUST_BE_ID]


def test_a_reference_may_be_empty_which_says_that_there_is_none() -> None:
    assert read(Reference, "") is None
    assert refused(Reference, []) == [MUST_BE_ID]


@given(st.integers(-(10**254) + 1, 10**255 - 1))
def test_any_whole_number_of_255_characters_is_its_decimal_string(number: int) -> None:
    assert identifier_of(number) == str(number)


@pytest.mark.parametrize(
    ("value", "text"), [("", ""), ("a", "a"), (7, "7"), (7.0, "7.0"), ("x" * 10**6, "x" * 10**6)]
)
def test_text_is_taken_and_a_number_becomes_text(value: object, text: str) -> None:
    assert read(Text, value) == text


@pytest.mark.parametrize("kind", [Text, Body, Label, Subject])
@pytest.mark.parametrize("value", [True, None, [], {}])
def test_text_is_nothing_but_text_or_a_number(kind: Any, value: object) -> None:
    assert refused(kind, value) == ["must be a string"]


def test_text_has_an_end() -> None:
    too_long = "x" * 1_000_001
    assert refused(Text, too_long) == ["is longer than 1000000 characters"]
    assert refused(Subject, too_long) == ["is longer than 1000000 characters"]
    assert refused(Label, too_long) == ["is longer than 1000000 characters"]
    assert refused(Label, "x" * 256) == ["is longer than 255 characters"]
    assert read(Label, "x" * 255) == "x" * 255


@pytest.mark.parametrize("value", ["", "x", "x" * 1_000_001, 7])
def test_a_body_has_no_end(value: object) -> None:
    assert read(Body, value) == str(value)


@pytest.mark.parametrize("value", ["", " ", "\t\n\u00a0"])
def test_a_subject_is_not_empty(value: str) -> None:
    assert refused(Subject, value) == ["must not be empty"]


@pytest.mark.parametrize(("value", "subject"), [(" Call ", " Call "), (7, "7"), (0, "0")])
def test_a_subject_is_kept_as_it_came(value: object, subject: str) -> None:
    assert read(Subject, value) == subject


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00"),
        ("2026-03-01T09:30:00.123Z", "2026-03-01T09:30:00.123000"),
        ("2026-03-01T09:30:00.123456Z", "2026-03-01T09:30:00.123456"),
        ("2026-03-01T09:30:00.123456789Z", "2026-03-01T09:30:00.123456"),
        ("2026-03-01T09:30:00,5Z", "2026-03-01T09:30:00.500000"),
        ("2026-03-01T09:30Z", "2026-03-01T09:30:00"),
        ("2026-03-01T09Z", "2026-03-01T09:00:00"),
        ("2026-03-01T10:30:00+01:00", "2026-03-01T09:30:00"),
        ("2026-03-01T10:30:00+0100", "2026-03-01T09:30:00"),
        ("2026-03-01T10:30:00+01", "2026-03-01T09:30:00"),
        ("2026-02-28T23:30:00-10:00", "2026-03-01T09:30:00"),
        ("2026-03-01T15:15:00+05:45", "2026-03-01T09:30:00"),
        ("2026-03-01 09:30:00", "2026-03-01T09:30:00"),
        ("2026-03-01T09:30:00", "2026-03-01T09:30:00"),
        (" 2026-03-01T09:30:00Z\n", "2026-03-01T09:30:00"),
        ("20260301T093000Z", "2026-03-01T09:30:00"),
        ("2026-03-01", "2026-03-01T00:00:00"),
        ("20260301", "2026-03-01T00:00:00"),
        ("2026-W09-7", "2026-03-01T00:00:00"),
        ("2026W097T093000Z", "2026-03-01T09:30:00"),
        ("2026-W10", "2026-03-02T00:00:00"),
        ("2026-060T09:30Z", "2026-03-01T09:30:00"),
        ("2026-02-28T24:00:00Z", "2026-03-01T00:00:00"),
        ("2026-02-28T23:59:60Z", "2026-03-01T00:00:00"),
        ("2026-03-01t09:30:00,25z", "2026-03-01T09:30:00.250000"),
        ("2026-03-01T09,5+01", "2026-03-01T08:30:00"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00"),
        ("0001-01-01T14:00:00+14:00", "0001-01-01T00:00:00"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999"),
    ],
)
def test_an_instant_is_any_spelling_of_iso_8601_in_utc(text: str, instant: str) -> None:
    assert read(Instant, text).isoformat() == f"{instant}+00:00"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "tomorrow",
        "01/03/2026",
        "2026-13-01",
        "2026-02-29",
        "2026-03-01T25:00:00Z",
        "2026-03-01T09:60:00Z",
        "2026-03-01T09:30:00+25:00",
        "2026-03-01T09:30:00 Europe/Madrid",
        "2026-W54-1",
        "10000-01-01",
        "0000-01-01",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-03-01T09:30:00Zx",
        "9" * 5_000,
        1_772_357_400,
        1.5,
        True,
        None,
        [],
        {},
    ],
)
def test_anything_else_is_no_instant(value: object) -> None:
    assert refused(Instant, value) == ["must be an ISO 8601 date, such as 2026-03-01T09:30:00Z"]


@given(
    st.datetimes(
        datetime(1, 1, 2),  # noqa: DTZ001 - the zone is drawn
        datetime(9999, 12, 30),  # noqa: DTZ001 - the zone is drawn
        timezones=st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m))),
    )
)
def test_any_moment_in_any_offset_is_the_same_moment_in_utc(moment: datetime) -> None:
    instant = read(Instant, moment.isoformat())
    assert instant == moment
    assert instant.tzinfo is UTC


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_instants(text: str) -> None:
    found = read(Instant, text)
    assert isinstance(found, list | datetime)


@pytest.mark.parametrize("value", [0, 1, "true", "", None, [], {}])
def test_a_flag_is_true_or_false_alone(value: object) -> None:
    assert refused(Flag, value) == ["must be true or false"]
    assert read(Flag, value=True) is True
    assert read(Flag, value=False) is False


TYPES = open_choice("EMAIL", "LINKEDIN", "LINKEDIN_INMAIL")


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("EMAIL", "EMAIL"),
        ("email", "EMAIL"),
        (" Email\n", "EMAIL"),
        ("e-mail", "EMAIL"),
        ("linkedin inmail", "LINKEDIN_INMAIL"),
        ("LinkedIn-InMail", "LINKEDIN_INMAIL"),
        ("linkedinInmail", "LINKEDIN_INMAIL"),
        ("WHATSAPP", "WHATSAPP"),
        ("whatsapp", "whatsapp"),
        (" Voice note ", "Voice note"),
        ("LINKEDIN_LIKE", "LINKEDIN_LIKE"),
        ("EMAIL_OPENED", "EMAIL_OPENED"),
        ("电话", "电话"),
        ("<script>", "<script>"),
        ("X" * 100, "X" * 100),
        ("—", "—"),
    ],
)
def test_a_known_term_is_read_in_any_spelling_and_any_other_is_kept(value: str, term: str) -> None:
    assert read(TYPES, value) == term


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "must not be empty"),
        (" \t ", "must not be empty"),
        ("X" * 101, "is longer than 100 characters"),
        (None, "must be a string"),
        (1, "must be a string"),
        (True, "must be a string"),
        ([], "must be a string"),
        (["EMAIL"], "must be a string"),
        ({"type": "EMAIL"}, "must be a string"),
        (1.5, "must be a string"),
    ],
)
def test_a_term_is_a_short_text(value: object, problem: str) -> None:
    assert refused(TYPES, value) == [problem]


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_an_optional_term_that_is_empty_is_none(value: str) -> None:
    assert read(open_choice("INBOUND", "OUTBOUND", optional=True), value) is None


@pytest.mark.parametrize("value", ["{}", [], 1, True, None])
def test_an_open_object_is_an_object(value: object) -> None:
    assert refused(OpenObject, value) == ["must be an object"]


def test_an_open_object_is_kept_as_it_came() -> None:
    value = {"messageId": "1", "": None, "deep": nested(32), "list": [1, "a", None]}
    assert read(OpenObject, value) is value


def test_a_property_nests_32_levels_and_no_more() -> None:
    assert read(OpenObject, {"a": nested(32)}) == {"a": nested(32)}
    assert read(OpenObject, {"a": nested(33)}) == [Problem("x.a", "nests deeper than 32 levels")]


def test_wide_values_are_not_deep() -> None:
    value = {"a": [[]] * 10_000, "b": {str(n): {} for n in range(5_000)}}
    assert read(OpenObject, value) == value


def test_an_object_has_1000_properties_and_no_more() -> None:
    names = [str(n) for n in range(1_001)]
    assert len(read(OpenObject, dict.fromkeys(names[:1_000]))) == 1_000
    assert refused(OpenObject, dict.fromkeys(names)) == ["has more than 1000 properties"]


def test_a_property_name_has_255_characters_and_no_more() -> None:
    assert read(OpenObject, {"ñ" * 255: 1}) == {"ñ" * 255: 1}
    assert refused(OpenObject, {"ñ" * 256: 1}) == ["has a property name longer than 255 characters"]


def test_identifiers_are_read_one_by_one_and_each_bad_one_is_named() -> None:
    assert read(Identifiers, ["a", 7, "a"]) == ["a", "7", "a"]
    assert read(Identifiers, []) == []
    assert read(Identifiers, ["a", "", None, {}]) == [
        Problem(f"x[{n}]", MUST_BE_ID) for n in (1, 2, 3)
    ]


LISTS = [Identifiers, CREATED_RECORDS, UPDATED_RECORDS, ASSOCIATED_PAIRS]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("value", [None, {}, "text", 7, True])
def test_a_list_is_an_array(kind: Any, value: object) -> None:
    assert refused(kind, value) == ["must be an array"]


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_more_than_10000_is_too_large_whatever_is_in_it(kind: Any) -> None:
    with pytest.raises(BatchTooLarge, match="x holds 10001 items; one request may hold 10000"):
        read(kind, [None] * (MAX_RECORDS + 1))


def test_10000_records_are_read() -> None:
    records = [{"externalId": n} for n in range(MAX_RECORDS)]
    assert read(CREATED_RECORDS, records)[-1] == {"externalId": "9999"}


def test_a_record_keeps_all_but_its_identifier_as_it_came() -> None:
    record = {"externalId": 7, "email": 7, "phone": None, "custom": [1.0]}
    (found,) = read(CREATED_RECORDS, [record])
    assert repr(found) == repr({"externalId": "7", "email": 7, "phone": None, "custom": [1.0]})


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (CREATED_RECORDS, ["externalId"]),
        (UPDATED_RECORDS, ["crmId"]),
        (ASSOCIATED_PAIRS, ["contactCRMId", "companyCRMId"]),
    ],
)
def test_a_record_needs_its_identifiers(kind: Any, names: list[str]) -> None:
    required = [Problem(f"x[1].{name}", "is required") for name in names]
    good: dict[str, Any] = dict.fromkeys(names, "1")
    assert read(kind, [good, {"email": "a@acme.com"}]) == required
    assert read(kind, [good, dict.fromkeys(names)]) == required
    assert read(kind, [good, dict.fromkeys(names, "")]) == [
        Problem(f"x[1].{name}", MUST_BE_ID) for name in names
    ]
    assert read(kind, [good, "text", None, [], good]) == [
        Problem(f"x[{n}]", "must be an object") for n in (1, 2, 3)
    ]


def test_an_update_may_carry_an_external_id() -> None:
    assert read(UPDATED_RECORDS, [{"crmId": "1", "externalId": 7}]) == [
        {"crmId": "1", "externalId": "7"}
    ]
    assert read(UPDATED_RECORDS, [{"crmId": "1", "externalId": None}]) == [
        {"crmId": "1", "externalId": None}
    ]


def test_every_problem_of_every_record_is_named() -> None:
    records = [{"a": nested(33), "b": nested(33), "x" * 256: 1}, 7, {"externalId": "1"}]
    assert [path for path, _ in read(CREATED_RECORDS, records)] == [
        "x[0].externalId",
        "x[0].a",
        "x[0].b",
        "x[0]",
        "x[1]",
    ]

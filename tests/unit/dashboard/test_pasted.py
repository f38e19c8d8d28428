import json
from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.dashboard.pasted import MAX_EXPLAINED, MAX_PASTED, Pasted, read_pasted, written
from customcrm.errors import InvalidRequest, MalformedJson, Problem, RequestError

ONE = {"externalId": "1", "email": "a@b.com"}


@pytest.mark.parametrize(
    ("value", "kind", "records"),
    [
        (ONE, Kind.CONTACT, [ONE]),
        ([ONE, ONE], Kind.CONTACT, [ONE, ONE]),
        ({"contacts": [ONE]}, Kind.CONTACT, [ONE]),
        ({"companies": [ONE]}, Kind.COMPANY, [ONE]),
        ({"externalId": 7}, Kind.CONTACT, [{"externalId": "7"}]),
        # A company may have a property of this name.
        ({"externalId": "1", "contacts": 12}, Kind.CONTACT, [{"externalId": "1", "contacts": 12}]),
    ],
)
def test_a_record_a_list_and_a_whole_body_are_read(
    value: Any, kind: Kind, records: list[dict[str, Any]]
) -> None:
    assert read_pasted(Kind.CONTACT, json.dumps(value)) == Pasted(kind, records)


def test_what_is_chosen_says_what_one_record_is() -> None:
    assert read_pasted(Kind.COMPANY, json.dumps(ONE)).kind is Kind.COMPANY


def test_the_first_of_many_are_taken_and_the_others_counted() -> None:
    many = [{"externalId": str(n)} for n in range(MAX_EXPLAINED + 3)]
    pasted = read_pasted(Kind.CONTACT, json.dumps({"contacts": many}))
    assert pasted.records == many[:MAX_EXPLAINED]
    assert pasted.left == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"externalId": 1,\r\n "email": }', 'Line 2, column 11: "}" is not a JSON value'),
        (
            "{'externalId': 1}",
            'Line 1, column 2: A key must be in double quotes, found "\'"',
        ),
        (" \n", "There is nothing to explain yet: paste a record"),
        ('{"a": 1e999}', "Line 1, column 7: The number 1e999 is out of range"),
        ('{"a": "ñ😀",\n"b": NaN}', "Line 2, column 6: NaN is not a JSON value"),
        ("[" * 20_000, "The body nests too deeply to be read"),
        ("x" * (MAX_PASTED + 1), "This is too long: 40,000 characters can be explained at once"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(MalformedJson) as refusal:
        read_pasted(Kind.CONTACT, text)
    assert str(refusal.value) == told


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ({"email": "a@b.com"}, [Problem("externalId", "is required")]),
        ([ONE, {}], [Problem("contacts[1].externalId", "is required")]),
        ({"contacts": [5]}, [Problem("contacts[0]", "must be an object")]),
        ([], [Problem("", "There is no record in it")]),
        (5, [Problem("contacts", "must be an array")]),
    ],
)
def test_what_the_api_would_refuse_is_refused_with_its_path(
    value: Any, problems: list[Problem]
) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        read_pasted(Kind.CONTACT, json.dumps(value))
    assert list(refusal.value.problems) == problems


@pytest.mark.parametrize("text", ["null", '"x"', "{}", "[[]]", '{"contacts": null}', "\ufeff{}"])
def test_odd_json_is_refused_and_no_accident(text: str) -> None:
    with pytest.raises(RequestError):
        read_pasted(Kind.CONTACT, text)


def test_what_is_written_into_the_box_can_be_read_again() -> None:
    values = {"externalId": "1", "name": "Zoë\n", "list": [1, None, {"a": True}]}
    assert read_pasted(Kind.CONTACT, written(values)).records == [values]

"""POST /contacts and POST /companies: status, body, and what is in the database."""

from typing import Any, NamedTuple

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import RECORDS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows
from tests.unit.fakes import START, FakeClock


class Noun(NamedTuple):
    """One kind of record, with a strong key that it has and its place among the keys."""

    kind: Kind
    plural: str
    strong: dict[str, str]
    key: tuple[str, str]


CONTACT = Noun(Kind.CONTACT, "contacts", {"email": "Jane@Acme.com"}, ("email", "jane@acme.com"))
COMPANY = Noun(Kind.COMPANY, "companies", {"domain": "www.Acme.com"}, ("domain", "acme.com"))
BOTH = pytest.mark.parametrize("noun", [CONTACT, COMPANY], ids=lambda noun: noun.plural)

FULL_CONTACT = {
    "externalId": "c1",
    "email": "jane@acme.com",
    "firstName": "Jane",
    "lastName": "Doe",
    "phone": "+34 600 111 222",
    "company": "Acme, Inc.",
    "title": "CEO",
    "linkedinUrl": "https://www.linkedin.com/in/Jane-Doe/",
    "ownerId": "user_1",
    "leadScore": 7,
    "engaged_by_genesy": "Yes",
    "deep": {"list": [1, 1.0, True, None, "ñ💼"]},
}
FULL_COMPANY = {
    "externalId": "k1",
    "name": "Acme, Inc.",
    "domain": "https://www.acme.com/about",
    "industry": "Anvils",
    "numberOfEmployees": 7,
    "linkedinUrl": "linkedin.com/company/acme",
    "ownerId": "user_1",
    "revenue": "1-10M",
    "totalDeals": 3,
}


def without_id(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "externalId"}


@pytest.mark.parametrize(("noun", "record"), [(CONTACT, FULL_CONTACT), (COMPANY, FULL_COMPANY)])
def test_a_record_is_stored_as_it_came(
    client: Client, rows: Rows, noun: Noun, record: dict[str, Any]
) -> None:
    (crm_id,) = client.create(noun.plural, record)
    row = rows.one(RECORDS[noun.kind].records)
    assert repr(row.pop("properties")) == repr(without_id(record))
    assert row == {
        "id": crm_id,
        "created_at": START,
        "updated_at": START,
        "deleted_at": None,
        "merged_into": None,
        "layers": None,
    }
    external = rows.one(RECORDS[noun.kind].external_ids)
    assert external == {"external_id": record["externalId"], "record_id": crm_id, "added_at": START}
    assert not rows.of(RECORDS[noun.kind].duplicates)


def test_a_contact_gets_its_keys(client: Client, rows: Rows) -> None:
    client.create("contacts", FULL_CONTACT)
    keys = rows.of(RECORDS[Kind.CONTACT].keys)
    assert {(key["kind"], key["value"]) for key in keys} == {
        ("email", "jane@acme.com"),
        ("linkedinUrl", "in/jane-doe"),
        ("phone", "+34600111222"),
        ("name", "jane|doe|acme"),
    }


def test_a_company_gets_its_keys(client: Client, rows: Rows) -> None:
    client.create("companies", FULL_COMPANY)
    keys = rows.of(RECORDS[Kind.COMPANY].keys)
    assert {(key["kind"], key["value"]) for key in keys} == {
        ("domain", "acme.com"),
        ("linkedinUrl", "company/acme"),
        ("name", "acme"),
    }


@BOTH
def test_results_come_in_the_order_sent(client: Client, noun: Noun) -> None:
    records = [{"externalId": f"{n}"} for n in (3, 1, 2)]
    results = client.call("POST", f"/{noun.plural}", {noun.plural: records}, status=201)["results"]
    assert [one["externalId"] for one in results] == ["3", "1", "2"]
    assert [set(one) for one in results] == [{"externalId", "crmId"}] * 3
    assert len({one["crmId"] for one in results}) == 3


@BOTH
def test_no_records_are_no_results(client: Client, rows: Rows, noun: Noun) -> None:
    assert client.create(noun.plural) == []
    assert not rows.of(RECORDS[noun.kind].records)


@BOTH
def test_the_same_external_id_again_updates_what_is_supplied(
    client: Client, rows: Rows, clock: FakeClock, noun: Noun
) -> None:
    (first,) = client.create(noun.plural, {"externalId": "1", "a": 1, "b": 1, "c": 1})
    clock.advance(60)
    (again,) = client.create(noun.plural, {"externalId": "1", "a": 2, "b": None})
    assert again == first
    row = rows.one(RECORDS[noun.kind].records)
    assert row["properties"] == {"a": 2, "b": 1, "c": 1}
    assert (row["created_at"], row["updated_at"]) == (START, clock.now)


@BOTH
def test_a_repeat_changes_nothing(client: Client, rows: Rows, clock: FakeClock, noun: Noun) -> None:
    records: list[dict[str, Any]] = [{"externalId": "1", **noun.strong}, {"externalId": "2"}]
    first = client.create(noun.plural, *records)
    before = [rows.of(table) for table in RECORDS[noun.kind]]
    clock.advance(60)
    assert client.create(noun.plural, *records) == first
    assert [rows.of(table) for table in RECORDS[noun.kind]] == before
    assert len(rows.history(first[0])) == 1


@BOTH
def test_a_known_strong_key_makes_another_name_and_fills_only_what_is_empty(
    client: Client, rows: Rows, clock: FakeClock, noun: Noun
) -> None:
    (first,) = client.create(noun.plural, {"externalId": "1", "a": 1, "b": " ", **noun.strong})
    clock.advance(60)
    (again,) = client.create(
        noun.plural, {"externalId": "2", "a": 2, "b": 2, "c": 2, **noun.strong}
    )
    assert again == first
    assert rows.properties(noun.kind, first) == {"a": 1, "b": 2, "c": 2, **noun.strong}
    assert rows.names(noun.kind) == {"1": first, "2": first}
    assert client.create(noun.plural, {"externalId": "2"}) == [first]


@pytest.mark.parametrize(
    "linkedin", ["http://es.linkedin.com/in/JANE-doe?x=1", "linkedin.com/in/jane-doe/en"]
)
def test_a_linkedin_url_is_a_strong_key_of_a_contact(client: Client, linkedin: str) -> None:
    (first,) = client.create("contacts", FULL_CONTACT)
    assert client.create("contacts", {"externalId": "2", "linkedinUrl": linkedin}) == [first]


@pytest.mark.parametrize(
    "weak",
    [
        {"phone": "+34600111222"},
        {"firstName": "Jane", "lastName": "Doe", "company": "Acme"},
        {"linkedinUrl": "linkedin.com/company/jane-doe"},
    ],
)
def test_a_weak_key_makes_no_other_name_of_a_contact(client: Client, weak: dict[str, str]) -> None:
    (first,) = client.create("contacts", FULL_CONTACT)
    assert client.create("contacts", {"externalId": "2", **weak}) != [first]


def test_the_name_of_a_company_makes_no_other_name_of_it(client: Client) -> None:
    (first,) = client.create("companies", FULL_COMPANY)
    assert client.create("companies", {"externalId": "2", "name": "Acme"}) != [first]


def test_a_shared_domain_alone_identifies_no_company(client: Client) -> None:
    ids = client.create("companies", *({"externalId": n, "domain": "gmail.com"} for n in "12"))
    assert ids[0] != ids[1]


@BOTH
def test_inside_one_batch_the_same_holds(client: Client, rows: Rows, noun: Noun) -> None:
    ids = client.create(
        noun.plural,
        {"externalId": "1", "a": 1},
        {"externalId": "1", "a": 2, **noun.strong},
        {"externalId": "2", "a": 3, "b": 3, **noun.strong},
        {"externalId": "3"},
    )
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert rows.properties(noun.kind, ids[0]) == {"a": 2, "b": 3, **noun.strong}
    assert rows.names(noun.kind) == {"1": ids[0], "2": ids[0], "3": ids[3]}


@BOTH
def test_two_strong_keys_of_two_records_are_noted_and_the_stronger_wins(
    client: Client, rows: Rows, noun: Noun
) -> None:
    path = "in" if noun is CONTACT else "company"
    linkedin = {"linkedinUrl": f"linkedin.com/{path}/x"}
    one, other = client.create(
        noun.plural, {"externalId": "1", **linkedin}, {"externalId": "2", **noun.strong}
    )
    assert client.create(noun.plural, {"externalId": "3", **linkedin, **noun.strong}) == [other]
    assert rows.duplicates(noun.kind) == {(one, other): "linkedinUrl"}


@BOTH
def test_the_kinds_do_not_meet(client: Client, noun: Noun) -> None:
    other = COMPANY if noun is CONTACT else CONTACT
    ids = client.create(noun.plural, {"externalId": "1", **noun.strong, **other.strong})
    assert client.create(other.plural, {"externalId": "1", **noun.strong, **other.strong}) != ids


@BOTH
def test_the_external_id_of_a_deleted_record_revives_it(
    client: Client, rows: Rows, noun: Noun
) -> None:
    (first,) = client.create(noun.plural, {"externalId": "1", "a": 1, **noun.strong})
    rows.delete(noun.kind, first)
    assert client.create(noun.plural, {"externalId": "1", "b": 2}) == [first]
    row = rows.one(RECORDS[noun.kind].records)
    assert row["deleted_at"] is None
    assert row["properties"] == {"a": 1, "b": 2, **noun.strong}
    assert client.sync(noun.plural, {"externalId": "x", **noun.strong})["x"][0] == first


@BOTH
def test_a_strong_key_of_a_deleted_record_does_not_revive_it(
    client: Client, rows: Rows, noun: Noun
) -> None:
    (first,) = client.create(noun.plural, {"externalId": "1", **noun.strong})
    rows.delete(noun.kind, first)
    assert client.create(noun.plural, {"externalId": "2", **noun.strong}) != [first]
    assert rows.one(RECORDS[noun.kind].records, id=first)["deleted_at"] == START


@BOTH
def test_the_external_id_of_a_merged_record_leads_to_its_survivor(
    client: Client, rows: Rows, noun: Noun
) -> None:
    merged, survivor = client.create(noun.plural, {"externalId": "1"}, {"externalId": "2"})
    rows.merge(noun.kind, merged, survivor)
    assert client.create(noun.plural, {"externalId": "1", "a": 1}) == [survivor]
    assert rows.properties(noun.kind, survivor) == {"a": 1}
    assert rows.properties(noun.kind, merged) == {}


@BOTH
def test_a_number_is_an_external_id_and_stored_as_its_decimal_string(
    client: Client, rows: Rows, noun: Noun
) -> None:
    (first,) = client.create(noun.plural, {"externalId": 7})
    assert client.create(noun.plural, {"externalId": "7"}) == [first]
    assert rows.names(noun.kind) == {"7": first}


@BOTH
@pytest.mark.parametrize(
    "odd",
    [
        {"email": 7, "domain": 7, "name": 7, "linkedinUrl": True},
        {"email": "not an email", "phone": "call me", "linkedinUrl": "n/a", "domain": "?"},
        {"email": ["a@acme.com"], "domain": {"a": 1}, "firstName": [[]], "lastName": {}},
        {"email": "@", "domain": ".", "linkedinUrl": "https://", "name": "💼"},
    ],
)
def test_odd_values_are_kept_and_give_no_key(
    client: Client, rows: Rows, noun: Noun, odd: dict[str, Any]
) -> None:
    (crm_id,) = client.create(noun.plural, {"externalId": "1", **odd})
    assert rows.properties(noun.kind, crm_id) == odd
    keys = rows.of(RECORDS[noun.kind].keys)
    assert {key["kind"] for key in keys} <= {"name"}


@BOTH
def test_a_malformed_record_refuses_the_whole_batch_and_stores_nothing(
    client: Client, rows: Rows, noun: Noun
) -> None:
    records: list[Any] = [{"externalId": "1"}, {}, None, {"externalId": []}, [], {"externalId": ""}]
    paths = client.paths("POST", f"/{noun.plural}", {noun.plural: records})
    assert paths == [
        f"{noun.plural}[1].externalId",
        f"{noun.plural}[2]",
        f"{noun.plural}[3].externalId",
        f"{noun.plural}[4]",
        f"{noun.plural}[5].externalId",
    ]
    assert not rows.of(RECORDS[noun.kind].records)


def test_employee_count_is_the_number_of_employees(client: Client, rows: Rows) -> None:
    (acme,) = client.create("companies", {"externalId": "1", "employeeCount": 7})
    assert rows.properties(Kind.COMPANY, acme) == {"numberOfEmployees": 7}
    client.update("companies", {"crmId": acme, "employeeCount": 8})
    assert rows.properties(Kind.COMPANY, acme) == {"numberOfEmployees": 8}
    client.update("companies", {"crmId": acme, "employeeCount": None})
    assert rows.properties(Kind.COMPANY, acme) == {}


@BOTH
def test_a_batch_takes_the_same_number_of_statements_whatever_its_size(
    client: Client, rows: Rows, noun: Noun
) -> None:
    ids = client.create(noun.plural, *({"externalId": n, "a": n} for n in range(500)))
    assert len(set(ids)) == 500
    assert len(rows.of(RECORDS[noun.kind].records)) == 500


@BOTH
@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (rb'"title":"CEO \ud83d"', {"title": "CEO \ufffd"}),
        (rb'"title":"\ude00CEO"', {"title": "\ufffdCEO"}),
        (rb'"title":"C\u0000EO"', {"title": "CEO"}),
        (b'"title":"C\0EO"', {"title": "CEO"}),
        (b'"title":"\xed\xa0\xbdCEO"', {"title": "\ufffdCEO"}),
        (b'"title":"\xed\xa0\xbd\xed\xb8\x80"', {"title": "😀"}),
        (rb'"ti\u0000tle":"CEO"', {"title": "CEO"}),
        (rb'"a\ud83d":{"b\u0000":["\udca9"]}', {"a\ufffd": {"b": ["\ufffd"]}}),
        (rb'"title":"CEO","title\u0000":"CTO"', {"title": "CTO"}),
        (rb'"title":"\\ud83d \\u0000"', {"title": r"\ud83d \u0000"}),
    ],
)
def test_broken_characters_are_mended_and_the_whole_batch_is_stored(
    client: Client, noun: Noun, sent: bytes, stored: dict[str, Any]
) -> None:
    records = b'{"externalId":"a%s",' % rb"\u0000" + sent + b'},{"externalId":"b"}'
    body = b'{"%s":[%s]}' % (noun.plural.encode(), records)
    made = client.send("POST", f"/{noun.plural}", content=body)
    assert made.status_code == 201, made.text
    results = made.json()["results"]
    assert [one["externalId"] for one in results] == ["a", "b"]
    (read,) = client.read(noun.plural, results[0]["crmId"])
    values = {**read, **read["properties"]}
    assert {name: values.get(name) for name in stored} == stored


def test_what_is_not_json_is_refused_with_its_name_and_place(client: Client) -> None:
    body = b'{"contacts":[{"externalId":"1"},{"externalId":"2","leadScore":NaN}]}'
    refusal = client.send("POST", "/contacts", content=body)
    assert refusal.status_code == 400
    assert refusal.json() == {
        "error": "Invalid JSON",
        "message": "NaN is not a JSON value, at contacts[1].leadScore, byte 62",
        "code": "invalid_json",
    }

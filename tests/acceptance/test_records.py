"""Creates, updates and associations of contacts and companies."""

from typing import Any

import pytest

from tests.acceptance.records import Record, create, fresh, fresh_mobile, read_one, update, value
from tests.acceptance.server import Client

both = pytest.mark.parametrize("kind", ["contacts", "companies"])

CUSTOM: Record = {
    "intent score": 12.5,
    "año 🚀": "שלום",
    "opted_in": False,
    "zero": 0,
    "tags": ["a", 1, None],
    "deep": {"er": {"still": [True]}},
    "a.b.c": "dots",
    "__proto__": "x",
    "'; DROP TABLE contacts; --": "x",
}


@both
def test_the_results_of_a_create_are_in_the_order_of_the_request(client: Client, kind: str) -> None:
    run = fresh()
    names = [f"{run}-{number}" for number in (5, 3, 9, 1, 7)]
    crm_ids = create(client, kind, *({"externalId": name} for name in names))
    again = create(client, kind, *({"externalId": name} for name in reversed(names)))
    assert again == crm_ids[::-1]


@both
def test_the_same_external_id_again_is_the_same_record_and_updates_it(
    client: Client, kind: str
) -> None:
    name = fresh()
    (first,) = create(client, kind, {"externalId": name, "industry": "Tea", "a": 1, "b": 1})
    (second,) = create(client, kind, {"externalId": name, "industry": "Coffee", "b": 2, "c": 2})
    assert first == second
    record = read_one(client, kind, first)
    assert value(record, "industry") == "Coffee"
    assert record["properties"] == record["properties"] | {"a": 1, "b": 2, "c": 2}


@both
def test_the_same_external_id_twice_in_a_batch_is_one_record(client: Client, kind: str) -> None:
    name = fresh()
    first, second = create(
        client, kind, {"externalId": name, "a": 1, "b": 1}, {"externalId": name, "b": 2}
    )
    assert first == second
    assert read_one(client, kind, first)["properties"].items() >= {"a": 1, "b": 2}.items()


@both
def test_a_number_is_taken_for_an_external_id(client: Client, kind: str) -> None:
    number = int(fresh("")[:15], 16)
    answer = client.call("POST", f"/{kind}", {kind: [{"externalId": number}]}, status=201)
    (result,) = answer["results"]
    assert result["externalId"] == str(number)
    assert create(client, kind, {"externalId": str(number)}) == [result["crmId"]]


@pytest.mark.parametrize(
    ("kind", "key", "first", "second"),
    [
        ("contacts", "email", "{}@acme.com", " {}@ACME.com"),
        ("contacts", "linkedinUrl", "https://www.linkedin.com/in/{}", "es.linkedin.com/in/{}/?a=b"),
        ("companies", "domain", "{}.com", "https://www.{}.com/about"),
        ("companies", "linkedinUrl", "linkedin.com/company/{}", "http://linkedin.com/company/{}/"),
    ],
)
@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one after the other"])
def test_a_new_external_id_with_a_known_strong_key_is_an_alias_and_fills_what_is_empty(
    client: Client, kind: str, key: str, first: str, second: str, *, together: bool
) -> None:
    run = fresh()
    original: Record = {"externalId": fresh(), key: first.format(run), "industry": "Tea", "a": 1}
    alias: Record = {
        "externalId": fresh(),
        key: second.format(run),
        "industry": "Coffee",
        "description": "new",
        "a": 2,
        "b": 2,
    }
    if together:
        crm_ids = create(client, kind, original, alias)
    else:
        crm_ids = create(client, kind, original) + create(client, kind, alias)
    assert crm_ids[0] == crm_ids[1]
    record = read_one(client, kind, crm_ids[0])
    assert value(record, "industry") == "Tea"
    assert value(record, "description") == "new"
    assert record["properties"].items() >= {"a": 1, "b": 2}.items()
    assert create(client, kind, {"externalId": alias["externalId"]}) == [crm_ids[0]]


def test_weak_keys_do_not_link_contacts_when_they_are_created(client: Client) -> None:
    same: Record = {
        "firstName": "Ana",
        "lastName": fresh(),
        "company": "Acme",
        "phone": fresh_mobile(),
        "domain": "acme.com",
    }
    first, second = create(
        client, "contacts", {"externalId": fresh()} | same, {"externalId": fresh()} | same
    )
    assert first != second


@pytest.mark.parametrize("domain", ["gmail.com", "https://www.linkedin.com", "", None, "n/a"])
def test_a_domain_that_many_share_identifies_no_company(client: Client, domain: str | None) -> None:
    records = [{"externalId": fresh(), "domain": domain, "name": fresh()} for _ in range(3)]
    assert len(set(create(client, "companies", *records))) == 3


@pytest.mark.parametrize("email", ["", None, "N/A", "unknown", 7, "@", "a@", [], {}])
def test_something_that_is_no_email_identifies_no_contact(client: Client, email: Any) -> None:
    records = [{"externalId": fresh(), "email": email} for _ in range(3)]
    assert len(set(create(client, "contacts", *records))) == 3


@pytest.mark.parametrize(
    ("kind", "odd"),
    [
        ("contacts", {"firstName": 42, "phone": "call me", "email": "no address"}),
        ("contacts", {"lastName": "<script>alert(1)</script>", "title": "x" * 20_000}),
        ("contacts", {"firstName": True, "title": 1.5, "linkedinUrl": "ask her"}),
        ("companies", {"name": 7, "domain": "not a domain", "numberOfEmployees": "51-200"}),
        ("companies", {"foundedYear": "long ago", "technologiesUsed": ["Python", "C"]}),
    ],
)
def test_odd_values_are_kept_as_they_came(client: Client, kind: str, odd: Record) -> None:
    (crm_id,) = create(client, kind, {"externalId": fresh()} | odd)
    record = read_one(client, kind, crm_id)
    assert {name: value(record, name) for name in odd} == odd


@both
def test_a_record_comes_back_with_its_fields_and_its_custom_properties(
    client: Client, kind: str
) -> None:
    name = fresh()
    fields: dict[str, Record] = {
        "contacts": {
            "email": f"{name}@acme.com",
            "firstName": "José",
            "lastName": "Nuñez 🚀",
            "phone": "+34600111222",
            "company": "Acme",
            "title": "CEO",
            "linkedinUrl": f"https://www.linkedin.com/in/{name}",
            "ownerId": "user-1",
        },
        "companies": {
            "name": "Acme, Inc.",
            "domain": f"{name}.com",
            "industry": "Tea",
            "numberOfEmployees": 50,
            "linkedinUrl": f"https://www.linkedin.com/company/{name}",
            "ownerId": "user-1",
        },
    }
    known = fields[kind]
    (crm_id,) = create(client, kind, {"externalId": name} | known | CUSTOM)
    record = read_one(client, kind, crm_id)
    assert record.items() >= ({"id": crm_id, "externalId": name} | known).items()
    assert record["properties"] == record["properties"] | CUSTOM


@both
def test_reading_a_batch_leaves_out_unknown_ids_and_the_other_kind(
    client: Client, kind: str
) -> None:
    other = "companies" if kind == "contacts" else "contacts"
    (mine,) = create(client, kind, {"externalId": fresh()})
    (foreign,) = create(client, other, {"externalId": fresh()})
    body = {"ids": ["unknown", foreign, mine]}
    answer = client.call("POST", f"/{kind}/batch", body, status=200)
    assert [record["id"] for record in answer["results"]] == [mine]


def test_the_number_of_employees_has_two_names(client: Client) -> None:
    (first,) = create(client, "companies", {"externalId": fresh(), "employeeCount": 50})
    (second,) = create(client, "companies", {"externalId": fresh(), "numberOfEmployees": 50})
    update(client, "companies", {"crmId": second, "employeeCount": 60})
    for crm_id, expected in ((first, 50), (second, 60)):
        record = read_one(client, "companies", crm_id)
        named = [value(record, name) for name in ("numberOfEmployees", "employeeCount")]
        assert {number for number in named if number is not None} == {expected}


@both
def test_an_update_leaves_alone_what_it_does_not_name(client: Client, kind: str) -> None:
    (crm_id,) = create(client, kind, {"externalId": fresh(), "industry": "Tea"} | CUSTOM)
    update(client, kind, {"crmId": crm_id, "location": "Málaga", "new": 1})
    record = read_one(client, kind, crm_id)
    assert value(record, "industry") == "Tea"
    assert value(record, "location") == "Málaga"
    assert record["properties"] == record["properties"] | CUSTOM | {"new": 1}


@both
def test_null_clears(client: Client, kind: str) -> None:
    fields = {"industry": "Tea", "description": "x", "custom": 1, "kept": 1}
    (crm_id,) = create(client, kind, {"externalId": fresh()} | fields)
    update(client, kind, {"crmId": crm_id, "industry": None, "custom": None})
    record = read_one(client, kind, crm_id)
    cleared = {name: value(record, name) for name in fields}
    assert cleared == {"industry": None, "description": "x", "custom": None, "kept": 1}


def test_a_cleared_email_identifies_nobody_any_more(client: Client) -> None:
    email = f"{fresh()}@acme.com"
    (first,) = create(client, "contacts", {"externalId": fresh(), "email": email})
    update(client, "contacts", {"crmId": first, "email": None})
    (second,) = create(client, "contacts", {"externalId": fresh(), "email": email})
    assert first != second


@both
def test_a_failing_record_of_an_update_does_not_disturb_the_others(
    client: Client, kind: str
) -> None:
    other = "companies" if kind == "contacts" else "contacts"
    first, second = create(client, kind, {"externalId": fresh()}, {"externalId": fresh()})
    (foreign,) = create(client, other, {"externalId": fresh(), "industry": "Tea"})
    crm_ids = [first, "unknown", foreign, second]
    records = [{"crmId": crm_id, "industry": "Coffee"} for crm_id in crm_ids]
    answer = client.call("PUT", f"/{kind}", {kind: records}, status=200)
    noun = "Contact" if kind == "contacts" else "Company"
    failed = {"success": False, "error": f"{noun} not found"}
    assert answer["results"] == [
        {"crmId": first, "success": True},
        {"crmId": "unknown"} | failed,
        {"crmId": foreign} | failed,
        {"crmId": second, "success": True},
    ]
    for crm_id in (first, second):
        assert value(read_one(client, kind, crm_id), "industry") == "Coffee"
    assert value(read_one(client, other, foreign), "industry") == "Tea"


@both
def test_the_same_crm_id_twice_in_an_update_is_applied_in_order(client: Client, kind: str) -> None:
    (crm_id,) = create(client, kind, {"externalId": fresh()})
    update(
        client,
        kind,
        {"crmId": crm_id, "industry": "Tea", "a": 1, "b": 1},
        {"crmId": crm_id, "industry": "Coffee", "a": 2, "b": None},
    )
    record = read_one(client, kind, crm_id)
    assert {name: value(record, name) for name in ("industry", "a", "b")} == {
        "industry": "Coffee",
        "a": 2,
        "b": None,
    }


def test_keys_beside_the_array_are_no_error(client: Client) -> None:
    name = fresh()
    body = {"contacts": [{"externalId": name}], "source": "enginy", "page": {"of": 3}}
    client.call("POST", "/contacts", body, status=201)
    client.call("POST", "/contacts/sync", body, status=200)
    (crm_id,) = create(client, "contacts", {"externalId": name})
    client.call("PUT", "/contacts", {"contacts": [{"crmId": crm_id}], "source": 1}, status=200)


def link(contact: str, company: str) -> Record:
    return {"contactCRMId": contact, "companyCRMId": company}


def test_an_association_that_exists_counts_as_linked(client: Client) -> None:
    (contact,) = create(client, "contacts", {"externalId": fresh()})
    first, second = create(client, "companies", {"externalId": fresh()}, {"externalId": fresh()})
    for links in ([link(contact, first)], [link(contact, first), link(contact, second)]):
        answer = client.call("POST", "/associations", {"associations": links}, status=200)
        assert answer["success"] is True
        assert answer["created"] == len(links)
        assert not answer.get("errors")


def test_a_failing_association_is_listed_and_does_not_disturb_the_others(client: Client) -> None:
    (contact,) = create(client, "contacts", {"externalId": fresh()})
    (company,) = create(client, "companies", {"externalId": fresh()})
    failing = [link(contact, "unknown"), link("unknown", company), link(company, contact)]
    links = [*failing[:2], link(contact, company), failing[2]]
    answer = client.call("POST", "/associations", {"associations": links}, status=200)
    assert answer["success"] is True
    assert answer["created"] == 1
    errors = answer["errors"]
    assert [link(error["contactCRMId"], error["companyCRMId"]) for error in errors] == failing
    assert all(isinstance(error["error"], str) and error["error"] for error in errors)

"""Whom a sync finds, by what, and what it tells about them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.acceptance.population import (
    COMPANY_LINKEDIN_SPELLINGS,
    DOMAIN_SPELLINGS,
    EMAIL_SPELLINGS,
    LINKEDIN_SPELLINGS,
)
from tests.acceptance.records import Record, create, fresh, fresh_mobile, sync, update
from tests.acceptance.server import Client


def finds(client: Client, kind: str, stored: Record, asked: Record) -> bool:
    """Whether a record stored with some fields is found by others, under an unknown externalId."""
    (crm_id,) = create(client, kind, {"externalId": fresh()} | stored)
    name = fresh()
    found = sync(client, kind, {"externalId": name} | asked)
    assert found in ({}, {name: crm_id})
    return bool(found)


def properties(client: Client, kind: str, record: Record) -> Any:
    """What a sync tells about a record that it finds."""
    answer = client.call("POST", f"/{kind}/sync", {kind: [record]}, status=200)
    (result,) = answer["results"]
    return result["properties"]


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_a_sync_without_a_match_is_an_empty_array(client: Client, kind: str) -> None:
    body = {kind: [{"externalId": fresh(), "email": f"{fresh()}@acme.com", "name": fresh()}]}
    assert client.call("POST", f"/{kind}/sync", body, status=200) == {"results": []}
    assert client.call("POST", f"/{kind}/sync", {kind: []}, status=200) == {"results": []}


@pytest.mark.parametrize("number", range(len(EMAIL_SPELLINGS)))
def test_an_email_is_found_in_any_spelling(client: Client, number: int) -> None:
    email = f"{fresh()}@bücher-{fresh('')[:8]}.example"
    assert finds(client, "contacts", {"email": email}, {"email": EMAIL_SPELLINGS[number](email)})


@pytest.mark.parametrize("number", range(len(LINKEDIN_SPELLINGS)))
def test_a_linkedin_profile_is_found_in_any_spelling(client: Client, number: int) -> None:
    page = f"in/josé-garcía-{fresh()}"
    asked = {"linkedinUrl": LINKEDIN_SPELLINGS[number](page)}
    stored = {"linkedinUrl": LINKEDIN_SPELLINGS[(number + 5) % len(LINKEDIN_SPELLINGS)](page)}
    assert finds(client, "contacts", stored, asked)


@pytest.mark.parametrize("number", range(len(DOMAIN_SPELLINGS)))
def test_a_domain_is_found_in_any_spelling(client: Client, number: int) -> None:
    domain = f"bücher-{fresh('')}.example"
    assert finds(
        client, "companies", {"domain": domain}, {"domain": DOMAIN_SPELLINGS[number](domain)}
    )


@pytest.mark.parametrize("number", range(len(COMPANY_LINKEDIN_SPELLINGS)))
def test_a_companys_linkedin_page_is_found_in_any_spelling(client: Client, number: int) -> None:
    page = f"company/acme-{fresh()}"
    spelled = COMPANY_LINKEDIN_SPELLINGS[number](page)
    stored = {"linkedinUrl": COMPANY_LINKEDIN_SPELLINGS[0](page)}
    assert finds(client, "companies", stored, {"linkedinUrl": spelled})


def test_a_linkedin_page_of_a_company_is_no_page_of_a_person(client: Client) -> None:
    name = fresh()
    stored = {"linkedinUrl": f"https://www.linkedin.com/in/{name}"}
    asked = {"linkedinUrl": f"https://www.linkedin.com/company/{name}"}
    assert not finds(client, "contacts", stored, asked)


@pytest.mark.parametrize(
    ("name", "written", "country"),
    [
        ("phone", "+34 {} {} {}", None),
        ("phone", "0034-{}-{}-{}", None),
        ("phone", "(+34) {}.{}.{}", None),
        ("phone", "{} {} {}", "Spain"),
        ("phone", "{}{}{}", "ES"),
        ("mobilePhone", "+34{}{}{}", None),
    ],
)
def test_a_phone_is_found_in_any_spelling(
    client: Client, name: str, written: str, country: str | None
) -> None:
    phone = fresh_mobile()
    national = phone.removeprefix("+34")
    spelled = written.format(national[:3], national[3:6], national[6:])
    asked = {name: spelled, "leadCountry": country} if country else {name: spelled}
    assert finds(client, "contacts", {"phone": phone}, asked)


def test_a_national_number_of_an_unknown_country_finds_nobody(client: Client) -> None:
    phone = fresh_mobile()
    assert not finds(client, "contacts", {"phone": phone}, {"phone": phone.removeprefix("+34")})


def test_a_contact_is_found_by_first_name_last_name_and_company(client: Client) -> None:
    name = fresh()
    stored = {"firstName": "José", "lastName": f"Nuñez {name}", "company": "Acmé, Inc."}
    asked = {"firstName": "JOSE", "lastName": f"nunez {name.upper()}", "company": "ACME inc"}
    assert finds(client, "contacts", stored, asked)


def test_a_contact_is_not_found_by_a_part_of_the_three(client: Client) -> None:
    stored = {"firstName": "José", "lastName": fresh(), "company": "Acme"}
    for name in stored:
        asked = {key: given for key, given in stored.items() if key != name}
        assert not finds(client, "contacts", stored, asked)
        stored["lastName"] = fresh()


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("{} Tea, Inc.", "{} TEA Inc"),
        ("{} Té S.L.", "{} te, sl"),
        ("{} Tea GmbH", "{} Tea"),
        ("{} Tea LLC", "  {}   tea llc. "),
    ],
)
def test_a_company_is_found_by_its_name_in_any_spelling(
    client: Client, stored: str, asked: str
) -> None:
    name = fresh()
    assert finds(client, "companies", {"name": stored.format(name)}, {"name": asked.format(name)})


def test_a_similar_name_is_not_the_same_name(client: Client) -> None:
    name = fresh()
    assert not finds(client, "companies", {"name": f"{name} Tea"}, {"name": f"{name} Teas"})
    assert not finds(client, "companies", {"name": f"{name} Oil"}, {"name": f"{name} Oil Group 2"})


@pytest.mark.parametrize("domain", ["gmail.com", "www.linkedin.com"])
def test_a_domain_that_many_share_finds_no_company(client: Client, domain: str) -> None:
    create(client, "companies", {"externalId": fresh(), "domain": domain, "name": fresh()})
    asked = {"externalId": fresh(), "domain": domain, "name": fresh()}
    assert sync(client, "companies", asked) == {}


def test_the_stronger_key_wins_for_contacts(client: Client) -> None:
    run, phone = fresh(), fresh_mobile()
    keys: list[Record] = [
        {"externalId": run},
        {"email": f"{run}@acme.com"},
        {"linkedinUrl": f"linkedin.com/in/{run}"},
        {"phone": phone},
        {"firstName": "Ana", "lastName": run, "company": "Acme"},
    ]
    crm_ids = create(client, "contacts", *({"externalId": fresh()} | key for key in keys))
    for rank, crm_id in enumerate(crm_ids):
        asked: Record = {"externalId": fresh()}
        for weaker in reversed(keys[rank:]):
            asked |= weaker
        assert list(sync(client, "contacts", asked).values()) == [crm_id]


def test_the_stronger_key_wins_for_companies(client: Client) -> None:
    run = fresh()
    keys: list[Record] = [
        {"externalId": run},
        {"domain": f"{run}.com"},
        {"linkedinUrl": f"linkedin.com/company/{run}"},
        {"name": f"{run} Tea"},
    ]
    crm_ids = create(client, "companies", *({"externalId": fresh()} | key for key in keys))
    for rank, crm_id in enumerate(crm_ids):
        asked: Record = {"externalId": fresh()}
        for weaker in reversed(keys[rank:]):
            asked |= weaker
        assert list(sync(client, "companies", asked).values()) == [crm_id]


def test_of_several_records_with_one_key_the_oldest_is_found(client: Client) -> None:
    weak = {"firstName": "Ana", "lastName": fresh(), "company": "Acme"}
    crm_ids = create(client, "contacts", *({"externalId": fresh()} | weak for _ in range(3)))
    assert len(set(crm_ids)) == 3
    assert list(sync(client, "contacts", {"externalId": fresh()} | weak).values()) == crm_ids[:1]


def test_a_sync_stores_nothing(client: Client) -> None:
    stranger, name, email = fresh(), fresh(), f"{fresh()}@acme.com"
    create(client, "contacts", {"externalId": fresh(), "email": email})
    for _ in range(2):
        found = sync(
            client,
            "contacts",
            {"externalId": stranger, "linkedinUrl": f"linkedin.com/in/{stranger}"},
            {"externalId": name, "email": email, "phone": fresh_mobile(), "leadScore": 9},
        )
        assert set(found) == {name}
    assert sync(client, "contacts", {"externalId": stranger}, {"externalId": name}) == {}
    told = properties(client, "contacts", {"externalId": name, "email": email})
    assert told == {}


def test_a_sync_finds_a_record_by_a_key_that_an_update_gave_it(client: Client) -> None:
    (crm_id,) = create(client, "contacts", {"externalId": fresh(), "email": f"{fresh()}@acme.com"})
    email = f"{fresh()}@acme.com"
    update(client, "contacts", {"crmId": crm_id, "email": email})
    assert list(sync(client, "contacts", {"externalId": fresh(), "email": email}).values()) == [
        crm_id
    ]


def test_properties_leave_out_what_the_request_itself_carried(client: Client) -> None:
    name, phone = fresh(), fresh_mobile()
    known = {
        "externalId": name,
        "email": f"{name}@acme.com",
        "phone": phone,
        "mobilePhone": phone,
        "lifecycleStage": "lead",
    }
    create(client, "contacts", known | {"leadScore": 7, "title": "CEO", "custom": "x"})
    asked = {"externalId": name, "email": known["email"], "lifecycleStage": "customer"}
    assert properties(client, "contacts", asked) == {
        "phone": phone,
        "mobilePhone": phone,
        "leadScore": 7,
        "lifecycleStage": "lead",
    }
    assert properties(client, "contacts", known) == {"leadScore": 7}


def test_the_date_of_the_last_activity_is_that_of_the_latest(client: Client) -> None:
    name = fresh()
    (crm_id,) = create(client, "contacts", {"externalId": name})
    assert "lastActivityDate" not in properties(client, "contacts", {"externalId": name})
    for day in ("2026-03-01T10:00:00Z", "2026-03-09T12:00:00+02:00", "2026-03-04T10:00:00Z"):
        event = {
            "type": "EMAIL",
            "direction": "INBOUND",
            "occurredAt": day,
            "contactId": crm_id,
            "metadata": {"messageId": fresh()},
        }
        client.call("POST", "/activities", event, status=201)
    told = properties(client, "contacts", {"externalId": name})
    assert set(told) == {"lastActivityDate"}
    latest = datetime(2026, 3, 9, 10, tzinfo=UTC)
    assert datetime.fromisoformat(told["lastActivityDate"]) == latest

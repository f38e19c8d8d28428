"""POST /contacts/sync and POST /companies/sync, rule by rule."""

from typing import Any

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import HISTORY, METADATA, RECORDS
from tests.integration.api.client import Client
from tests.integration.api.conftest import Connect
from tests.integration.api.rows import MADE_LATER, Rows
from tests.unit.fakes import START

JANE = {
    "externalId": "c1",
    "email": "Jane@Acme.com",
    "linkedinUrl": "https://www.linkedin.com/in/Jane-Doe/",
    "phone": "+34 600 111 222",
    "mobilePhone": "+34 600 333 444",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme, Inc.",
}
ACME = {
    "externalId": "k1",
    "domain": "https://www.acme.com/about",
    "linkedinUrl": "linkedin.com/company/acme",
    "name": "Acme, Inc.",
}
# Strongest first: each finds Jane alone.
CONTACT_RULES: list[dict[str, str]] = [
    {"externalId": "c1"},
    {"email": " jane@ACME.com "},
    {"linkedinUrl": "http://es.linkedin.com/in/jane-doe?trk=x"},
    {"phone": "0034 600111222"},
    {"firstName": "JANE", "lastName": "Doé", "company": "acme"},
]
COMPANY_RULES: list[dict[str, str]] = [
    {"externalId": "k1"},
    {"domain": "ACME.com."},
    {"linkedinUrl": "https://linkedin.com/company/Acme/"},
    {"name": "ACME GmbH"},
]
RULES = [("contacts", JANE, rule) for rule in CONTACT_RULES] + [
    ("companies", ACME, rule) for rule in COMPANY_RULES
]
NAMES_OF_RULES = {
    "contacts": ["externalId", "email", "linkedinUrl", "phone", "name"],
    "companies": ["externalId", "domain", "linkedinUrl", "name"],
}
KINDS = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}
PLURAL = pytest.mark.parametrize("plural", KINDS)


def everything(rows: Rows) -> dict[str, Any]:
    """All that is stored, but the log of calls, which is written in its own time."""
    own = {"calls", *MADE_LATER}
    return {table.name: rows.of(table) for table in METADATA.sorted_tables if table.name not in own}


@pytest.mark.parametrize(("plural", "record", "rule"), RULES)
def test_each_rule_of_the_chain_finds_alone(
    client: Client, rows: Rows, plural: str, record: dict[str, str], rule: dict[str, str]
) -> None:
    (crm_id,) = client.create(plural, record)
    before = everything(rows)
    found = client.sync(plural, {"externalId": "x", **rule}, {"externalId": "nobody"})
    assert [(name, found_id) for name, (found_id, _) in found.items()] == [
        (rule.get("externalId", "x"), crm_id)
    ]
    assert everything(rows) == before


@pytest.mark.parametrize("phone", ["mobilePhone", "phone"])
@pytest.mark.parametrize("number", ["+34600111222", "+34600333444"])
def test_either_phone_is_found_in_either_field(client: Client, phone: str, number: str) -> None:
    (jane,) = client.create("contacts", JANE)
    assert client.sync("contacts", {"externalId": "x", phone: number})["x"][0] == jane


@pytest.mark.parametrize(
    ("plural", "place"),
    [(plural, n) for plural, rules in NAMES_OF_RULES.items() for n in range(len(rules) - 1)],
)
def test_of_two_rules_that_disagree_the_stronger_wins_and_the_pair_is_noted(
    client: Client, rows: Rows, plural: str, place: int
) -> None:
    rules = CONTACT_RULES if plural == "contacts" else COMPANY_RULES
    weaker, stronger = client.create(
        plural,
        {"externalId": "w", **rules[place + 1]},
        {"externalId": "s", **rules[place]},
    )
    record = {"externalId": "x", **rules[place + 1], **rules[place]}
    found = client.sync(plural, record)
    assert [crm_id for crm_id, _ in found.values()] == [stronger]
    assert rows.duplicates(KINDS[plural]) == {(weaker, stronger): NAMES_OF_RULES[plural][place + 1]}
    noted = rows.one(RECORDS[KINDS[plural]].duplicates)
    assert noted["noted_at"] == START
    client.sync(plural, record)
    assert rows.one(RECORDS[KINDS[plural]].duplicates) == noted


def test_all_rivals_are_noted(client: Client, rows: Rows) -> None:
    ids = client.create(
        "contacts",
        *({"externalId": f"{n}", **rule} for n, rule in enumerate(CONTACT_RULES[1:])),
    )
    found = client.sync("contacts", {**JANE, "externalId": "x"})
    assert found["x"][0] == ids[0]
    assert rows.duplicates(Kind.CONTACT) == {
        (ids[0], rival): rule
        for rival, rule in zip(ids[1:], ["linkedinUrl", "phone", "name"], strict=True)
    }


@PLURAL
def test_of_several_records_with_one_key_the_oldest_is_found(client: Client, plural: str) -> None:
    name = CONTACT_RULES[-1] if plural == "contacts" else COMPANY_RULES[-1]
    ids = client.create(plural, *({"externalId": f"{n}", **name} for n in range(3)))
    assert client.sync(plural, {"externalId": "x", **name})["x"][0] == min(ids)


@PLURAL
def test_only_matches_are_returned_in_the_order_sent(client: Client, plural: str) -> None:
    one, other = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    asked = [{"externalId": n} for n in ("2", "3", "1", "2")]
    results = client.call("POST", f"/{plural}/sync", {plural: asked})["results"]
    assert [(each["externalId"], each["crmId"]) for each in results] == [
        ("2", other),
        ("1", one),
        ("2", other),
    ]
    assert client.call("POST", f"/{plural}/sync", {plural: []}) == {"results": []}
    assert client.call("POST", f"/{plural}/sync", {plural: asked[1:2]}) == {"results": []}


@pytest.mark.parametrize(("plural", "record", "rule"), RULES)
def test_a_deleted_record_is_no_match(
    client: Client, rows: Rows, plural: str, record: dict[str, str], rule: dict[str, str]
) -> None:
    (crm_id,) = client.create(plural, record)
    rows.delete(KINDS[plural], crm_id)
    assert client.sync(plural, {"externalId": "x", **rule}) == {}


@PLURAL
def test_the_external_id_of_a_merged_record_finds_its_survivor(
    client: Client, rows: Rows, plural: str
) -> None:
    merged, survivor = client.create(plural, {"externalId": "1"}, {"externalId": "2"})
    rows.merge(KINDS[plural], merged, survivor)
    assert client.sync(plural, {"externalId": "1"})["1"][0] == survivor


@pytest.mark.parametrize(("plural", "record", "rule"), RULES)
def test_a_merged_record_itself_is_never_found(
    client: Client, rows: Rows, plural: str, record: dict[str, str], rule: dict[str, str]
) -> None:
    merged, survivor = client.create(plural, record, {"externalId": "2"})
    rows.merge(KINDS[plural], merged, survivor)
    found = client.sync(plural, {"externalId": "x", **rule})
    assert merged not in [crm_id for crm_id, _ in found.values()]


@PLURAL
def test_where_the_oldest_is_deleted_the_next_is_found(
    client: Client, rows: Rows, plural: str
) -> None:
    name = CONTACT_RULES[-1] if plural == "contacts" else COMPANY_RULES[-1]
    ids = client.create(plural, *({"externalId": f"{n}", **name} for n in range(2)))
    rows.delete(KINDS[plural], min(ids))
    assert client.sync(plural, {"externalId": "x", **name})["x"][0] == max(ids)


def test_by_default_the_documented_properties_of_a_contact_go_back(client: Client) -> None:
    stored = {"leadScore": 7, "lifecycleStage": "lead", "title": "CEO", "custom": 1}
    client.create("contacts", {**JANE, **stored})
    _, properties = client.sync("contacts", {"externalId": "c1"})["c1"]
    assert properties == {
        "email": "Jane@Acme.com",
        "phone": "+34 600 111 222",
        "mobilePhone": "+34 600 333 444",
        "leadScore": 7,
        "lifecycleStage": "lead",
    }


def test_what_the_request_itself_carried_does_not_go_back(client: Client) -> None:
    client.create("contacts", JANE)
    sent = {"externalId": "c1", "email": "Jane@Acme.com", "phone": "+34600111222"}
    _, properties = client.sync("contacts", sent)["c1"]
    assert properties == {"phone": "+34 600 111 222", "mobilePhone": "+34 600 333 444"}


def test_by_default_the_documented_properties_of_a_company_go_back(client: Client) -> None:
    stored = {"accountTier": "gold", "totalDeals": 0, "lifetimeValue": 9.5, "industry": "Anvils"}
    client.create("companies", {**ACME, **stored})
    _, properties = client.sync("companies", {"externalId": "k1"})["k1"]
    assert properties == {"accountTier": "gold", "totalDeals": 0, "lifetimeValue": 9.5}


def test_which_properties_go_back_is_a_setting(connect: Connect) -> None:
    client = connect(return_contacts=("title", "custom"), return_companies=())
    client.create("contacts", {**JANE, "title": "CEO", "custom": {"a": [1]}})
    client.create("companies", {**ACME, "accountTier": "gold"})
    assert client.sync("contacts", {"externalId": "c1"})["c1"][1] == {
        "title": "CEO",
        "custom": {"a": [1]},
    }
    assert client.sync("companies", {"externalId": "k1"})["k1"][1] == {}


def test_the_last_activity_date_is_derived(client: Client) -> None:
    (jane,) = client.create("contacts", {"externalId": "c1"})
    for occurred_at in ("2026-01-05T10:00:00+02:00", "2026-01-03", None):
        activity = {"type": "EMAIL", "contactId": jane, "occurredAt": occurred_at}
        client.call("POST", "/activities", activity, status=201)
    _, properties = client.sync("contacts", {"externalId": "c1"})["c1"]
    assert properties == {"lastActivityDate": "2026-01-05T08:00:00Z"}


def test_a_property_that_is_not_a_property_of_companies_is_not_derived(connect: Connect) -> None:
    client = connect(return_companies=("lastActivityDate",))
    client.create("companies", ACME)
    assert client.sync("companies", {"externalId": "k1"})["k1"][1] == {}


def test_the_chain_is_a_setting(connect: Connect, rows: Rows) -> None:
    client = connect(match_contacts=("phone", "email"))
    by_email, by_phone = client.create(
        "contacts",
        {"externalId": "1", "email": "jane@acme.com", "linkedinUrl": "linkedin.com/in/jane"},
        {"externalId": "2", "phone": "+34600111222"},
    )
    sent = {"externalId": "x", "email": "jane@acme.com", "phone": "+34600111222"}
    assert client.sync("contacts", sent)["x"][0] == by_phone
    assert rows.duplicates(Kind.CONTACT) == {(by_email, by_phone): "email"}
    assert client.sync("contacts", {"externalId": "1"}) == {}
    assert client.sync("contacts", {"externalId": "x", "linkedinUrl": "linkedin.com/in/jane"}) == {}


def test_the_chain_of_companies_is_a_setting_of_its_own(connect: Connect) -> None:
    client = connect(match_companies=("domain",))
    (acme,) = client.create("companies", ACME)
    assert client.sync("companies", {"externalId": "k1", "name": "Acme"}) == {}
    assert client.sync("companies", {"externalId": "x", "domain": "acme.com"})["x"][0] == acme


def test_a_sync_leaves_no_history(client: Client, rows: Rows) -> None:
    client.create("contacts", JANE)
    before = rows.of(HISTORY)
    client.sync("contacts", {**JANE, "title": "CTO"})
    assert rows.of(HISTORY) == before


@PLURAL
def test_a_malformed_sync_names_every_bad_path(client: Client, plural: str) -> None:
    records = [{"externalId": "1"}, {"email": "a@acme.com"}, 7]
    assert client.paths("POST", f"/{plural}/sync", {plural: records}) == [
        f"{plural}[1].externalId",
        f"{plural}[2]",
    ]

"""Two records that share a key: when they are one, and when they are two and noted as such."""

from itertools import permutations
from typing import Any, Final, NamedTuple

import pytest

from customcrm.crm.records import Kind
from customcrm.store.tables import RECORDS
from tests.integration.api.client import Client
from tests.integration.api.rows import Rows

Values = dict[str, Any]
KINDS: Final = {"contacts": Kind.CONTACT, "companies": Kind.COMPANY}

INFO: Final = {"email": "info@acme.com"}
ETSY: Final = {"domain": "etsy.com"}


class Pair(NamedTuple):
    """Two records that come, whether they are one, and the reason noted if they are two."""

    plural: str
    one: Values
    other: Values
    same: bool
    reason: str = ""


def company(one: Values, other: Values, *, same: bool, reason: str = "sharedDomain") -> Pair:
    return Pair("companies", one, other, same, "" if same else reason)


def contact(one: Values, other: Values, *, same: bool, reason: str = "sharedEmail") -> Pair:
    return Pair("contacts", one, other, same, "" if same else reason)


def named(first: str, last: str) -> Values:
    return {"firstName": first, "lastName": last}


CASES: Final = [
    # A company's own domain links whatever the names say.
    company(
        {"domain": "ibm.com", "name": "IBM"},
        {"domain": "www.ibm.com", "name": "International Business Machines"},
        same=True,
    ),
    company(
        {"domain": "acme.com", "name": "Oak"}, {"domain": "acme.com/en", "name": "Elm"}, same=True
    ),
    company(
        {"domain": "acme.de/ueber-uns", "name": "Oak"},
        {"website": "https://acme.de/index.html", "name": "Elm"},
        same=True,
    ),
    company(
        {"domain": "acme.wixsite.com", "name": "Oak"},
        {"domain": "acme.wixsite.com", "name": "Elm"},
        same=True,
    ),
    # A platform's does where the names agree.
    *(
        company({"domain": domain, "name": "Oak"}, {"domain": other, "name": "Elm"}, same=False)
        for domain, other in [
            ("etsy.com/shop/oak", "etsy.com/shop/elm"),
            ("play.google.com/store/apps/oak", "play.google.com/store/apps/elm"),
            ("amazon.com", "www.amazon.com/stores/elm"),
            ("patreon.com/oak", "patreon.com/elm"),
            ("eventbrite.com/o/1", "eventbrite.com/o/2"),
            ("wixsite.com", "wixsite.com"),
            ("chello.at", "chello.at"),
            ("nate.com", "nate.com"),
            ("hotmail.co.il", "hotmail.co.il"),
            ("mail.de", "mail.de"),
            ("newmarketplace.io/sellers/oak", "newmarketplace.io/sellers/elm"),
            ("https://linkedin.com/company/oak", "linkedin.com"),
        ]
    ),
    company(
        {"domain": "etsy.com/shop/oak", "name": "Oak Crafts"},
        {"domain": "https://www.etsy.com/shop/oak?ref=1", "name": "Oak & Co"},
        same=True,
    ),
    company({**ETSY, "name": "Oak, Inc."}, {**ETSY, "name": "OAK"}, same=True),
    company({**ETSY, "name": "Oak Crafts"}, {**ETSY, "name": "Elm Crafts"}, same=False),
    company(
        {"domain": "etsy.com/shop/oak", "name": "Oak"}, {"domain": "etsy.com/shop/oak"}, same=True
    ),
    company({"domain": "etsy.com/shop/oak"}, {"domain": "etsy.com/shop/oak"}, same=True),
    company({"domain": "etsy.com/shop/oak"}, {"domain": "etsy.com/shop/elm"}, same=False),
    company({"domain": "gmail.com"}, {"domain": "gmail.com"}, same=False),
    company(
        {"domain": "gmail.com", "name": "Oak"}, {"domain": "gmail.com", "name": "n/a"}, same=True
    ),
    company(
        {"domain": "acme.com/oak", "name": "Oak"}, {"domain": "acme.com", "name": "Elm"}, same=False
    ),
    company(
        {**ETSY, "name": "Oak", "linkedinUrl": "linkedin.com/company/oak-es"},
        {**ETSY, "name": "Oak", "companyLinkedInUrl": "linkedin.com/company/oak-fr"},
        same=False,
    ),
    company(
        {"domain": "acme.com", "linkedinUrl": "linkedin.com/company/a"},
        {"domain": "acme.com", "linkedinUrl": "linkedin.com/company/b"},
        same=True,
    ),
    company(
        {"domain": "acme.com", "linkedinUrl": "linkedin.com/company/a"},
        {"domain": "acme.es", "linkedinUrl": "linkedin.com/company/a"},
        same=True,
    ),
    # A personal email links whatever the names say.
    contact(
        {"email": "jo@acme.com", **named("Jo", "Doe")},
        {"email": "JO@acme.com", **named("Ann", "Lee")},
        same=True,
    ),
    contact(
        {"professionalEmail": "jo@acme.com", **named("Jo", "Doe")},
        {"email": "jo@acme.com"},
        same=True,
    ),
    contact(
        {"personalEmails": ["x@y.com", "jo@acme.com"]},
        {"personalEmails": [{"email": "Jo@acme.com"}]},
        same=True,
    ),
    contact(
        {"linkedInProfileUrl": "linkedin.com/in/jo"},
        {"linkedinUrl": "https://es.linkedin.com/in/Jo/"},
        same=True,
    ),
    contact(
        {"email": "jo@acme.com", "linkedinUrl": "linkedin.com/in/jo"},
        {"email": "jo@other.com", "linkedinUrl": "linkedin.com/in/jo"},
        same=True,
    ),
    # A role's mailbox does where the names agree.
    contact({**INFO, **named("Ann", "Lee")}, {**INFO, **named("Bob", "Jones")}, same=False),
    contact({**INFO, **named("Ana", "García")}, {**INFO, **named("Luis", "García")}, same=False),
    contact({**INFO, **named("Ann", "Lee")}, {**INFO, **named("ANN", "Lee-Smith")}, same=True),
    contact({**INFO, **named("Ann", "Lee")}, {**INFO, **named("A.", "Lee")}, same=True),
    contact({**INFO, **named("Ann", "Lee")}, INFO, same=True),
    contact(INFO, {**INFO, "title": "CEO"}, same=True),
    contact({**INFO, **named("Ann", "Lee")}, {**INFO, **named("n/a", "Unknown")}, same=True),
    contact(
        {**INFO, **named("Ann", "Lee"), "linkedinUrl": "linkedin.com/in/ann"},
        {**INFO, **named("Ann", "Lee"), "linkedinUrl": "linkedin.com/in/ann-2"},
        same=False,
    ),
    *(
        contact(
            {"email": f"{role}@acme.es", **named("Ann", "Lee")},
            {"email": f"{role}@acme.es", **named("Bob", "Jones")},
            same=False,
        )
        for role in (
            "ventas",
            "kontakt",
            "sales",
            "hello",
            "office",
            "contacto",
            "vertrieb",
            "compras",
            "info.madrid",
            "support2",
        )
    ),
    # What stands for no value is no key.
    *(
        contact({"email": email}, {"email": email}, same=False, reason="")
        for email in (
            "none@none.com",
            "test@test.com",
            "noemail@noemail.com",
            "unknown@acme.com",
            "N/A@n-a.com",
            "no-email@acme.com",
        )
    ),
    *(
        contact(
            {"linkedinUrl": f"linkedin.com/in/{slug}"},
            {"linkedinUrl": f"https://www.linkedin.com/in/{slug}/"},
            same=False,
            reason="",
        )
        for slug in ("None", "nan", "n-a", "unknown", "null", "undefined", "-")
    ),
    *(
        company(
            {"domain": domain, "name": "Oak"},
            {"domain": domain, "name": "Oak"},
            same=False,
            reason="",
        )
        for domain in ("example.com", "test.com", "none.com", "example.org", "unknown.com")
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "one by one"])
def test_who_shares_a_key_is_one_or_two(
    client: Client, rows: Rows, case: Pair, *, together: bool
) -> None:
    records = [{"externalId": "1", **case.one}, {"externalId": "2", **case.other}]
    if together:
        one, other = client.create(case.plural, *records)
    else:
        one, other = (client.create(case.plural, record)[0] for record in records)
    assert (one == other) is case.same
    noted = {} if one == other or not case.reason else {(one, other): case.reason}
    assert rows.duplicates(KINDS[case.plural]) == noted
    assert client.create(case.plural, *records) == [one, other]
    assert rows.duplicates(KINDS[case.plural]) == noted


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_sync_finds_whom_a_create_would_be(client: Client, rows: Rows, case: Pair) -> None:
    (one,) = client.create(case.plural, {"externalId": "1", **case.one})
    found = client.sync(case.plural, {"externalId": "x", **case.other})
    if case.reason or case.same:
        assert [crm_id for crm_id, _ in found.values()] == ([one] if case.same else [])
    assert not rows.duplicates(KINDS[case.plural])


BOB: Final[Values] = {
    "email": "bob@acme.com",
    "linkedinUrl": "linkedin.com/in/bob",
    "phone": "+34911222333",
    **named("Bob", "Jones"),
    "company": "Acme",
}
ANN: Final[Values] = {
    "email": "ann@acme.com",
    "linkedinUrl": "linkedin.com/in/ann",
    "phone": "+34 911 222 333",
    **named("Ann", "Lee"),
    "company": "Acme",
}


def without(record: Values, *names: str) -> Values:
    return {name: value for name, value in record.items() if name not in names}


@pytest.mark.parametrize(
    ("plural", "stored", "asked", "found"),
    [
        ("contacts", ANN, BOB, False),
        ("contacts", ANN, without(BOB, "linkedinUrl", "firstName", "lastName"), False),
        ("contacts", ANN, without(BOB, "email", "firstName", "lastName"), False),
        ("contacts", without(ANN, "email"), BOB, False),
        ("contacts", without(ANN, "email", "linkedinUrl"), BOB, False),
        ("contacts", ANN, {"phone": "+34911222333"}, True),
        ("contacts", ANN, {"phone": "+34911222333", "email": "info@acme.com"}, True),
        ("contacts", ANN, {"phone": "+34911222333", "email": "none@none.com"}, True),
        ("contacts", ANN, {"phones": ["+34911222333"], **named("Ann", "Lee")}, True),
        ("contacts", ANN, {"phone": "+34911222333", "email": "ann@home.com"}, False),
        ("contacts", {"phone": "+1-555-0123"}, {"phone": "001 555 0123"}, True),
        ("contacts", {"mobilePhone": "+1234567890"}, {"phones": ["+1 234 567 890"]}, True),
        ("contacts", ANN, {**named("Ann", "Lee"), "company": "Acme Inc"}, True),
        (
            "contacts",
            ANN,
            {**named("Ann", "Lee"), "company": "Acme", "email": "a.lee@x.com"},
            False,
        ),
        (
            "contacts",
            ANN,
            {**named("Ann", "Lee"), "company": "Acme", "phone": "+34911000111"},
            False,
        ),
        (
            "contacts",
            ANN,
            {**named("Ann", "Lee"), "company": "Acme", "linkedinUrl": "linkedin.com/in/annlee"},
            False,
        ),
        (
            "contacts",
            {**ANN, "personalEmails": ["ann@home.com"]},
            {"phone": "+34911222333", "email": "ann@home.com"},
            True,
        ),
        (
            "companies",
            {"name": "Oak", "domain": "oak.com"},
            {"name": "Oak", "domain": "oak.es"},
            False,
        ),
        ("companies", {"name": "Oak", "domain": "oak.com"}, {"name": "Oak Inc"}, True),
        (
            "companies",
            {"name": "Oak", "domain": "gmail.com"},
            {"name": "Oak", "domain": "oak.es"},
            True,
        ),
        (
            "companies",
            {"name": "Oak", "linkedinUrl": "linkedin.com/company/oak"},
            {"name": "Oak", "linkedinUrl": "linkedin.com/company/oak-crafts"},
            False,
        ),
        (
            "companies",
            {"name": "Oak", "linkedinUrl": "linkedin.com/company/oak", "domain": "oak.com"},
            {"name": "Oak", "linkedinUrl": "linkedin.com/company/oak", "domain": "oak.es"},
            True,
        ),
    ],
)
def test_a_weaker_key_finds_nobody_whose_stronger_keys_contradict(
    client: Client, plural: str, stored: Values, asked: Values, *, found: bool
) -> None:
    (crm_id,) = client.create(plural, {"externalId": "1", **stored})
    matches = client.sync(plural, {"externalId": "x", **asked})
    assert [one for one, _ in matches.values()] == ([crm_id] if found else [])


def test_who_is_not_found_is_noted_beside_who_is(client: Client, rows: Rows) -> None:
    ann, bob = client.create("contacts", {"externalId": "a", **ANN}, {"externalId": "b", **BOB})
    assert client.sync("contacts", {**BOB, "externalId": "x"})["x"][0] == bob
    assert rows.duplicates(Kind.CONTACT) == {(ann, bob): "phone"}


@pytest.mark.parametrize("holders", [2, 5, 20, 49])
@pytest.mark.parametrize("together", [True, False])
def test_where_the_oldest_holder_does_not_qualify_a_younger_one_does(
    client: Client, rows: Rows, holders: int, *, together: bool
) -> None:
    records = [
        {"externalId": f"{n}", **INFO, **named(f"Ann{n}", f"Lee{n}")} for n in range(holders)
    ]
    ids = client.create("contacts", *records)
    assert len(set(ids)) == holders
    asked = {**INFO, **named(f"ann{holders - 1}", f"LEE{holders - 1}")}
    assert client.sync("contacts", {"externalId": "x", **asked})["x"][0] == ids[-1]
    again = [
        {"externalId": f"again-{n}", **without(one, "externalId")} for n, one in enumerate(records)
    ]
    if together:
        assert client.create("contacts", *again) == ids
    else:
        assert [client.create("contacts", one)[0] for one in again] == ids
    assert len(rows.of(RECORDS[Kind.CONTACT].records)) == holders


def test_of_a_switchboard_the_colleague_is_found_and_not_the_oldest(client: Client) -> None:
    people = [
        {"externalId": f"{n}", "phone": "+34911222333", **named(f"First{n}", f"Last{n}")}
        for n in range(10)
    ]
    ids = client.create("contacts", *people)
    for n, crm_id in enumerate(ids):
        asked = {"phone": "0034 911222333", **named(f"First{n}", f"Last{n}")}
        assert client.sync("contacts", {"externalId": "x", **asked})["x"][0] == crm_id
    stranger = {"phone": "+34911222333", **named("Some", "Stranger")}
    assert client.sync("contacts", {"externalId": "x", **stranger}) == {}


def test_a_key_that_very_many_share_notes_nobody(client: Client, rows: Rows) -> None:
    records = [{"externalId": f"{n}", **INFO, **named(f"A{n}x", f"B{n}x")} for n in range(60)]
    ids = client.create("contacts", *records)
    assert len(set(ids)) == 60
    (late,) = client.create("contacts", {"externalId": "late", **INFO, **named("Ann", "Lee")})
    assert late not in {one for pair in rows.duplicates(Kind.CONTACT) for one in pair}


def test_a_linkedin_page_decides_before_a_role_mailbox(client: Client, rows: Rows) -> None:
    by_mailbox, by_page = client.create(
        "contacts",
        {"externalId": "1", **INFO, **named("Ann", "Lee")},
        {"externalId": "2", "linkedinUrl": "linkedin.com/in/ann"},
    )
    both = {**INFO, **named("Ann", "Lee"), "linkedinUrl": "linkedin.com/in/ann"}
    assert client.sync("contacts", {"externalId": "x", **both})["x"][0] == by_page
    assert client.create("contacts", {"externalId": "3", **both}) == [by_page]
    assert rows.duplicates(Kind.CONTACT) == {(by_mailbox, by_page): "sharedEmail"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_they_come_does_not_make_one_of_two(
    client: Client, order: tuple[int, ...]
) -> None:
    people = [
        {**INFO, **named("Ann", "Lee")},
        {**INFO, **named("Bob", "Jones")},
        {**INFO, **named("Ann", "Lee")},
    ]
    ids: dict[int, str] = {}
    for n in order:
        (ids[n],) = client.create("contacts", {"externalId": f"{n}", **people[n]})
    assert ids[0] == ids[2] != ids[1]


def test_the_survivor_of_a_merge_is_known_by_both_names(client: Client, rows: Rows) -> None:
    ann, bob = client.create(
        "contacts",
        {"externalId": "1", **INFO, **named("Ann", "Lee")},
        {"externalId": "2", **INFO, **named("Bob", "Jones")},
    )
    rows.merge(Kind.CONTACT, bob, ann)
    assert client.create("contacts", {"externalId": "3", **INFO, **named("Ann", "Lee")}) == [ann]
    (carl,) = client.create("contacts", {"externalId": "4", **INFO, **named("Carl", "Orff")})
    assert carl != ann

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.documented_fields import OWN_NAMES
from customcrm.crm.match_keys import (
    COMPANY_CHAIN,
    COMPANY_KEY_FIELDS,
    CONTACT_CHAIN,
    CONTACT_KEY_FIELDS,
    STRONG_COMPANY,
    STRONG_CONTACT,
    MatchKey,
    company_keys,
    contact_keys,
)
from tests.unit.crm.json_values import HOSTILE, JSON, is_storable

CONTACT = {
    "externalId": "1",
    "email": "Jane@Acme.com",
    "linkedinUrl": "https://es.linkedin.com/in/Jane-Doe/",
    "phone": "600 111 222",
    "mobilePhone": "+44 (0)20 7946 0018",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme, Inc.",
    "leadCountry": "Spain",
    "title": "CEO",
}
COMPANY = {
    "externalId": "2",
    "name": "Acme, Inc.",
    "domain": "https://www.Acme.com/about",
    "website": "acme.es",
    "linkedinUrl": "linkedin.com/company/acme/about/",
    "industry": "Anvils",
}
ANY_CONTACT = st.dictionaries(st.sampled_from(sorted(CONTACT_KEY_FIELDS)), JSON)
ANY_COMPANY = st.dictionaries(st.sampled_from(sorted(COMPANY_KEY_FIELDS)), JSON)


def test_a_contacts_keys_come_strongest_first() -> None:
    assert contact_keys(CONTACT) == (
        MatchKey("email", "jane@acme.com"),
        MatchKey("linkedinUrl", "in/jane-doe"),
        MatchKey("phone", "+34600111222"),
        MatchKey("phone", "+442079460018"),
        MatchKey("name", "jane|doe|acme"),
    )


def test_a_companys_keys_come_strongest_first() -> None:
    assert company_keys(COMPANY) == (
        MatchKey("domain", "acme.com"),
        MatchKey("linkedinUrl", "company/acme"),
        MatchKey("name", "acme"),
    )


def test_the_same_number_twice_is_one_key() -> None:
    record = {"phone": "+34 600 111 222", "mobilePhone": "0034600111222"}
    assert contact_keys(record) == (MatchKey("phone", "+34600111222"),)


def test_a_mobile_phone_alone_is_a_phone() -> None:
    assert contact_keys({"mobilePhone": "+34600111222"}) == (MatchKey("phone", "+34600111222"),)


def test_a_number_without_country_code_needs_the_records_country() -> None:
    assert contact_keys({"phone": "600111222"}) == ()
    for country in ({"leadCountry": "ES"}, {"countryCode": "es"}, {"location": "Madrid, Spain"}):
        assert contact_keys({"phone": "600111222"} | country) == (
            MatchKey("phone", "+34600111222"),
        )


@pytest.mark.parametrize("domain", [None, "", "gmail.com", "n/a", 7, ["acme.com"]])
def test_the_website_stands_in_for_a_domain_that_gives_no_key(domain: object) -> None:
    record = {"domain": domain, "website": "https://acme.es"}
    assert company_keys(record) == (MatchKey("domain", "acme.es"),)


def test_a_colleague_is_not_the_same_person() -> None:
    assert contact_keys({"linkedinUrl": COMPANY["linkedinUrl"]}) == ()
    assert company_keys({"linkedinUrl": CONTACT["linkedinUrl"]}) == ()


def test_an_empty_record_has_no_keys() -> None:
    assert contact_keys({}) == company_keys({}) == ()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_record_of_hostile_values_has_few_keys_and_raises_nothing(value: object) -> None:
    for fields, keys_of in (
        (CONTACT_KEY_FIELDS, contact_keys),
        (COMPANY_KEY_FIELDS, company_keys),
    ):
        one_value = fields - OWN_NAMES["contact"] | {"website"}
        keys_of(dict.fromkeys(fields, value))
        assert {key.kind for key in keys_of(dict.fromkeys(one_value, value))} <= {"name"}


def test_every_kind_is_in_the_chain_and_every_strong_kind_too() -> None:
    assert CONTACT_CHAIN == ("externalId", "email", "linkedinUrl", "phone", "name")
    assert COMPANY_CHAIN == ("externalId", "domain", "linkedinUrl", "name")
    assert frozenset({"email", "linkedinUrl"}) == STRONG_CONTACT
    assert frozenset({"domain", "linkedinUrl"}) == STRONG_COMPANY


class _Watched(dict[str, Any]):
    """A record that notes which of its properties were read."""

    def __init__(self, record: dict[str, Any]) -> None:
        super().__init__(record)
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)


def test_the_key_fields_are_those_that_are_read() -> None:
    contact, company = _Watched({"phone": "1"}), _Watched({})
    contact_keys(contact)
    company_keys(company)
    assert contact.read == CONTACT_KEY_FIELDS
    assert company.read == COMPANY_KEY_FIELDS


@given(ANY_CONTACT)
def test_any_contact_has_storable_keys_in_the_chains_order(record: dict[str, object]) -> None:
    keys = contact_keys(record)
    kinds = [CONTACT_CHAIN.index(key.kind) for key in keys]
    assert kinds == sorted(kinds)
    assert len(set(keys)) == len(keys)
    assert all(is_storable(key.value) and 0 < len(key.value) <= 300 for key in keys)


@given(ANY_COMPANY)
def test_any_company_has_storable_keys_in_the_chains_order(record: dict[str, object]) -> None:
    keys = company_keys(record)
    kinds = [COMPANY_CHAIN.index(key.kind) for key in keys]
    assert kinds == sorted(kinds)
    assert all(is_storable(key.value) and 0 < len(key.value) <= 300 for key in keys)


def values_of(kind: str, keys: tuple[MatchKey, ...]) -> list[str]:
    return [key.value for key in keys if key.kind == kind]


@pytest.mark.parametrize(
    ("record", "emails"),
    [
        ({"professionalEmail": "Jo@Acme.com"}, ["jo@acme.com"]),
        ({"personalEmails": ["a@b.com", "c@d.com"]}, ["a@b.com", "c@d.com"]),
        ({"personalEmails": "a@b.com"}, ["a@b.com"]),
        ({"personalEmails": "a@b.com; c@d.com"}, ["a@b.com", "c@d.com"]),
        ({"personalEmails": "a@b.com,\nc@d.com"}, ["a@b.com", "c@d.com"]),
        ({"personalEmails": [{"email": "a@b.com"}, {"value": "c@d.com"}]}, ["a@b.com", "c@d.com"]),
        ({"personalEmails": {"address": "a@b.com", "type": "home"}}, ["a@b.com"]),
        ({"personalEmails": [None, 7, [], {}, "no email", "a@b.com"]}, ["a@b.com"]),
        ({"email": "a@b.com", "professionalEmail": "A@B.com"}, ["a@b.com"]),
        (
            {"email": "a@b.com", "professionalEmail": "c@d.com", "personalEmails": ["e@f.com"]},
            ["a@b.com", "c@d.com", "e@f.com"],
        ),
        ({"email": "a@b.com, c@d.com"}, ["a@b.com", "c@d.com"]),
        ({"email": "none@none.com", "professionalEmail": "a@b.com"}, ["a@b.com"]),
        ({"email": ["a@b.com"]}, []),
        (
            {"personalEmails": [f"a{n}@b.com" for n in range(99)]},
            [f"a{n}@b.com" for n in range(10)],
        ),
    ],
)
def test_emails_come_under_all_their_names(record: dict[str, Any], emails: list[str]) -> None:
    assert values_of("email", contact_keys(record)) == emails


@pytest.mark.parametrize(
    ("record", "phones"),
    [
        ({"phones": ["+34 600 111 222", "0034 600 333 444"]}, ["+34600111222", "+34600333444"]),
        ({"phones": "+34 600 111 222, +34 600 333 444"}, ["+34600111222", "+34600333444"]),
        ({"phones": "+34 600 111 222 / +34 600 333 444"}, ["+34600111222", "+34600333444"]),
        ({"phones": [{"number": "+34600111222", "type": "work"}]}, ["+34600111222"]),
        ({"phones": [{"phoneNumber": "600111222"}], "leadCountry": "ES"}, ["+34600111222"]),
        ({"phones": "+34600111222", "phone": "+34600111222"}, ["+34600111222"]),
        ({"phones": [34600111222], "leadCountry": "ES"}, ["+34600111222"]),
        ({"phone": "call me", "phones": ["+34600111222"]}, ["+34600111222"]),
        ({"phones": [True, None, "unknown", {}]}, []),
        ({"phone": "+34600111222", "mobilePhone": "+34600333444", "phones": ["+34600555666"]},
         ["+34600111222", "+34600333444", "+34600555666"]),
    ],
)  # fmt: skip
def test_phones_come_under_all_their_names(record: dict[str, Any], phones: list[str]) -> None:
    assert values_of("phone", contact_keys(record)) == phones


@pytest.mark.parametrize(
    ("record", "pages"),
    [
        ({"linkedInProfileUrl": "linkedin.com/in/Jane"}, ["in/jane"]),
        ({"linkedInProfileUrl": ["linkedin.com/in/a", "linkedin.com/in/b"]}, ["in/a", "in/b"]),
        ({"linkedinUrl": "x", "linkedInProfileUrl": {"url": "linkedin.com/in/a"}}, ["in/a"]),
        ({"companyLinkedInUrl": "linkedin.com/company/acme"}, []),
        ({"linkedInProfileUrl": "linkedin.com/company/acme"}, []),
        ({"linkedinUrl": "linkedin.com/in/None"}, []),
    ],
)
def test_profiles_come_under_all_their_names(record: dict[str, Any], pages: list[str]) -> None:
    assert values_of("linkedinUrl", contact_keys(record)) == pages


def test_a_companys_page_and_domain_come_under_all_their_names() -> None:
    record = {"companyLinkedInUrl": "linkedin.com/company/Acme", "website": "https://acme.com/en"}
    assert company_keys(record) == (
        MatchKey("domain", "acme.com"),
        MatchKey("linkedinUrl", "company/acme"),
    )


@pytest.mark.parametrize(
    ("domain", "website", "key"),
    [
        ("facebook.com/acme", "acme.com", "acme.com"),
        ("acme.com", "facebook.com/acme", "acme.com"),
        ("facebook.com/acme", "etsy.com/shop/acme", "facebook.com"),
        ("acme.com/shop/oak", "acme.es", "acme.es"),
        ("example.com", "acme.com", "acme.com"),
        ("acme.com", "acme.org", "acme.com"),
        ("facebook.com/acme", None, "facebook.com"),
    ],
)
def test_of_two_domains_the_companys_own_counts(domain: str, website: str | None, key: str) -> None:
    assert company_keys({"domain": domain, "website": website}) == (MatchKey("domain", key),)


@given(ANY_CONTACT, ANY_COMPANY)
def test_the_short_path_makes_the_same_keys_as_the_long_one(
    contact: dict[str, Any], company: dict[str, Any]
) -> None:
    """An empty list under one of Enginy's own names leads to the long path and adds nothing."""
    for own_name in ("personalEmails", "phones"):
        if own_name not in contact:
            assert contact_keys({**contact, own_name: [[]]}) == contact_keys(contact)
    if "companyLinkedInUrl" not in company:
        assert company_keys({**company, "companyLinkedInUrl": [[]]}) == company_keys(company)

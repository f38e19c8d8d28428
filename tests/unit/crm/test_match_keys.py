from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert {key.kind for key in contact_keys(dict.fromkeys(CONTACT_KEY_FIELDS, value))} <= {"name"}
    assert {key.kind for key in company_keys(dict.fromkeys(COMPANY_KEY_FIELDS, value))} <= {"name"}


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

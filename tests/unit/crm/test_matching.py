from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.matching import Match, Matcher, keys_in_chain, returned_properties
from customcrm.crm.planning import Draft, PossibleDuplicate, draft
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Record, Rules

PERSON = {
    "externalId": "1",
    "email": "a@acme.com",
    "linkedinUrl": "linkedin.com/in/a",
    "phone": "+34600111222",
    "mobilePhone": "+34600333444",
    "firstName": "Jane",
    "lastName": "Doe",
    "company": "Acme",
}
EMAIL = MatchKey("email", "a@acme.com")
LINKEDIN = MatchKey("linkedinUrl", "in/a")
PHONE = MatchKey("phone", "+34600111222")
MOBILE = MatchKey("phone", "+34600333444")
NAME = MatchKey("name", "jane|doe|acme")
STRONGEST_FIRST = [EMAIL, LINKEDIN, PHONE, MOBILE, NAME]


def record(number: int) -> Record:
    return Record(f"contact_{number}", {})


def found(
    by_name: Record | None = None,
    by_key: dict[MatchKey, Record] | None = None,
    rules: Rules = CONTACT_RULES,
) -> Match | None:
    holders = {key: [record] for key, record in (by_key or {}).items()}
    matcher = Matcher(rules, {"1": by_name} if by_name else {}, holders)
    return matcher.match(draft(CONTACT_RULES, PERSON))


def test_nothing_is_found_where_nothing_is() -> None:
    assert found() is None


@pytest.mark.parametrize("key", STRONGEST_FIRST)
def test_each_rule_of_the_chain_finds_alone(key: MatchKey) -> None:
    assert found(by_key={key: record(1)}) == Match(record(1), key.kind, ())


def test_the_external_id_finds_alone() -> None:
    assert found(record(1)) == Match(record(1), "externalId", ())


@pytest.mark.parametrize("place", range(len(STRONGEST_FIRST) - 1))
def test_the_stronger_rule_wins_and_the_weaker_ones_are_rivals(place: int) -> None:
    keys = STRONGEST_FIRST[place : place + 2]
    matched = found(by_key={keys[0]: record(2), keys[1]: record(1)})
    rival = PossibleDuplicate("contact_1", "contact_2", keys[1].kind)
    assert matched == Match(record(2), keys[0].kind, (rival,))


def test_the_external_id_wins_over_every_key() -> None:
    matched = found(record(9), {key: record(n) for n, key in enumerate(STRONGEST_FIRST)})
    assert matched
    assert (matched.record, matched.rule) == (record(9), "externalId")
    assert [(rival.first_id, rival.reason) for rival in matched.rivals] == [
        (f"contact_{n}", key.kind) for n, key in enumerate(STRONGEST_FIRST)
    ]


def test_rules_that_agree_are_no_rivals() -> None:
    matched = found(record(1), dict.fromkeys(STRONGEST_FIRST, record(1)))
    assert matched == Match(record(1), "externalId", ())


def test_a_deleted_record_is_not_found_by_its_name() -> None:
    deleted = Record("contact_1", {}, deleted=True)
    assert found(deleted) is None
    assert found(deleted, {NAME: record(2)}) == Match(record(2), "name", ())


def test_a_chain_of_another_order_finds_in_that_order() -> None:
    rules = replace(CONTACT_RULES, chain=("phone", "email"))
    matched = found(record(9), {EMAIL: record(1), MOBILE: record(2), LINKEDIN: record(3)}, rules)
    assert matched
    assert (matched.record, matched.rule) == (record(2), "phone")
    assert matched.rivals == (PossibleDuplicate("contact_1", "contact_2", "email"),)


def test_only_keys_of_the_chain_are_looked_for_and_each_once() -> None:
    one = draft(CONTACT_RULES, PERSON)
    assert keys_in_chain(CONTACT_RULES, [one, one]) == STRONGEST_FIRST
    rules = replace(CONTACT_RULES, chain=("externalId", "phone"))
    assert keys_in_chain(rules, [one]) == [PHONE, MOBILE]


@pytest.mark.parametrize(
    ("sent", "stored", "returned"),
    [
        ({}, {"email": "a@acme.com", "leadScore": 7}, {"email": "a@acme.com", "leadScore": 7}),
        ({"email": "a@acme.com"}, {"email": "a@acme.com"}, {}),
        ({"email": "b@acme.com"}, {"email": "a@acme.com"}, {"email": "a@acme.com"}),
        ({}, {"email": "", "phone": " ", "leadScore": 0}, {"leadScore": 0}),
        ({}, {"title": "CEO", "custom": 1}, {}),
        ({"leadScore": 1}, {"leadScore": True}, {"leadScore": True}),
    ],
)
def test_what_goes_back_is_configured_present_and_not_just_sent(
    sent: dict[str, Any], stored: dict[str, Any], returned: dict[str, Any]
) -> None:
    assert returned_properties(CONTACT_RULES, Draft("1", sent, ()), stored) == returned


def test_what_goes_back_of_a_company_by_default_is_what_the_contract_shows() -> None:
    stored = {"accountTier": "gold", "totalDeals": 3, "lifetimeValue": 9.5, "name": "Acme"}
    assert returned_properties(COMPANY_RULES, Draft("1", {}, ()), stored) == {
        "accountTier": "gold",
        "totalDeals": 3,
        "lifetimeValue": 9.5,
    }


@given(
    st.permutations(CONTACT_RULES.chain).flatmap(
        lambda chain: st.integers(1, len(chain)).map(lambda size: tuple(chain[:size]))
    ),
    st.dictionaries(st.sampled_from(STRONGEST_FIRST), st.integers(1, 3).map(record)),
    st.none() | st.integers(1, 3).map(record),
)
def test_whatever_the_chain_its_first_rule_that_finds_wins(
    chain: tuple[str, ...], by_key: dict[MatchKey, Record], by_name: Record | None
) -> None:
    matched = found(by_name, by_key, replace(CONTACT_RULES, chain=chain))
    kinds = {key.kind for key in by_key} | ({"externalId"} if by_name else set())
    finding = [rule for rule in chain if rule in kinds]
    assert (matched.rule if matched else None) == (finding[0] if finding else None)
    if matched:
        rivals = {rival.first_id for rival in matched.rivals}
        rivals |= {rival.second_id for rival in matched.rivals}
        assert not matched.rivals or matched.record.id in rivals
        assert {rival.reason for rival in matched.rivals} <= set(chain)

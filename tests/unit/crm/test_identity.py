"""Whether a shared key makes two records one: grounds, one by one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.identity import (
    COMPANY_LINKS,
    CONTACT_LINKS,
    Difference,
    Identity,
    LinkRules,
    Objection,
    Weakness,
    contradicting,
)
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Rules
from tests.unit.crm.json_values import JSON

INFO = MatchKey("email", "info@acme.com")
PHONE = MatchKey("phone", "+34911222333")


def person(**properties: Any) -> Identity:
    return CONTACT_LINKS.identity_of([properties])


def firm(**properties: Any) -> Identity:
    return COMPANY_LINKS.identity_of([properties])


@pytest.mark.parametrize(
    ("one", "other", "kinds", "opposed"),
    [
        ({}, {}, ["email"], ()),
        ({"email": "a@b.com"}, {}, ["email"], ()),
        ({"email": "a@b.com"}, {"email": "A@B.com"}, ["email"], ()),
        ({"email": "a@b.com"}, {"email": "c@d.com"}, ["email"], ("email",)),
        ({"email": "a@b.com"}, {"email": "c@d.com"}, ["phone"], ()),
        ({"email": "a@b.com"}, {"email": "info@d.com"}, ["email"], ()),
        ({"email": "a@b.com"}, {"email": "none@none.com"}, ["email"], ()),
        ({"email": "a@b.com"}, {"personalEmails": ["c@d.com", "a@b.com"]}, ["email"], ()),
        (
            {"email": "a@b.com", "linkedinUrl": "linkedin.com/in/a"},
            {"email": "c@d.com", "linkedinUrl": "linkedin.com/in/b"},
            ["linkedinUrl", "email"],
            ("email", "linkedinUrl"),
        ),
        (
            {"email": "a@b.com", "linkedinUrl": "linkedin.com/in/a"},
            {"email": "c@d.com", "linkedinUrl": "linkedin.com/in/a"},
            ["linkedinUrl", "email"],
            (),
        ),
        ({"phone": "+1-555-0123"}, {"phone": "+1-555-0124"}, ["phone"], ("phone",)),
    ],
)
def test_keys_contradict_where_both_have_one_and_none_is_equal(
    one: dict[str, Any], other: dict[str, Any], kinds: list[str], opposed: tuple[str, ...]
) -> None:
    assert contradicting(person(**one), person(**other), kinds) == opposed
    assert contradicting(person(**other), person(**one), kinds) == opposed


@pytest.mark.parametrize(
    ("links", "key", "came", "holder", "stronger", "objection"),
    [
        (CONTACT_LINKS, INFO, person(firstName="Ann"), person(), (), None),
        (
            CONTACT_LINKS,
            INFO,
            person(firstName="Ann", lastName="Lee", email="info@acme.com"),
            person(firstName="Bob", lastName="Orff", email="info@acme.com"),
            (),
            Objection(Difference.NAMES),
        ),
        (
            CONTACT_LINKS,
            INFO,
            person(email="info@acme.com", linkedinUrl="linkedin.com/in/a"),
            person(email="info@acme.com", linkedinUrl="linkedin.com/in/b"),
            (),
            Objection(Difference.KEYS, ("linkedinUrl",)),
        ),
        (
            CONTACT_LINKS,
            PHONE,
            person(email="a@b.com"),
            person(email="c@d.com"),
            ("email", "linkedinUrl"),
            Objection(Difference.KEYS, ("email",)),
        ),
        (CONTACT_LINKS, PHONE, person(email="a@b.com"), person(email="c@d.com"), (), None),
        (
            CONTACT_LINKS,
            PHONE,
            person(firstName="Ann", lastName="Lee"),
            person(firstName="Bob", lastName="Orff"),
            (),
            Objection(Difference.NAMES),
        ),
        (
            CONTACT_LINKS,
            MatchKey("linkedinUrl", "in/a"),
            person(email="a@b.com", firstName="Ann"),
            person(email="c@d.com", firstName="Bob"),
            ("email",),
            None,
        ),
        (
            COMPANY_LINKS,
            MatchKey("domain", "etsy.com"),
            firm(domain="etsy.com/shop/oak"),
            firm(domain="etsy.com/shop/elm"),
            (),
            Objection(Difference.ADDRESS),
        ),
        (
            COMPANY_LINKS,
            MatchKey("domain", "acme.com"),
            firm(domain="acme.com", name="IBM"),
            firm(domain="acme.com/en", name="International Business Machines"),
            (),
            None,
        ),
        (
            COMPANY_LINKS,
            MatchKey("name", "oak"),
            firm(name="Oak", domain="oak.com"),
            firm(name="Oak", domain="oak.es"),
            ("domain", "linkedinUrl"),
            Objection(Difference.KEYS, ("domain",)),
        ),
    ],
)
def test_what_speaks_against_a_shared_key(
    links: LinkRules,
    key: MatchKey,
    came: Identity,
    holder: Identity,
    stronger: tuple[str, ...],
    objection: Objection | None,
) -> None:
    assert links.objection(key, came, holder, stronger) == objection
    assert links.objection(key, holder, came, stronger) == objection


@pytest.mark.parametrize(
    ("links", "key", "properties", "weakness"),
    [
        (CONTACT_LINKS, INFO, {"email": "info@acme.com"}, Weakness.ROLE_MAILBOX),
        (CONTACT_LINKS, MatchKey("email", "jo@acme.com"), {"email": "jo@acme.com"}, None),
        (CONTACT_LINKS, PHONE, {"phone": "+34911222333"}, Weakness.PHONE),
        (CONTACT_LINKS, MatchKey("linkedinUrl", "in/a"), {}, None),
        (
            COMPANY_LINKS,
            MatchKey("domain", "etsy.com"),
            {"domain": "etsy.com"},
            Weakness.SHARED_DOMAIN,
        ),
        (COMPANY_LINKS, MatchKey("domain", "a.com"), {"domain": "a.com/x/oak"}, Weakness.OWN_PAGE),
        (COMPANY_LINKS, MatchKey("domain", "a.com"), {"domain": "a.com/en"}, None),
        (COMPANY_LINKS, MatchKey("name", "oak"), {"name": "Oak"}, None),
    ],
)
def test_a_key_is_weak_for_a_reason(
    links: LinkRules, key: MatchKey, properties: dict[str, Any], weakness: Weakness | None
) -> None:
    assert links.weakness(key, links.identity_of([properties])) is weakness


def test_what_came_under_merged_ids_counts_too() -> None:
    survivor = {"firstName": "Ann", "lastName": "Lee", "email": "ann@acme.com"}
    merged = {"firstName": "Bob", "lastName": "Orff", "email": "bob@acme.com"}
    both = CONTACT_LINKS.identity_of([survivor, merged])
    assert both.own("email") == {"ann@acme.com", "bob@acme.com"}
    bob = person(firstName="Bob", lastName="Orff", email="info@acme.com")
    assert CONTACT_LINKS.objection(INFO, bob, both) is None


@pytest.mark.parametrize("rules", [CONTACT_RULES, COMPANY_RULES])
@given(data=st.data())
def test_whatever_comes_it_agrees_with_itself(rules: Rules, data: st.DataObject) -> None:
    fields = sorted({*rules.key_fields, "fullName"})
    properties = data.draw(st.dictionaries(st.sampled_from(fields), JSON))
    identity = rules.links.identity_of([properties])
    for key in rules.keys_of(properties):
        objection = rules.links.objection(key, identity, identity, rules.stronger_than(key.kind))
        assert objection is None or objection.difference is Difference.ADDRESS
        if rules.links.links_alone(key, properties, properties):
            assert rules.links.weakness(key, identity) is None

"""What a list keeps of a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.card import (
    Facts,
    Linked,
    campaign_facet,
    face_of,
    facet,
    is_engaged,
    name_of,
    property_facet,
)
from customcrm.crm.journey import Journey
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import matches, search_terms

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
PROPERTIES = st.dictionaries(
    st.sampled_from(["firstName", "email", "name", "company", "title", "campaigns", "ownerId"])
    | st.text(max_size=8),
    JSON,
    max_size=8,
)


@pytest.mark.parametrize(
    ("kind", "properties", "name"),
    [
        (Kind.CONTACT, {"firstName": " Ana ", "lastName": "Ruiz"}, "Ana Ruiz"),
        (Kind.CONTACT, {"lastName": "Ruiz", "email": "a@b.c"}, "Ruiz"),
        (Kind.CONTACT, {"fullName": "Ana Ruiz", "firstName": " "}, "Ana Ruiz"),
        (Kind.CONTACT, {"email": "a@b.c", "firstName": 7}, "a@b.c"),
        (Kind.CONTACT, {}, "lead-1"),
        (Kind.COMPANY, {"name": "Acme", "domain": "acme.com"}, "Acme"),
        (Kind.COMPANY, {"name": "\u200b", "domain": "acme.com"}, "acme.com"),
        (Kind.COMPANY, {"firstName": "Ana"}, "lead-1"),
    ],
)
def test_something_always_stands_for_a_name(
    kind: Kind, properties: dict[str, object], name: str
) -> None:
    assert name_of(kind, properties, "lead-1") == name


def _finds(search: str, kind: Kind, properties: dict[str, object], facts: Facts) -> bool:
    words = face_of(kind, properties, facts).words
    return matches(search_terms(search), words.split())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ana", True),
        ("RUI an", True),
        ("ana.ruiz@acme.com", True),
        ("acme", True),
        ("head sal", True),
        ("nova", True),
        ("privat", True),
        ("太郎", True),
        ("bob", False),
        ("uiz", False),
        ("ana bob", False),
    ],
)
def test_words_and_their_beginnings_find(search: str, found: bool) -> None:  # noqa: FBT001 - a case
    properties: dict[str, object] = {
        "firstName": "Ana",
        "lastName": "Ruíz",
        "email": "ana.ruiz@acme.com",
        "privateEmail": "x@privat.example",
        "title": "Head of Sales",
        "company": "田中太郎",
    }
    facts = Facts(companies=(Linked("company_1", {"name": "Nova AG"}),))

    assert _finds(search, Kind.CONTACT, properties, facts) is found


THREE = ("1:", "1:3", "1:3=")
"""The marks of a number: how many digits it has, and by which it begins."""


def test_facets_tell_everything_that_can_be_filtered_by() -> None:
    properties = {
        "ownerId": "u1",
        "campaigns": "One, Two;Three",
        "level": 3,
        "share": 3.0,
        "vip": True,
        "tags": ["a"],
        "blank": " ",
        "told": "Yes",
    }
    facts = Facts(
        companies=(Linked("company_1", {}),),
        channels=("EMAIL",),
        journey=Journey(contacted=True, replied=True, steps=(2,), replied_after=2),
        engagement=frozenset({"told"}),
    )

    facets = face_of(Kind.CONTACT, properties, facts).facets.split()

    expected = {
        facet("contacted", "yes"),
        facet("connected", "no"),
        facet("replied", "yes"),
        facet("step", "2"),
        facet("replied after", "2"),
        facet("owned", "yes"),
        facet("waiting", "no"),
        facet("engaged", "yes"),
        facet("owner", "u1"),
        facet("channel", "EMAIL"),
        facet("company", "company_1"),
        *(campaign_facet(name) for name in ("one, TWO", " three ")),
        *(property_facet(name, None) for name in properties if name != "blank"),
        property_facet("ownerId", "U1"),
        property_facet("campaigns", "one, two;three"),
        property_facet("level", "3"),
        property_facet("share", "3"),
        property_facet("vip", "True"),
        property_facet("told", "yes"),
        *(facet(f"number {name}", mark) for name in ("level", "share") for mark in THREE),
    }
    assert set(facets) == expected
    assert len(facets) == len(expected)


@pytest.mark.parametrize(
    ("value", "engaged"),
    [
        ("Yes", True),
        (True, True),
        (2, True),
        ("No", False),
        (False, False),
        (0, False),
        (" ", False),
    ],
)
def test_a_field_that_says_no_is_no_engagement(value: object, engaged: bool) -> None:  # noqa: FBT001
    assert is_engaged({"told": value, "other": "Yes"}, frozenset({"told"})) is engaged


@given(kind=st.sampled_from(Kind), properties=PROPERTIES)
def test_no_value_is_too_odd(kind: Kind, properties: dict[str, object]) -> None:
    face = face_of(kind, properties, Facts(external_id="lead-1"))

    assert face.name
    for tokens in (face.words, face.facets):
        assert tokens.startswith(" ")
        assert tokens.endswith(" ")
        assert "  " not in tokens.strip()
        assert len(tokens.split()) == len(set(tokens.split()))
    assert all(_finds(word, kind, properties, Facts(external_id="lead-1"))
               for word in face.words.split())  # fmt: skip

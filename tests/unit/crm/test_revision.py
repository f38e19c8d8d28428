from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import CONTACT_RULES, Record
from customcrm.crm.revision import Action, Revision
from customcrm.crm.values import is_blank

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0, 0.5, "", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
VALUES = st.dictionaries(st.sampled_from(["title", "email", "custom", "other"]), JSON)
STORED = VALUES.map(lambda values: {n: v for n, v in values.items() if v is not None})


def revision_of(**properties: Any) -> Revision:
    return Revision(CONTACT_RULES, Record("contact_1", properties))


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        (None, True),
        ("", True),
        (" \t\n\u00a0", True),
        ("x", False),
        (0, False),
        (False, False),
        ([], False),
        ({}, False),
    ],
)
def test_blank_is_null_or_text_of_nothing_but_white_space(value: object, blank: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_blank(value) is blank


def test_an_untouched_record_has_no_action_and_no_difference() -> None:
    revision = revision_of(title="CEO")
    assert revision.action is None
    assert revision.difference() == ({}, {})
    assert not revision.rekeyed


def test_what_is_supplied_is_taken_and_a_null_clears() -> None:
    revision = revision_of(title="CEO", city="Bilbao")
    assert revision.supply({"title": None, "city": "Vitoria", "age": 7, "never": None})
    assert revision.properties == {"city": "Vitoria", "age": 7}
    assert revision.action is Action.UPDATED
    assert revision.difference() == (
        {"title": "CEO", "city": "Bilbao"},
        {"title": None, "city": "Vitoria", "age": 7},
    )


def test_what_is_there_already_is_no_change() -> None:
    revision = revision_of(title="CEO", tags=["a", {"b": 1}])
    assert not revision.supply({"title": "CEO", "tags": ["a", {"b": 1}], "never": None})
    assert revision.action is None


@pytest.mark.parametrize(
    ("before", "after"),
    [(1, True), (True, 1), (0, False), (1, 1.0), ([1], [True]), ({"a": 0}, {"a": False})],
)
def test_values_that_are_equal_in_python_alone_are_a_change(before: object, after: object) -> None:
    revision = revision_of(engaged=before)
    assert revision.supply({"engaged": after})
    assert repr(revision.properties["engaged"]) == repr(after)
    assert revision.difference() == ({"engaged": before}, {"engaged": after})


def test_there_and_back_again_differs_in_nothing() -> None:
    revision = revision_of(title="CEO")
    revision.supply({"title": "CTO"})
    revision.supply({"title": "CEO"})
    assert revision.difference() == ({}, {})


def test_filling_leaves_what_has_a_value() -> None:
    revision = revision_of(title="CEO", city=" ", age=0, active=False)
    revision.fill({"title": "CTO", "city": "Bilbao", "age": 7, "active": True, "new": "x"})
    assert revision.properties == {
        "title": "CEO",
        "city": "Bilbao",
        "age": 0,
        "active": False,
        "new": "x",
    }


def test_a_name_links_and_is_told_as_the_property_external_id() -> None:
    revision = revision_of(title="CEO")
    revision.name("2")
    revision.name("3")
    assert revision.action is Action.LINKED
    assert list(revision.external_ids) == ["2", "3"]
    assert revision.difference() == ({}, {"externalId": ["2", "3"]})


def test_linking_is_told_rather_than_updating() -> None:
    revision = revision_of(title="CEO")
    revision.supply({"title": "CTO"})
    revision.name("2")
    assert revision.action is Action.LINKED


def test_a_new_record_differs_from_nothing_and_stays_created() -> None:
    revision = Revision(CONTACT_RULES, Record("contact_1", {"title": "CEO"}), Action.CREATED)
    revision.name("1")
    revision.supply({"title": "CTO"})
    assert revision.action is Action.CREATED
    assert revision.difference() == ({}, {"title": "CTO", "externalId": ["1"]})


def test_the_keys_follow_the_properties() -> None:
    revision = revision_of(email="a@acme.com", title="CEO")
    assert revision.keys == (MatchKey("email", "a@acme.com"),)
    revision.supply({"email": "B@acme.com"})
    assert revision.keys == (MatchKey("email", "b@acme.com"),)
    assert revision.stored_keys == (MatchKey("email", "a@acme.com"),)
    assert revision.rekeyed


def test_a_property_that_no_key_is_made_from_changes_no_key() -> None:
    revision = revision_of(email="a@acme.com", title="CEO")
    revision.supply({"title": "CTO"})
    assert not revision.rekeyed


def test_a_country_changes_the_key_of_a_phone() -> None:
    revision = revision_of(phone="600111222")
    assert not revision.keys
    revision.supply({"leadCountry": "Spain"})
    assert [*revision.keys] == [MatchKey("phone", "+34600111222")]
    assert revision.rekeyed


@given(STORED, st.lists(VALUES, max_size=4))
def test_the_old_values_with_the_difference_are_the_new_ones(
    stored: dict[str, Any], supplied: list[dict[str, Any]]
) -> None:
    untouched = repr(stored)
    revision = Revision(CONTACT_RULES, Record("contact_1", stored))
    for values in supplied:
        revision.supply(values)
    old, new = revision.difference()
    after = {name: value for name, value in {**stored, **new}.items() if value is not None}
    assert repr(sorted(after.items())) == repr(sorted(revision.properties.items()))
    assert all(repr(stored[name]) == repr(value) for name, value in old.items())
    assert repr(stored) == untouched
    assert None not in revision.properties.values()
    assert revision.keys == CONTACT_RULES.keys_of(revision.properties)

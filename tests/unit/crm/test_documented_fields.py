"""Enginy's own names of documented fields are shown where the documented field has no value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.card import Facts, face_of, name_of
from customcrm.crm.documented_fields import OWN_NAMES, single_values, with_documented_fields
from customcrm.crm.records import Kind
from tests.unit.crm.json_values import JSON


@pytest.mark.parametrize(
    ("kind", "properties", "shown"),
    [
        (Kind.CONTACT, {"professionalEmail": "a@b.com"}, {"email": "a@b.com"}),
        (Kind.CONTACT, {"personalEmails": ["a@b.com", "c@d.com"]}, {"email": "a@b.com"}),
        (
            Kind.CONTACT,
            {"personalEmails": ["a@b.com"], "professionalEmail": "c@d.com"},
            {"email": "c@d.com"},
        ),
        (Kind.CONTACT, {"email": "x@y.com", "professionalEmail": "a@b.com"}, {}),
        (Kind.CONTACT, {"email": " ", "professionalEmail": "a@b.com"}, {"email": "a@b.com"}),
        (Kind.CONTACT, {"phones": [{"number": "+34600111222"}]}, {"phone": "+34600111222"}),
        (Kind.CONTACT, {"phones": "+34600111222", "phone": "+1"}, {}),
        (Kind.CONTACT, {"jobTitle": "CEO"}, {"title": "CEO"}),
        (
            Kind.CONTACT,
            {"linkedInProfileUrl": "linkedin.com/in/a"},
            {"linkedinUrl": "linkedin.com/in/a"},
        ),
        (Kind.CONTACT, {"website": "acme.com"}, {"domain": "acme.com"}),
        (Kind.CONTACT, {"phones": [], "jobTitle": None, "personalEmails": [{}, None, True]}, {}),
        (Kind.CONTACT, {"companyLinkedInUrl": "linkedin.com/company/a"}, {}),
        (Kind.COMPANY, {"website": "acme.com"}, {"domain": "acme.com"}),
        (Kind.COMPANY, {"website": "acme.com", "domain": "acme.es"}, {}),
        (
            Kind.COMPANY,
            {"companyLinkedInUrl": "linkedin.com/company/a"},
            {"linkedinUrl": "linkedin.com/company/a"},
        ),
        (Kind.COMPANY, {"jobTitle": "CEO"}, {}),
    ],
)
def test_a_documented_field_is_shown_from_another_name(
    kind: Kind, properties: dict[str, Any], shown: dict[str, Any]
) -> None:
    assert with_documented_fields(kind, properties) == {**properties, **shown}


@given(st.sampled_from(Kind), st.dictionaries(st.sampled_from(sorted(OWN_NAMES["contact"])), JSON))
def test_nothing_that_is_stored_is_shown_otherwise(kind: Kind, properties: dict[str, Any]) -> None:
    shown = with_documented_fields(kind, properties)
    assert {name: shown[name] for name in properties} == properties


def test_where_there_is_nothing_to_add_nothing_is_copied() -> None:
    properties = {"email": "a@b.com", "title": "CEO"}
    assert with_documented_fields(Kind.CONTACT, properties) is properties


def test_a_list_in_a_documented_field_is_one_odd_value() -> None:
    assert list(single_values("email", ["a@b.com"])) == [["a@b.com"]]
    assert list(single_values("phones", ["1", {"number": "2"}, {}, None, [3]])) == ["1", "2"]


def test_lists_and_search_know_a_record_by_them() -> None:
    own = {
        "professionalEmail": "zoe@acme.com",
        "jobTitle": "Head of Tea",
        "phones": ["+34600111222"],
    }
    assert name_of(Kind.CONTACT, own, "1") == "zoe@acme.com"
    assert name_of(Kind.COMPANY, {"website": "acme.com"}, "1") == "acme.com"
    documented = {"email": "zoe@acme.com", "title": "Head of Tea", "phone": "+34600111222"}
    words = [set(face_of(Kind.CONTACT, one, Facts()).words.split()) for one in (own, documented)]
    assert words[0] == words[1]

"""Which joined records may be two."""

from typing import Any

import pytest

from customcrm.crm.doubts import Doubt, PastChange, doubt_of
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES

ANN = {"firstName": "Ann", "lastName": "Lee"}
BOB = {"firstName": "Bob", "lastName": "Moss"}
OWN = {"email": "ann@acme.example"}


@pytest.mark.parametrize(
    ("properties", "changes", "doubt"),
    [
        (ANN | OWN, [], None),
        (ANN | {"email": "info@acme.example"}, [], Doubt.SHARED_KEY),
        (ANN | {"email": "kontakt@acme.example", "phone": "+34600111222"}, [], Doubt.SHARED_KEY),
        (ANN | {"email": "sales@acme.example", "linkedinUrl": "linkedin.com/in/ann"}, [], None),
        (ANN | {"email": "none@none.com"}, [], Doubt.SHARED_KEY),
        (ANN | {"linkedinUrl": "https://linkedin.com/in/None"}, [], Doubt.SHARED_KEY),
        (ANN, [], Doubt.SHARED_KEY),
        ({}, [], Doubt.SHARED_KEY),
        (BOB | OWN, [PastChange(ANN, BOB)], Doubt.CHANGED_NAME),
        (ANN | OWN, [PastChange(BOB, ANN), PastChange(ANN, BOB)], Doubt.CHANGED_NAME),
        (ANN | OWN, [PastChange({"firstName": "A."}, {"firstName": "Ann"})], None),
        (ANN | OWN, [PastChange({"lastName": "Lee-Smith"}, {"lastName": "Lee"})], None),
        (ANN | OWN, [PastChange({}, ANN)], None),
        (ANN | OWN, [PastChange({"title": "CEO"}, {"title": "CTO"})], None),
        (ANN | OWN, [PastChange(ANN, {"firstName": None, "lastName": None})], None),
        (ANN | OWN, [PastChange({"firstName": 5}, {"firstName": ["x"]})], None),
    ],
)
def test_a_contact_may_be_two(
    properties: dict[str, Any], changes: list[PastChange], doubt: Doubt | None
) -> None:
    assert doubt_of(CONTACT_RULES, properties, changes) == doubt


@pytest.mark.parametrize(
    ("properties", "changes", "doubt"),
    [
        ({"name": "Acme", "domain": "acme.example"}, [], None),
        ({"name": "Oak", "domain": "etsy.com/shop/oak"}, [], Doubt.SHARED_KEY),
        ({"name": "Oak", "domain": "gmail.com"}, [], Doubt.SHARED_KEY),
        ({"name": "Oak", "website": "https://oak.example"}, [], None),
        ({"name": "Oak", "linkedinUrl": "linkedin.com/company/oak"}, [], None),
        (
            {"name": "Elm", "domain": "trees.example"},
            [PastChange({"name": "Oak Crafts"}, {"name": "Elm Works"})],
            Doubt.CHANGED_NAME,
        ),
        (
            {"name": "Acme", "domain": "acme.example"},
            [PastChange({"name": "Acme Inc"}, {"name": "ACME"})],
            None,
        ),
    ],
)
def test_a_company_may_be_two(
    properties: dict[str, Any], changes: list[PastChange], doubt: Doubt | None
) -> None:
    assert doubt_of(COMPANY_RULES, properties, changes) == doubt

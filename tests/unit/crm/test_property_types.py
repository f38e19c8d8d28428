from typing import Any

import pytest

from customcrm.crm.property_types import (
    MAX_TEXT,
    PropertyType,
    observed_type,
    type_of,
    typed,
)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, PropertyType.YES_NO),
        ("Yes", PropertyType.YES_NO),
        (" no ", PropertyType.YES_NO),
        (1, PropertyType.NUMBER),
        (0.5, PropertyType.NUMBER),
        ("1", PropertyType.TEXT),
        ("", PropertyType.TEXT),
        ("https://acme.example/a b", PropertyType.TEXT),
        ("https://acme.example/a", PropertyType.URL),
        ("javascript:alert(1)", PropertyType.TEXT),
        ("2026-01-31", PropertyType.DATE),
        ("2026-01-31T10:00:00Z", PropertyType.DATE),
        ("2026-02-31", PropertyType.TEXT),
        ("2026-01-31 is a day", PropertyType.TEXT),
        ([], None),
        ({}, None),
        (None, None),
    ],
)
def test_the_type_of_a_value(value: Any, kind: PropertyType | None) -> None:
    assert type_of(value) is kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([], None),
        ([1, 2.5], PropertyType.NUMBER),
        ([1, "2026-01-31"], PropertyType.TEXT),
        ([1, []], None),
        (["Yes", False], PropertyType.YES_NO),
        (["warm", "cold"] * 5, PropertyType.CHOICE),
        (["warm", "cold"] * 4, PropertyType.TEXT),
        ([f"firm {n % 4}" for n in range(11)], PropertyType.TEXT),
        (["", "cold"] * 10, PropertyType.TEXT),
        (["w" * 41, "cold"] * 10, PropertyType.TEXT),
        ([1, 2] * 10, PropertyType.NUMBER),
    ],
)
def test_the_type_of_many_values(values: list[Any], kind: PropertyType | None) -> None:
    assert observed_type(values) is kind


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (PropertyType.TEXT, " Bilbao ", "Bilbao"),
        (PropertyType.TEXT, "7", "7"),
        (PropertyType.CHOICE, "warm", "warm"),
        (PropertyType.NUMBER, "12", 12),
        (PropertyType.NUMBER, "-3", -3),
        (PropertyType.NUMBER, "3,5", 3.5),
        (PropertyType.NUMBER, "3.50", 3.5),
        (PropertyType.DATE, "2026-01-31", "2026-01-31"),
        (PropertyType.DATE, "2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        (PropertyType.YES_NO, "Yes", True),
        (PropertyType.YES_NO, "off", False),
        (PropertyType.URL, "https://acme.example", "https://acme.example"),
        (PropertyType.URL, "acme.example/team", "https://acme.example/team"),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_type(
    kind: PropertyType, text: str, value: Any
) -> None:
    found = typed(kind, text)
    assert (found, type(found)) == (value, type(value))


def test_yes_and_no_stay_words_where_they_were_words() -> None:
    assert typed(PropertyType.YES_NO, "no", before="Yes") == "No"
    assert typed(PropertyType.YES_NO, "yes", before=False) is True


@pytest.mark.parametrize("kind", PropertyType)
def test_blank_is_no_value_of_any_type(kind: PropertyType) -> None:
    assert typed(kind, " \n ") is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PropertyType.NUMBER, "twelve"),
        (PropertyType.NUMBER, "1e400"),
        (PropertyType.NUMBER, "99999999999999999"),
        (PropertyType.NUMBER, "9007199254740993"),
        (PropertyType.NUMBER, "nan"),
        (PropertyType.DATE, "31.1.2026"),
        (PropertyType.DATE, "2026-13-01"),
        (PropertyType.YES_NO, "maybe"),
        (PropertyType.URL, "javascript:alert(1)"),
        (PropertyType.URL, "not an address"),
        (PropertyType.URL, "ftp://acme.example"),
        (PropertyType.TEXT, "x" * (MAX_TEXT + 1)),
    ],
)
def test_what_is_no_value_of_the_type_is_refused_with_a_sentence(
    kind: PropertyType, text: str
) -> None:
    with pytest.raises(ValueError, match=r"^must (be|have) "):
        typed(kind, text)

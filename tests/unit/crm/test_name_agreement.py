"""Whose names agree: what a weak key needs besides."""

import pytest

from customcrm.crm.name_agreement import (
    companies_agree,
    company_name,
    people_agree,
    person_name,
)

Person = tuple[str | None, str | None]


def agree(one: Person, other: Person) -> bool:
    names = [person_name({"firstName": f, "lastName": n}) for f, n in (one, other)]
    assert names[0]
    assert names[1]
    assert people_agree(names[0], names[1]) is people_agree(names[1], names[0])
    return people_agree(names[0], names[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jane", "Doe"), ("jane", "DOE")),
        (("J.", "Doe"), ("Jane", "Doe")),
        (("Jane", None), ("Jane", "Doe")),
        ((None, "Doe"), ("Jane", "Doe")),
        (("Doe", "Jane"), ("Jane", "Doe")),
        (("Jane Mary", "Doe"), ("Jane", "Doe")),
        (("Dr. Jane", "Doe"), ("Jane", "Doe-Smith")),
        (("María José", "de la Cruz"), ("Maria", "Cruz López")),
        (("Łukasz", "Nowak"), ("Lukasz", "Nowak")),
        (("Zoë", "O'Brien"), ("Zoe", "O Brien")),
        (("Zoë", "O'Brien"), ("Zoe", "OBrien")),
        (("Jane Doe", None), (None, "Jane Doe")),
        (("Herr Hans", "von Berg"), ("Hans", "Berg")),
    ],
)
def test_spellings_of_one_persons_name_agree(one: Person, other: Person) -> None:
    assert agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ann", "Lee"), ("Bob", "Jones")),
        (("Ana", "García"), ("Luis", "García")),
        (("Jane", "Doe"), ("Jane", "Smith")),
        (("J.", "Doe"), ("Tom", "Doe")),
        (("Ana", "García López"), ("Luis", "García López")),
        (("Ann", "O'Brien"), ("Bob", "O'Brien")),
        (("Hans", "von Berg"), ("Karl", "von Stein")),
        (("Mr. Smith", None), ("Mr. Jones", None)),
        (("María", "de la Cruz"), ("Pedro", "de la Fuente")),
        (("Jane", None), ("John", "Doe")),
        ((None, "Ruiz"), ("Ana", "Gil")),
        (("Лев", "Толстой"), ("Фёдор", "Достоевский")),
    ],
)
def test_names_of_two_people_do_not(one: Person, other: Person) -> None:
    assert not agree(one, other)


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"firstName": ""},
        {"firstName": "n/a", "lastName": "Unknown"},
        {"firstName": 7, "lastName": []},
        {"firstName": "-"},
        {"lastName": "💼"},
        {"name": None},
        {"fullName": " "},
    ],
)
def test_nobody_is_named(properties: dict[str, object]) -> None:
    assert person_name(properties) is None
    assert company_name(properties) is None


def test_a_whole_name_stands_in_for_its_parts() -> None:
    whole, parts = (
        person_name({"fullName": "Jane Doe"}),
        person_name({"firstName": "Jane", "lastName": "Doe"}),
    )
    assert whole
    assert parts
    assert people_agree(whole, parts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Oak", "Oak Shop", True),
        ("Oak Crafts", "Oak & Co", True),
        ("Oak, Inc.", "OAK GmbH", True),
        ("Bäckerei Huber", "Huber Bäckerei GmbH", True),
        ("Acme Spain", "Acme Deutschland GmbH", True),
        ("L'Oréal", "Loreal", True),
        ("JP Morgan", "J.P.Morgan", True),
        ("Panadería Roble S.L.", "Roble", True),
        ("Restaurante El Roble", "El Roble", True),
        ("The Oak", "Oak", True),
        ("Oak", "Elm", False),
        ("Oak Crafts", "Elm Crafts", False),
        ("Bäckerei Huber", "Bäckerei Maier", False),
        ("Panadería Roble", "Panadería Olmo", False),
        ("Blue Yoga Studio", "Green Yoga Studio", False),
        ("Green Oak", "White Oak", False),
        ("Oak Group Spain", "Elm Group Spain", False),
        ("Shop", "Studio", False),
        ("株式会社トヨタ", "株式会社ホンダ", False),
        ("Acme", "Acmeville", False),
    ],
)
def test_names_of_companies_agree_in_what_is_distinctive(
    one: str, other: str, *, same: bool
) -> None:
    names = [company_name({"name": name}) for name in (one, other)]
    assert names[0]
    assert names[1]
    assert companies_agree(names[0], names[1]) is same
    assert companies_agree(names[1], names[0]) is same

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.card import Facts, face_of
from customcrm.crm.records import Kind
from customcrm.crm.search_terms import matches, name_contains, search_terms

SPELLINGS = (
    ("O'Brien", "OBrien", "O Brien", "obrien", "O\u2019BRIEN", "o-brien"),
    ("J.P. Morgan", "JP Morgan", "JPMorgan", "jpmorgan", "J P Morgan", "J. P. Morgan"),
    ("L'Oréal", "Loreal", "LOREAL", "l oreal", "L\u2019Ore\u0301al"),
    ("Jean-Luc", "Jean Luc", "JeanLuc", "jeanluc"),
    ("Coca-Cola", "Coca Cola", "cocacola", "CocaCola"),
    ("de la Cruz", "De La Cruz", "delacruz", "de lacruz", "DelaCruz"),
    ("van der Berg", "vanderberg", "Vander Berg", "van derberg"),
    ("Łukasz", "lukasz", "LUKASZ", "Lukasz"),
    ("Ørsted", "orsted", "Orsted"),
    ("Müller", "Muller", "MÜLLER"),
    ("Müller", "Mueller"),
    ("Jørgensen", "Joergensen"),
    ("Jørgensen", "Jorgensen"),
    ("Straße", "Strasse", "STRASSE"),
    ("Ernst & Young", "Ernst and Young", "Ernst und Young", "ernst y young", "Ernst et Young"),
    ("Marks&Spencer", "Marks & Spencer", "marks and spencer", "Marks + Spencer"),
    ("AT&T", "AT & T", "at and t"),
    ("عبد الله", "عبدالله", "عَبد الله"),
    ("Ёлкин", "Елкин", "ёлкин"),
    ("İpek", "ipek", "IPEK", "Ipek"),
    ("Παπαδόπουλος", "παπαδοπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"),
    ("山田太郎", "山田 太郎"),
    ("ﾔﾏﾀﾞ", "ヤマダ"),
    ("\uff21\uff23\uff2d\uff25", "Acme"),
    ("שָׁלוֹם", "שלום"),
    ("شرکت", "شركت"),
    ("Acme 🚀", "acme🚀"),
)
PHONES = (
    (
        "+34 600 111 222",
        ("+34600111222", "0034 600 111 222", "600111222", "600 11 12 22", "111222"),
    ),
    (
        "+1 (415) 555-0134",
        ("(415) 555-0134", "415.555.0134", "+14155550134", "5550134", "1 415 555 0134"),
    ),
    ("0034600111222", ("+34 600 111 222", "600-111-222")),
    (
        "+44 (0)20 7946 0018",
        ("020 7946 0018", "+44 20 7946 0018", "+44 (0) 20 7946 0018", "79460018"),
    ),
    ("06 12 34 56 78", ("+33 6 12 34 56 78", "0612345678", "612345678", "345678", "0033612345678")),
    ("600 111 222", ("+34 600 111 222", "600111222", "34600111222")),
    ("+39 06 1234 5678", ("06 1234 5678", "+390612345678")),
    ("+7 912 345-67-89", ("8 (912) 345-67-89", "89123456789", "9123456789")),
    ("+1-555-0123", ("555-0123", "+1 555 0123", "5550123")),
    ("+1 555 010 9999 ext. 5", ("+1 555 010 9999", "+1 555 010 9999 x5", "0109999")),
    ("٠٦١٢٣٤٥٦٧٨", ("0612345678", "٣٤٥٦٧٨")),
    ("0170/1234567", ("+49 170 1234567", "01701234567", "1234567")),
)


def words_of(kind: Kind, properties: dict[str, Any]) -> list[str]:
    return face_of(kind, properties, Facts(external_id="e")).words.split()


def finds(search: str, properties: dict[str, Any], kind: Kind = Kind.CONTACT) -> bool:
    terms = search_terms(search)
    return bool(terms) and matches(terms, words_of(kind, properties))


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda spellings: spellings[0])
def test_every_spelling_finds_every_spelling(spellings: tuple[str, ...]) -> None:
    missed = [
        (search, stored)
        for stored in spellings
        for search in spellings
        if not finds(search, {"name": stored}, Kind.COMPANY)
        or not finds(search, {"firstName": "Ann", "lastName": stored})
    ]
    assert missed == []


@pytest.mark.parametrize(("stored", "searches"), PHONES)
@pytest.mark.parametrize("field", ["phone", "mobilePhone", "Work phone", "phones"])
def test_a_phone_is_found_in_any_spelling(
    field: str, stored: str, searches: tuple[str, ...]
) -> None:
    value: Any = [{"number": stored}] if field == "phones" else stored
    contact = {"firstName": "Ann", field: value}
    missed = [one for one in (stored, *searches) if not finds(one, contact)]
    assert missed == []
    assert finds(f"ann {searches[0]}", contact)
    assert not finds("999999", contact)
    assert not finds(f"bob {searches[0]}", contact)


def test_the_country_of_a_record_completes_its_phone() -> None:
    contact = {"phone": "0612345678", "leadCountry": "France"}
    assert finds("+33612345678", contact)
    assert not finds("+34612345678", contact)


@pytest.mark.parametrize(
    "phones",
    [
        ["+34 600 111 222", "+34 600 333 444"],
        "+34 600 111 222 / +34 600 333 444",
        [{"type": "work", "number": "+34 600 111 222"}, {"phone": 34600333444}],
    ],
)
def test_several_phones_are_found(phones: Any) -> None:
    assert finds("600111222", {"phones": phones})
    assert finds("333 444", {"phones": phones})


@pytest.mark.parametrize(
    "signs", ["🚀", "???", "@", "&", "***", "€", "👩\u200d💻", "#1!", "%", "+"]
)
def test_signs_find_what_has_them_only(signs: str) -> None:
    assert not finds(signs, {"firstName": "Ann", "lastName": "Lee", "phone": "+34600111222"})
    assert finds(signs, {"name": f"Acme {signs}"}, Kind.COMPANY)
    assert not finds(f"acme {signs}", {"name": "Acme"}, Kind.COMPANY)


@pytest.mark.parametrize(
    "search", ["", "  ", "-", "—", "...", "()", "'\"", "|", "\u200b", "\u202e", "/ -"]
)
def test_separators_ask_for_nothing(search: str) -> None:
    assert search_terms(search) == ()


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("acme paris", "Acme - Paris"),
        ("acme - paris", "Acme Paris"),
        ("ceo founder", "CEO | Founder"),
        ("wham !", "Wham !"),
        ("100 % bio", "100 % Bio GmbH"),
        ("c++", "C++ House"),
        ("disney+", "Disney+"),
        ("morgan", "JPMorgan"),
        ("donald", "McDonald"),
        ("y combinator", "Y Combinator"),
        ("john e smith", "John Edward Smith"),
        ("小龙李", "小龙 李"),
    ],
)
def test_names_are_found(search: str, name: str) -> None:
    assert finds(search, {"name": name}, Kind.COMPANY)


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("obrien", "Brian O"),
        ("rien", "O'Brien"),
        ("ernst young", "Ernst"),
        ("ernst & young", "Ernst Young"),
        ("morgan chase", "J.P. Morgan"),
        ("лукаш", "Łukasz"),
        ("が", "か"),
    ],
)
def test_other_names_are_not_found(search: str, name: str) -> None:
    assert not finds(search, {"name": name}, Kind.COMPANY)


def test_a_family_name_that_comes_first_is_found() -> None:
    assert finds("李小龙", {"firstName": "小龙", "lastName": "李"})
    assert finds("小龙", {"firstName": "小龙", "lastName": "李"})


@pytest.mark.parametrize(
    "search",
    [
        "jane.doe@acme-corp.com",
        "doe@acme",
        "acmecorp",
        "jane",
        "co-founder",
        "cofounder",
        "ceo",
        "C.E.O.",
    ],
)
def test_texts_are_found(search: str) -> None:
    contact = {"email": "jane.doe@acme-corp.com", "title": "C.E.O. & Co-Founder"}
    assert finds(search, contact)


@given(st.text(max_size=60))
def test_a_name_is_found_by_itself(name: str) -> None:
    properties = {"name": name}
    found = search_terms(name)
    assert matches(found, words_of(Kind.COMPANY, properties)) or len(found) > 20


@given(st.text(max_size=200))
def test_tokens_are_safe_for_any_database(text: str) -> None:
    tokens = [*words_of(Kind.COMPANY, {"name": text, "phone": text, "domain": text})]
    tokens += [one for term in search_terms(text) for one in term]
    for token in tokens:
        assert token
        assert not any(char.isspace() for char in token)
        assert not any(char.isascii() and not char.isalnum() for char in token)


def test_a_name_contains_what_is_typed() -> None:
    assert name_contains("L'Oréal Łódź", "loreal lodz")
    assert name_contains("Spring ???", "???")
    assert not name_contains("Spring", "???")
    assert not name_contains("Spring", "🚀")

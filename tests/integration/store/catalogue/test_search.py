"""Names of many scripts are found by themselves, in plain letters, and by their phones."""

import unicodedata
from collections.abc import Sequence
from random import Random
from typing import Any, Final

import pytest

from customcrm.crm.records import Kind
from customcrm.operations.browsing.cards import CardFilter, Order, Sort
from customcrm.store.backend import Store
from tests.integration.store.world import create

NAMES: Final = 1_000
LIMIT: Final = 200

# Letters of each script, with the combining marks that words of it are written with.
SCRIPTS: Final[dict[str, Sequence[str]]] = {
    "latin": [*"abcdefghijklmnoprstuvz"],
    "accented": [*"áàâäãåçéèêëíìîïñóòôöõúùûüýÿšžčřěůąęłńśźżșțğışøđħ"],
    "greek": [*"αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋ"],
    "cyrillic": [*"абвгдеёжзийклмнопрстуфхцчшщыьэюяіїєґ"],
    "arabic": [*"ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئؤ", "م\u064f", "ن\u0651"],
    "hebrew": [*"אבגדהוזחטיכלמנסעפצקרשת", "ש\u05c1", "ב\u05bc"],
    "han": [*"王李张刘陈杨赵黄周吴小明龙伟芳娜秀英敏静"],
    "kana": [*"あいうえおかきくけこさしすせそたちつてとがぎぐげごアイウエオカキクケコ"],
    "hangul": [*"김이박최정강조윤장임한오서신권황안송류전"],
    "thai": [*"กขคงจฉชซญดตถทนบปผพฟมยรลวสหอ", "ก\u0e35", "ท\u0e35\u0e48", "ม\u0e31"],
    "devanagari": [*"कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह", "क\u093f", "र\u0940", "प\u094d"],
    "sinhala": [*"අආඉඊකගචජටඩතදනපබමයරලවසහ", "ශ\u0dca\u200dර\u0dd3", "ක\u0dd2"],
}
PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "\u0131": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
)
SEPARATORS: Final = (" ", "-", "'", "\u2019", " & ", ".")


def _word(dice: Random, letters: Sequence[str]) -> str:
    return "".join(dice.choices(letters, k=dice.randint(3, 8)))


def _people() -> list[dict[str, Any]]:
    dice = Random(20260)  # noqa: S311 - names, no secrets
    scripts = list(SCRIPTS.values())
    people: list[dict[str, Any]] = []
    for number in range(NAMES):
        letters = scripts[number % len(scripts)]
        last = _word(dice, letters)
        if dice.random() < 0.4:
            last += dice.choice(SEPARATORS) + _word(dice, letters)
        people.append(
            {
                "externalId": f"e{number}",
                "firstName": _word(dice, letters).title(),
                "lastName": last.upper() if dice.random() < 0.2 else last.title(),
                "phone": f"+34 6{number % 100:02d} {dice.randrange(10**6):06d}",
            }
        )
    return people


def _plain(name: str) -> str:
    """A name in ASCII letters, as somebody types it who has no others."""
    bare = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    return "".join(char for char in bare if not unicodedata.combining(char)).replace("\u2019", "'")


@pytest.fixture
def people(store: Store) -> dict[str, dict[str, Any]]:
    records = _people()
    ids = create(store, *records)
    store.project_pending()
    return dict(zip(ids, records, strict=True))


def _found(store: Store, search: str) -> set[str]:
    page = store.catalogue.cards(Kind.CONTACT, CardFilter(search=search), Order(), None, LIMIT)
    return {card.id for card in page.items}


def test_every_name_is_found_and_nothing_finds_everybody(
    store: Store, people: dict[str, dict[str, Any]]
) -> None:
    missed = []
    for record_id, person in people.items():
        name = f"{person['firstName']} {person['lastName']}"
        searches = [name, person["lastName"], person["phone"], person["phone"][-7:]]
        if _plain(name).isascii():
            searches += [_plain(name), _plain(person["lastName"])]
        for search in searches:
            found = _found(store, search)
            if record_id not in found:
                missed.append((search, person))
            assert len(found) < 50, search
    assert missed == []
    assert store.catalogue.count_cards(Kind.CONTACT, CardFilter()) == NAMES


@pytest.mark.parametrize(
    "search",
    [
        *(
            "🚀",
            "???",
            "@",
            "&",
            "-",
            "%",
            "_",
            "*",
            "'",
            '"',
            "\\",
            "()",
            "\u200b",
            "\u202e",
            "\x00",
        ),
        *("': | a", "a' | 'b", '" OR "', "NEAR(a b)", "words:a", "!a", ":*", "<->", "+", "\ufffd"),
    ],
)
def test_signs_find_nobody_and_break_nothing(store: Store, search: str) -> None:
    create(store, {"externalId": "a", "firstName": "Xenia", "phone": "+34600111222"})
    store.project_pending()
    assert _found(store, search) == set()
    chosen = CardFilter(search=search)
    assert store.catalogue.count_cards(Kind.CONTACT, chosen) == 0


def test_spellings_and_phones_are_found(store: Store) -> None:
    records = [
        {"externalId": "1", "name": "J.P. Morgan"},
        {"externalId": "2", "name": "L'Oréal", "phone": "0612345678"},
        {"externalId": "3", "name": "Ernst & Young", "phone": "+44 (0)20 7946 0018"},
        {"externalId": "4", "name": "Müller & Söhne 🚀"},
    ]
    ids = create(store, *records, kind=Kind.COMPANY)
    store.project_pending()

    def found(search: str) -> list[int]:
        page = store.catalogue.cards(Kind.COMPANY, CardFilter(search=search), Order(), None, LIMIT)
        return sorted(ids.index(card.id) for card in page.items)

    for search in ("jpmorgan", "jp morgan", "J.P.Morgan", "j p morgan"):
        assert found(search) == [0], search
    for search in ("loreal", "L'OREAL", "+33 6 12 34 56 78", "0612345678", "345678"):
        assert found(search) == [1], search
    for search in ("ernst and young", "ernst und young", "020 7946 0018", "+442079460018"):
        assert found(search) == [2], search
    for search in ("muller", "mueller", "Müller und Söhne", "🚀"):
        assert found(search) == [3], search
    assert found("&") == [2, 3]


def test_letters_with_strokes_are_sorted_among_the_others(store: Store) -> None:
    names = ["Zoe", "Łukasz", "Lukas", "Óscar", "Ørsted", "Otto", "Đặng", "Dora", "Émile", "İpek"]
    create(store, *({"externalId": name, "firstName": name} for name in names))
    store.project_pending()
    page = store.catalogue.cards(
        Kind.CONTACT, CardFilter(), Order(Sort.NAME, descending=False), None, LIMIT
    )
    expected = [
        "Đặng",
        "Dora",
        "Émile",
        "İpek",
        "Lukas",
        "Łukasz",
        "Ørsted",
        "Óscar",
        "Otto",
        "Zoe",
    ]
    assert [card.name for card in page.items] == expected

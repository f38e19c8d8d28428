import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.folding import fold
from customcrm.crm.text import legible

JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe",
        "José",
        "ශ්\u200dරී ලංකා",
        "می\u200cخواهم",
        "👩\u200d💻 Ada",
        "❤\ufe0f\u200d🔥",
        "👩🏽\u200d🚀",
        "👨\u200d👩\u200d👧\u200d👦",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "അനില്\u200d",
        "क्\u200dष",
        "\u0600٢٤",
        "李小龙",
    ],
)
def test_what_is_seen_stays(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u202eenaJ\u202c", "enaJ"),
        ("\u200fJane\u200e", "Jane"),
        ("\u2067Jane\u2069 Doe", "Jane Doe"),
        ("Ja\u00adne", "Jane"),
        ("J\u200bane\ufeff", "Jane"),
        ("Ja\u200dne", "Jane"),
        ("Ja\u200cne\u200d", "Jane"),
        ("Acme\U000e0041\U000e0042", "Acme"),
        ("علی\u200c", "علی"),
        ("\u200d\u200d", ""),
        (" \u2060 ", ""),
        ("\ufff9a\ufffb", "a"),
        ("李\u200b小", "李小"),
        ("\u061cمحمد", "محمد"),
    ],
)
def test_what_hides_or_reorders_goes(text: str, seen: str) -> None:
    assert legible(text) == seen


@given(st.text(st.characters(categories=["L", "M", "N", "Cf", "So"]), max_size=40))
def test_it_is_found_as_it_is_stored(text: str) -> None:
    assert fold(legible(text)) == fold(text)

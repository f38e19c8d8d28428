"""What must not reach a report."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.checker.redaction import MAX_SHOWN, redacted, shortened

SECRETS = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40
).filter(lambda secret: "$KEY" not in secret)


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_no_secret_is_left_in_plain_text_or_json(secret: str, before: str, after: str) -> None:
    for text in (secret, json.dumps({"key": secret}), json.dumps(secret).replace("/", "\\/")):
        told = redacted(f"{before}{text}{after}", secret)
        assert secret not in told
        assert json.dumps(secret)[1:-1] not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\r\nb\tc", "a\\r\nb\\tc"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("null \x00 \x9b", r"null \x00 \x9b"),
        ("Zoë 🚀 שלום", "Zoë 🚀 שלום"),
    ],
)
def test_control_characters_are_shown_not_obeyed(text: str, told: str) -> None:
    assert redacted(text, "secret") == told


def test_what_is_long_is_cut_and_says_so() -> None:
    assert shortened("x" * MAX_SHOWN) == "x" * MAX_SHOWN
    assert shortened("x" * 1_000) == f"{'x' * MAX_SHOWN}… (1000 characters)"

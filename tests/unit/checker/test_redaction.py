"""What must not reach a report."""

import base64
import html
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.checker.redaction import MAX_READ, MAX_SHOWN, excerpt, redacted

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


SECRET = "Abc/d+e f?\"&'<x>~0"


@pytest.mark.parametrize(
    "written",
    [
        SECRET.upper(),
        SECRET.lower(),
        urllib.parse.quote(SECRET, safe=""),
        urllib.parse.quote(SECRET),
        urllib.parse.quote_plus(SECRET).lower(),
        html.escape(SECRET),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="),
        SECRET.encode().hex().upper(),
        json.dumps(json.dumps({"key": SECRET})),
    ],
)
def test_no_other_way_to_write_a_secret_is_left(written: str) -> None:
    told = redacted(f"It was {written}, I think", SECRET)
    assert "$KEY" in told
    assert len(told) <= len(r'It was "{\"key\": \"$KEY\"}", I think') + 2


def test_a_short_secret_is_not_looked_for_in_every_word() -> None:
    assert redacted("A status, and a key: a1", "a1") == "A status, and a key: $KEY"
    assert redacted("curl -k https://localhost", "k") == "curl -k https://localhost"
    assert redacted("6131 STATUS A1", "a1") == "6131 STATUS A1"
    assert (
        redacted('200 {"status": "ok", "key": "k"}', "k") == '200 {"status": "ok", "key": "$KEY"}'
    )


def test_what_no_xml_may_hold_is_shown_as_it_is_written() -> None:
    assert redacted("\uffff\ufffe\ud800\u2028", "secret") == r"\uffff\ufffe\ud800\u2028"


def test_what_is_long_is_cut_and_says_so() -> None:
    assert excerpt("x" * MAX_SHOWN, "secret") == "x" * MAX_SHOWN
    assert excerpt("x" * 1_000, "secret") == f"{'x' * MAX_SHOWN}… (1000 characters)"


def test_what_is_huge_is_not_read_to_its_end_and_no_half_secret_is_left() -> None:
    secret = "k" * 10 + "e" * 4_000
    told = excerpt(secret * 30, secret)
    assert len(secret) * 30 > MAX_READ
    assert "eee" not in told
    assert told.endswith(f"… ({len(secret) * 30} characters)")

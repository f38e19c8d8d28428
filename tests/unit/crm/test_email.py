import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.email import email_key
from tests.unit.crm.json_values import HOSTILE, JSON, TEXTS, is_storable

LOCAL_PARTS = st.text("abcxyz0189._+-'", min_size=1, max_size=20)
DOMAINS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?\.(com|es|co\.uk)", fullmatch=True)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("jo@acme.com", "jo@acme.com"),
        ("  Jo@Acme.COM\r\n", "jo@acme.com"),
        ("\u200bjo@acme.com\ufeff", "jo@acme.com"),
        ("\xa0jo@acme.com\xa0", "jo@acme.com"),
        ("jo@acme.com.", "jo@acme.com"),
        ("Jo@MÜNCHEN.de", "jo@xn--mnchen-3ya.de"),
        ("jo@xn--mnchen-3ya.de", "jo@xn--mnchen-3ya.de"),
        ("jo@XN--MNCHEN-3YA.DE", "jo@xn--mnchen-3ya.de"),
        ("jo@mu\u0308nchen.de", "jo@xn--mnchen-3ya.de"),
        ("jo@例え。jp", "jo@xn--r8jz45g.jp"),
        ("jo@пример.рф", "jo@xn--e1afmkfd.xn--p1ai"),
        ("josé@acme.com", "josé@acme.com"),
        ("JOSE\u0301@acme.com", "josé@acme.com"),
        ("\uff4a\uff4f\uff20acme.com", "jo@acme.com"),
        ("\U0001d409o@acme.com", "jo@acme.com"),
        ("mailto:jo@acme.com", "jo@acme.com"),
        ("MAILTO:Jo%2Bcrm@acme.com?subject=Hi%20@all", "jo+crm@acme.com"),
        ("Jo Doe <Jo@Acme.com>", "jo@acme.com"),
        ('"Doe, Jo" <jo@acme.com>', "jo@acme.com"),
        ("Jo <mailto:jo@acme.com>", "jo@acme.com"),
        ("<jo@acme.com>", "jo@acme.com"),
        ("jo+crm@acme.com", "jo+crm@acme.com"),
        ("j.o@gmail.com", "j.o@gmail.com"),
        ("o'brien@acme.com", "o'brien@acme.com"),
        ("jo@a.b.c.acme.co.uk", "jo@a.b.c.acme.co.uk"),
        ("a" * 64 + "@acme.com", "a" * 64 + "@acme.com"),
        ("a" * 246 + "@acme.com", None),
        ("é" * 246 + "@acme.com", None),
        ("jo", None),
        ("jo@", None),
        ("@acme.com", None),
        ("<@münchen.de>", None),
        ("jo@acme", None),
        ("jo@localhost", None),
        ("jo@acme..com", None),
        ("jo@-acme.com", None),
        ("jo@acme_corp.com", None),
        ("jo@127.0.0.1", None),
        ("jo@[127.0.0.1]", None),
        ("jo@acme@acme.com", None),
        ("jo doe@acme.com", None),
        ("jo@acme.com, ann@acme.com", None),
        ("jo@acme.com;ann@acme.com", None),
        ("jo\x00@acme.com", None),
        ("j\ud800o@acme.com", None),
        ("mailto:%FF@acme.com", None),
        ("jo@\u0301.com", None),
        ("jo@" + "ü" * 64 + ".com", None),
        ("jo@" + "ü" * 260 + ".com", None),
        (34600111222, None),
    ],
)
def test_it_reads_an_address(value: object, key: str | None) -> None:
    assert email_key(value) == key


@pytest.mark.parametrize("value", HOSTILE)
def test_it_has_no_key_for_a_hostile_value(value: object) -> None:
    assert email_key(value) is None


@given(LOCAL_PARTS, DOMAINS)
def test_it_ignores_case_space_and_wrapping(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    assert email_key(address) == address
    for spelling in (address.upper(), f"\t{address} ", f"X <{address}>", f"mailto:{address}"):
        assert email_key(spelling) == address


@given(LOCAL_PARTS, LOCAL_PARTS, DOMAINS)
def test_it_keeps_different_addresses_apart(one: str, other: str, domain: str) -> None:
    assert (email_key(f"{one}@{domain}") == email_key(f"{other}@{domain}")) is (one == other)


@given(JSON | TEXTS.map("{}@acme.com".format) | TEXTS.map("jo@{}.com".format))
def test_a_key_is_its_own_key_and_can_be_stored(value: object) -> None:
    key = email_key(value)
    if key is not None:
        assert email_key(key) == key
        assert is_storable(key)
        assert len(key) <= 254

"""Whom a client may speak to, and what is said of a URL that cannot be."""

import pytest

from customcrm.client.target import BadTarget, Target

KEY = "a-key"


@pytest.mark.parametrize(
    ("typed", "base_url"),
    [
        ("https://crm.example.com", "https://crm.example.com"),
        ("https://crm.example.com/", "https://crm.example.com"),
        (" https://crm.example.com/api/enginy// ", "https://crm.example.com/api/enginy"),
        ("HTTP://LOCALHOST:3456", "http://localhost:3456"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ],
)
def test_it_reads_a_url(typed: str, base_url: str) -> None:
    assert Target.read(typed, KEY).base_url == base_url


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("crm.example.com", "must begin with http:// or https://"),
        ("ftp://crm.example.com", "must begin with http:// or https://"),
        ("https://", "must begin with http:// or https://"),
        ("https://jo:pw@crm.example.com", "must hold no user and password"),
        ("https://crm.example.com/?a=1", "must hold no ? and no #"),
        ("https://crm.example.com/#top", "must hold no ? and no #"),
        ("https://crm.example.com/añb", "printable ASCII"),
        ("https://crm.example.com:99999", "cannot be read"),
        ("https://crm.exam ple.com", "printable ASCII"),
        ("https://..", "a host that there cannot be"),
        ("https://crm..acme.com", "a host that there cannot be"),
        (f"https://{'a' * 64}.com", "a host that there cannot be"),
    ],
)
def test_it_says_what_is_wrong_with_a_url(typed: str, said: str) -> None:
    with pytest.raises(BadTarget, match=said.replace("?", r"\?")):
        Target.read(typed, KEY)


@pytest.mark.parametrize("key", ["", " ", "a\nb", "schlüssel", "x" * 4_097, " a"])
def test_it_refuses_a_key_that_no_header_can_carry(key: str) -> None:
    with pytest.raises(BadTarget, match="key") as raised:
        Target.read("http://localhost", key)
    assert not key.strip() or key not in str(raised.value)


@pytest.mark.parametrize("header", ["", "X API Key", "X-Key:", "Schlüssel"])
def test_it_refuses_a_header_that_is_none(header: str) -> None:
    with pytest.raises(BadTarget, match="header"):
        Target.read("http://localhost", KEY, header)


@pytest.mark.parametrize(
    ("url", "local", "public"),
    [
        ("http://localhost:1", True, False),
        ("http://crm.localhost", True, False),
        ("http://127.0.0.1", True, False),
        ("http://127.8.9.1", True, False),
        ("http://[::1]", True, False),
        ("http://10.0.0.7", False, False),
        ("http://192.168.1.2", False, False),
        ("http://crm", False, False),
        ("http://crm.internal", False, False),
        ("http://printer.local", False, False),
        ("http://localhost.example.com", False, True),
        ("https://crm.acme.com", False, True),
        ("http://8.8.8.8", False, True),
        ("http://127.1", True, False),
        ("http://0x7f.1", True, False),
        ("http://2130706433", True, False),
        ("http://localhost.", True, False),
        ("http://crm.internal.", False, False),
        ("http://192.168.1.1.", False, False),
        ("http://[fd00::1]", False, False),
        ("http://[::ffff:10.0.0.1]", False, False),
        ("https://crm.acme.com.", False, True),
    ],
)
def test_it_knows_whether_it_is_here_and_whether_the_world_reaches_it(
    url: str, *, local: bool, public: bool
) -> None:
    target = Target.read(url, KEY)
    assert (target.is_local, target.is_public) == (local, public)


def test_it_does_not_show_its_key() -> None:
    assert KEY not in repr(Target.read("http://localhost", KEY))


def test_it_knows_what_its_name_means() -> None:
    assert {str(one) for one in Target.read("http://localhost", KEY).addresses()} & {
        "127.0.0.1",
        "::1",
    }
    assert Target.read("http://nobody.invalid", KEY).addresses() == frozenset()

import time
from html.parser import HTMLParser
from itertools import product

import pytest

from customcrm.dashboard import sanitise
from customcrm.dashboard.sanitise import (
    ATTRIBUTES,
    MAX_LENGTH,
    MAX_OPEN_FORMATS,
    MAX_PARTS,
    MAX_TAGS,
    TAGS,
    safe_link,
    sanitised,
)
from tests.browser.payloads import PAYLOADS


class Markup(HTMLParser):
    """What a text holds of tags, and of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("images", [True, False])
def test_only_what_is_harmless_is_left(payload: str, *, images: bool) -> None:
    for tag, attributes in Markup(sanitised(payload, images=images).html).tags:
        assert tag in TAGS
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | {"rel", "target"}
        assert set(attributes) <= allowed
        address = attributes.get("href")
        assert address is None or safe_link(address) == address


def test_a_letter_keeps_its_shape() -> None:
    body = '<p>Hello <b>Jane</b>, <a href="https://acme.example/x?a=1&amp;b=2">look</a></p>'
    assert sanitised(body, images=False).html == (
        '<p>Hello <b>Jane</b>, <a href="https://acme.example/x?a=1&amp;b=2" target="_blank" '
        'rel="noopener noreferrer nofollow">look</a></p>'
    )


def test_images_from_elsewhere_wait_until_they_are_asked_for() -> None:
    body = '<p>Hi<img src="https://tracker.example/pixel.gif" alt="logo"></p>'
    assert "tracker" not in sanitised(body, images=False).html
    assert "tracker" in sanitised(body, images=True).html
    for shown in (True, False):
        assert sanitised(body, images=shown).remote_images
        assert not sanitised("<p>Hi</p>", images=shown).remote_images
        assert not sanitised('<img src="data:image/png;base64,aaaa">', images=shown).remote_images


def test_images_in_the_message_itself_are_shown() -> None:
    body = '<img src="data:image/png;base64,iVBORw0KGgo=">'
    assert "data:image/png" in sanitised(body, images=False).html
    assert "data:" not in sanitised('<img src="data:image/svg+xml;base64,AAAA">', images=True).html


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.example/a?b=c#d",
        "http://acme.example",
        "mailto:a@b.example",
        "tel:+34600000000",
    ],
)
def test_links_that_lead_somewhere(address: str) -> None:
    assert safe_link(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "acme.example",
        "https://a b",
        'https://a"onclick=x',
        "https://a\\b",
        "ftp://acme.example",
        "",
        None,
        7,
        ["https://acme.example"],
    ],
)
def test_links_that_do_not(address: object) -> None:
    assert safe_link(address) is None


@pytest.mark.parametrize("tag", ["<div>", "<b>", '<font color="{}">', "</i>"])
def test_more_tags_than_a_parser_should_be_given_are_shown_as_they_are_written(tag: str) -> None:
    body = "".join(tag.format(number) for number in range(MAX_TAGS + 100)) + "<img src=x>the end"
    shown = sanitised(body, images=True).html
    assert len(Markup(shown).tags) <= MAX_TAGS
    assert shown.endswith("&lt;img src=x&gt;the end")


def test_more_attributes_than_a_parser_should_be_given_are_shown_as_they_are_written() -> None:
    names = " ".join(f"a{number}" for number in range(MAX_PARTS + 100))
    shown = sanitised(f"<b>hello</b> <p {names}><img src=x onerror=alert(1)>", images=True).html
    assert shown.startswith("<b>hello</b>")
    assert [tag for tag, _ in Markup(shown).tags if tag != "p"] == ["b"]
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_a_long_plain_text_stays_what_it_is() -> None:
    text = "two words " * MAX_PARTS
    assert sanitised(text, images=False).html == text


def test_formats_that_are_never_closed_are_not_repeated_without_end() -> None:
    formats = "".join(f"<b title={number}>" for number in range(MAX_TAGS // 2))
    shown = sanitised(f"<p>{formats}{'<p>x' * (MAX_TAGS // 2 - 1)}", images=True).html
    assert len(Markup(shown).tags) == 1 + MAX_OPEN_FORMATS
    assert f"&lt;b title={MAX_OPEN_FORMATS}&gt;" in shown


def test_formats_that_are_closed_are_not_counted() -> None:
    body = "<p>" + "<b title=1>x</b> <i>y</i>" * 3 * MAX_OPEN_FORMATS + "</p>"
    assert "&lt;" not in sanitised(body, images=True).html


def test_a_body_that_still_grows_without_end_is_shown_as_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sanitise, "MAX_SHOWN", 20)
    assert sanitised("<p>" * 10, images=True).html == "&lt;p&gt;" * 10


LETTERS = "<>&/!-\"'= ;#a\n"
"""Characters that mean something in HTML, a letter, and both kinds of space."""

PATTERNS = [
    *(letter for letter in LETTERS),
    *("".join(two) for two in product(LETTERS, repeat=2)),
    *("<b>", "<p>", "&#x", "&a;", "<a ", "</b", "<!-", "&&a", "&<b", "'&'", "=&=", "<a>", "a='"),
    *(
        '<b title="&">',
        "<b a&b=&c>",
        "<td><b>",
        "<table>",
        "<svg>",
        "<![CDATA[",
        "<!--",
        "<img src",
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_repeated_pattern_takes_no_time(pattern: str) -> None:
    began = time.process_time()
    sanitised((pattern * MAX_LENGTH)[:MAX_LENGTH], images=True)
    assert time.process_time() - began < 0.3  # seconds of CPU; `&` took eight


def test_formats_in_many_paragraphs_take_no_time() -> None:
    began = time.process_time()
    for share in (2, 3, 4):
        formats = "".join(f"<b title={number}>" for number in range(MAX_TAGS // share))
        sanitised(f"<p>{formats}" + "<p>x" * MAX_TAGS, images=True)
    assert time.process_time() - began < 0.3  # it took seven

from typing import Any

import pytest

from customcrm.crm.campaigns import campaigns_of
from customcrm.crm.card import Facts, face_of, name_of
from customcrm.crm.records import Kind
from customcrm.crm.text import NO_NAME, has_visible, name_or_unnamed

UNSEEN = [
    "", " ", "\t\n", "\u00a0", "\u2003", "\u3000", "\u200b", "\u200d\u200c", "\ufeff", "\u2060",
    "\u00ad", "\u202e\u202c", "\u3164", "\u115f", "\u1160", "\uffa0", "\u2800\u2800", "\u034f",
    "\ufe0f", "\u0301", "\u20dd", "\U000e0041", "\x00", "\x1f\x7f", "\ud800", "\u180e", "\u17b4",
    "\U0001d159",
]  # fmt: skip
SEEN = [
    "a", ".", "?", " x ", "\u200bx", "é", "e\u0301", "名", "\u0e01", "\u05d0", "\u0627", "😀",
    "\U0001f469\u200d\U0001f4bb", "\u2764\ufe0f", "\ufffd", "\u00a1", "\u30fc",
    "\U0001f1ea\U0001f1f8", "\u0915\u094d", "\u2014",
]  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
def test_a_text_in_which_nobody_sees_anything_is_no_name(text: str) -> None:
    assert not has_visible(text)
    assert name_or_unnamed(text) == "Unnamed"
    properties = {"firstName": text, "lastName": text, "name": text, "email": text, "domain": text}
    for kind in Kind:
        assert name_of(kind, properties, text) == "Unnamed"
        assert name_of(kind, properties, "lead-7") == "lead-7"
        assert name_of(kind, properties, None) == "Unnamed"
    assert campaigns_of({"campaigns": f"{text};Spring"}) == ("Spring",)


@pytest.mark.parametrize("text", SEEN)
def test_a_text_in_which_something_is_seen_is_a_name(text: str) -> None:
    assert has_visible(text)
    assert name_or_unnamed(text) == text
    assert name_of(Kind.COMPANY, {"name": text}, None) == text.strip().strip("\u200b")


@pytest.mark.parametrize(
    ("kind", "properties", "name"),
    [
        (Kind.CONTACT, {"firstName": "\u200b", "email": "a@b.example"}, "a@b.example"),
        (Kind.CONTACT, {"firstName": "\u3164", "lastName": "Doe"}, "\u3164 Doe"),
        (Kind.COMPANY, {"name": "\u2800", "domain": "acme.example"}, "acme.example"),
    ],
)
def test_the_next_best_stands_in_for_a_name_that_is_not_seen(
    kind: Kind, properties: dict[str, Any], name: str
) -> None:
    assert name_of(kind, properties, "x") == name


def test_two_without_a_name_have_no_key_in_common() -> None:
    face = face_of(Kind.CONTACT, {"firstName": " "}, Facts())
    assert (face.name, face.name_key) == (NO_NAME, "")

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.dashboard.prose import MAX_TAGS, MAX_TEXT, excerpt, prose_of


def test_plain_text_stays_as_it_is() -> None:
    said = prose_of("Hi <jane@acme.com>,\n\n1 < 2 & 3 > 2.\n")
    assert said == ("Hi <jane@acme.com>,\n\n1 < 2 & 3 > 2.", "", False)


def test_markup_becomes_text() -> None:
    said = prose_of("<p>Hello&nbsp;Jane,</p><p>Tom &amp; I <b>agree</b>.<br>Yes.</p>")
    assert said.text.splitlines() == ["Hello\xa0Jane,", "Tom & I agree.", "Yes."]
    assert said.is_html


def test_scripts_and_styles_leave_no_text() -> None:
    said = prose_of("<style>p{color:red}</style><script>alert(1)</script><p>Hi</p>")
    assert said.text == "Hi"


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, 2 Mar 2026 at 10:00, Jane Doe <jane@acme.com> wrote:",
        "Am 2.3.2026 schrieb Jane Doe:",
        "Le 2 mars 2026, Jane Doe a écrit :",
        "El 2/3/2026, Jane Doe escribió:",
        "Em 2/3/2026, Jane Doe escreveu:",
        "Den 2 mars 2026 skrev Jane Doe:",
        "Dnia 2.3.2026 Jane Doe napisał(a):",
        "في 2026-03-02 كتب Jane Doe:",
        "2026-03-02 10:40 Ana Ruiz:",
        "בתאריך 2026-03-02 כתב/ה Jane Doe:",
        "-----Original Message-----",
        "From: Jane Doe <jane@acme.com>",
        "> as you said",
        "________________________________",
    ],
)
def test_what_is_quoted_stands_apart(introduction: str) -> None:
    said = prose_of(f"Tuesday is fine.\n\n{introduction}\n> Tuesday or Wednesday?")
    assert said.text == "Tuesday is fine."
    assert said.quoted.startswith(introduction)


def test_a_quotation_in_markup_stands_apart() -> None:
    said = prose_of("<div>Yes.</div><blockquote><p>Shall we?</p></blockquote>")
    assert (said.text, said.quoted) == ("Yes.", "Shall we?")


def test_a_message_that_is_all_quotation_is_shown() -> None:
    assert prose_of("> only this\n> and this").text.startswith("> only this")


def test_an_excerpt_is_one_line_that_ends_at_a_word() -> None:
    text = excerpt("<p>" + "word " * 100 + "</p>", 50)
    assert text.endswith("word…")
    assert len(text) <= 51
    assert "\n" not in text


def test_nothing() -> None:
    assert prose_of(None) == ("", "", False)
    assert excerpt("") == ""


@given(st.text(max_size=300))
def test_any_text_can_be_read(body: str) -> None:
    said = prose_of(body)
    assert len(said.text) + len(said.quoted) <= 6 * len(body) + 2


def test_a_hostile_body_takes_no_time() -> None:
    for piece in ("<", "<p ", "On ", "From: ", "&lt;", "<blockquote>", "\n \n"):
        prose_of(piece * MAX_TEXT)


def test_no_more_tags_are_looked_at_than_a_list_of_messages_has_time_for() -> None:
    said = prose_of("<p>seen</p>" + "<b>" * MAX_TAGS + "unseen")
    assert said.text == "seen"


@pytest.mark.parametrize("line", [" " * MAX_TEXT, (" " * 199 + "\n") * (MAX_TEXT // 200)])
def test_space_takes_no_time(line: str) -> None:
    began = time.process_time()
    for _ in range(20):
        prose_of(f"{line}x")
    assert time.process_time() - began < 1  # seconds; it took three

"""Messages on the pages that show them: timeline, activities, home, and their own page."""

import re
import time
from html import unescape
from itertools import count

import pytest

from customcrm.contract.activities import CreateActivity
from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.activities import create_activity
from customcrm.operations.records import create_records
from customcrm.operations.repeats import Request
from tests.integration.dashboard.desk import ORIGIN, House

NUMBERS = count()


def contact_of(crm: House) -> str:
    sent = [{"externalId": f"message-{next(NUMBERS)}", "firstName": "Ann"}]
    return create_records(crm.store, CONTACT_RULES, sent, ORIGIN)[0].record_id


def logged(crm: House, contact: str, body: str, subject: str | None = None) -> str:
    sent = CreateActivity("EMAIL", "INBOUND", subject, body, contact_id=contact)
    request = Request("create_activity", f"{next(NUMBERS)} message".encode())
    return create_activity(crm.store, sent, {}, request, ORIGIN).activity.id


def shown(crm: House, path: str) -> str:
    answer = crm.browser("member").get(path)
    assert answer.status_code == 200, path
    return answer.text


def words(page: str) -> str:
    """The text of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_answers_between_quoted_lines_are_shown_where_they_are(crm: House) -> None:
    contact = contact_of(crm)
    logged(crm, contact, "Hi Ann,\n\n> shall we?\n\nYes, on Tuesday.\n\n> and when?\n\nAt ten.")
    crm.store.project_pending()
    timeline = words(shown(crm, f"/view/contact/{contact}"))
    assert (
        "Hi Ann, Quoted text > shall we? Yes, on Tuesday. Quoted text > and when? At ten."
        in timeline
    )
    for path in ("/", "/view/activities"):
        assert "Hi Ann, Yes, on Tuesday. At ten." in words(shown(crm, path)), path


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<style>{'p { color: red } ' * 3_000}</style><p>Answer one</p>", "Answer one"),
        (
            f"<!--[if gte mso 9]><xml>{'x' * 40_000}</xml><![endif]--><p>Answer two</p>",
            "Answer two",
        ),
        (f'<img src="data:image/png;base64,{"A" * 40_000}"><p>Answer three</p>', "Answer three"),
        ("<table><tr><td>" * 900 + "Answer four", "Answer four"),
        ("I&#39;m in &amp; free", "I'm in & free"),
        ("<tr><td>Monday</td><td>10:00</td></tr>", "Monday 10:00"),
        ("<title>Not this</title><p>Answer five</p>", "Answer five"),
        (f"Answer six &#{'1' * 9_000};<p>", "Answer six"),
        ("<p>Answer seven</p><noscript>Not this</noscript>", "Answer seven"),
        ("&lt;b&gt;Answer eight&lt;/b&gt;", "<b>Answer eight</b>"),
    ],
)
def test_pages_show_the_text_of_any_body(crm: House, body: str, text: str) -> None:
    contact = contact_of(crm)
    one = logged(crm, contact, body)
    crm.store.project_pending()
    for path in ("/", "/view/activities", f"/view/contact/{contact}"):
        page = words(shown(crm, path))
        assert text in page, path
        assert "Not this" not in page
        assert "<b>Answer eight" not in shown(crm, path)
    assert text.split(maxsplit=1)[0] in words(shown(crm, f"/view/activity/{one}/body"))


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ("Out of Office: Offer", "Out of office"),
        ("Undeliverable: Offer", "Undeliverable"),
        ("Gelesen: Angebot", "Receipt"),
        ("Réponse automatique : Offre", "Automatic reply"),
    ],
)
def test_automatic_messages_are_labeled_and_do_not_wait(
    crm: House, subject: str, label: str
) -> None:
    contact = contact_of(crm)
    one = logged(crm, contact, "I am not here", subject)
    crm.store.project_pending()
    for path in (f"/view/contact/{contact}", "/view/activities", f"/view/activity/{one}"):
        assert re.search(rf'class="chip"[^>]*>{label}<', shown(crm, path)), path
    assert "waiting for an answer" not in shown(crm, f"/view/contact/{contact}")
    assert "Automatic" not in words(shown(crm, f"/view/contact/{contact_of(crm)}"))


@pytest.mark.parametrize(
    ("body", "look", "html"),
    [
        ("one\ntwo", "message plain", "one\ntwo"),
        ("one &amp; <jane@acme.example>", "message plain", "one &amp; &lt;jane@acme.example&gt;"),
        ("one\n<b>two</b>", "message plain", "one\n<b>two</b>"),
        ("<p>one\ntwo</p>", "message", "<p>one\ntwo</p>"),
        ("one<br>two", "message", "one<br>two"),
    ],
)
def test_the_frame_reads_a_body_as_the_timeline_does(
    crm: House, body: str, look: str, html: str
) -> None:
    page = shown(crm, f"/view/activity/{logged(crm, contact_of(crm), body)}/body")
    assert f'<body class="{look}">{html}</body>' in page


@pytest.mark.parametrize("pattern", ["&", "<b>", "<p>x", "a:\n", "> a\n", "<a href='&'>"])
def test_a_hostile_body_holds_no_page_up(crm: House, pattern: str) -> None:
    contact = contact_of(crm)
    one = logged(crm, contact, (pattern * 1_000_000)[:1_000_000])
    crm.store.project_pending()
    for path in (
        f"/view/contact/{contact}",
        f"/view/activity/{one}",
        f"/view/activity/{one}/body",
        "/view/activities",
    ):
        began = time.process_time()
        shown(crm, path)
        assert time.process_time() - began < 3, path  # seconds of CPU; one took half a minute

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.html_text import form_of
from customcrm.crm.message_text import MAX_EXCERPT, MAX_TEXT, MessageText, excerpt_of, message_text
from tests.unit.crm.mails import Mail, mails

MAILS = list(mails())


def quoted(text: MessageText) -> str:
    return "\n".join(part.text for part in text.parts if part.quoted)


# The corpus


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(MAILS) >= 200
    assert len({mail.title.split(", ")[-1] for mail in MAILS}) >= 12


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.title)
def test_the_answer_is_separated_from_what_it_quotes(mail: Mail) -> None:
    text = message_text(mail.body)
    assert [answer for answer in mail.answers if answer not in text.written] == []
    assert [line for line in mail.quotation if line in text.written] == []
    assert mail.answers[0] in text.excerpt
    assert [question for question in mail.quotation[:3] if question not in quoted(text)] == []


# Quotations

DATE = "Monday, 2 March 2026 10:40"

HEADERS = {
    "french": f"De : Jane Doe\nEnvoyé : {DATE}\nÀ : Ana Ruiz\nObjet : RE: Offre",
    "danish": f"Fra: Jane Doe\nSendt: {DATE}\nTil: Ana Ruiz\nEmne: SV: Tilbud",
    "finnish": "Lähettäjä: Jane Doe\nLähetetty: maanantai 2. maaliskuuta 2026 10.40\nAihe: VS: x",
    "turkish": "Kimden: Jane Doe\nGönderildi: 2 Mart 2026 Pazartesi 10:40\nKime: Ana",
    "welsh, in two lines": "Oddi wrth: Jane Doe <jane@acme.example>\nPwnc: Cynnig",
    "chinese": "发件人：Jane\n发送时间：2026年3月2日 10:40\n收件人：Ana\n主题：x",
    "arabic": "من: Jane <j@acme.example>\nتاريخ الإرسال: 2 مارس 2026",
    "thai": "จาก: Jane Doe\nส่งเมื่อ: 2 มีนาคม 2569 10:40\nถึง: Ana\nหัวเรื่อง: ข้อเสนอ",
    "korean": "보낸 사람: Jane\n보낸 날짜: 2026년 3월 2일 월요일 오전 10:40\n받는 사람: Ana",
    "hindi": "प्रेषक: Jane\nभेजा गया: 2 मार्च 2026 10:40\nविषय: प्रस्ताव",
    "vietnamese": "Từ: Jane\nĐã gửi: Thứ Hai, 2 tháng 3, 2026 10:40 SA\nĐến: Ana",
    "hebrew": "\u200fמאת: Jane <j@acme.example>\n\u200fנשלח: יום שני 2 מרץ 2026\n\u200fאל: Ana",
    "arabic digits": "من: Jane\nتاريخ: ٢ مارس ٢٠٢٦ ١٠:٤٠\nإلى: Ana",
    "greek": f"Από: Jane Doe\nΣτάλθηκε: {DATE}\nΠρος: Ana\nΘέμα: Προσφορά",
    "norwegian": f"Fra: Jane Doe\nSendt: {DATE}\nTil: Ana\nEmne: Tilbud",
    "without a date": "From: jane@acme.example\nTo: ana@sender.example\nSubject: Offer",
    "in two lines without a date": "Van: jane@acme.example\nOnderwerp: Aanbod",
    "between rules": "---- On Mon, 02 Mar 2026 10:40:00 +0100 Jane <j@acme.example> wrote ----",
    "under a title of hyphens": "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
    "in a table": "---- 回复的原邮件 ----\n| 发件人 | Jane<jane@acme.example> |\n| 日期 | 3月2日 |",
    "after a date": 'Gesendet: Montag, 2. März 2026 um 10:40\nVon: "J" <j@acme.example>\nAn: Ana',
    "with mailto": f"From: Jane [mailto:jane@acme.example]\nSent: {DATE}\nTo: Ana",
    "in bold": f"*Von:* Jane Doe\n*Gesendet:* {DATE}\n*An:* Ana\n*Betreff:* AW: x",
    "with more recipients": "From: J <j@a.example>\nTo: A <a@b.example>,\n C <c@d.example>\nRe: x",
    "with blank lines between": f"From: Jane Doe\n\nSent: {DATE}\n\nTo: Ana\n\nSubject: x",
    "under a rule": f"{'_' * 32}\nFrom: Jane <j@acme.example>\nSent: Monday\nTo: A\nSubject: s",
    "under a title": f"-----Ursprüngliche Nachricht-----\nVon: Jane\nGesendet: {DATE}",
    "forwarded": f"Begin forwarded message:\n\nFrom: Jane <j@acme.example>\nDate: {DATE}",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_in_any_language_begins_a_quotation(header: str) -> None:
    text = message_text(f"Tuesday is fine.\n\n{header}\n\nShall we meet?")
    assert text.written == "Tuesday is fine."
    assert quoted(text).startswith(header.split("\n", maxsplit=1)[0])
    assert quoted(text).endswith("Shall we meet?")


INTRODUCTIONS = [
    "On Mon, 2 Mar 2026 at 10:00, Jane Doe <jane@acme.example> wrote:",
    "On Mon, Mar 2, 2026 at 10:40 AM Jane Doe\n<jane@acme.example> wrote:",
    "On Monday, 2 March 2026\nat 10:40:12 CET, Jane Maria Doe\n<jane@acme.example> wrote:",
    "El lun, 2 mar 2026 a las 10:40, Jane Doe (<jane@acme.example>)\nescribió:",
    "Jane Doe <jane@acme.example> ezt írta (időpont: 2026. márc. 2., H,\n10:40):",
    "Le 2 mars 2026, Jane Doe a écrit :",
    "Am 2.3.2026 schrieb Jane Doe:",
    "Den 2 mars 2026 skrev Jane Doe:",
    "Dnia 2.3.2026 Jane Doe napisał(a):",
    "في 2026-03-02 كتب Jane Doe:",
    "2026-03-02 10:40 Ana Ruiz:",
    "בתאריך 2026-03-02 כתב/ה Jane Doe:",
    "2026年3月2日(月) 10:40 Jane Doe <jane@acme.example>:",
    "Jane Doe <jane@acme.example> 于2026年3月2日周一 10:40写道：",
    "ma 2. maalisk. 2026 klo 10.40 Jane Doe (jane@acme.example) kirjoitti:",
    "Ar Llun, 2 Maw 2026 am 10:40, ysgrifennodd Jane Doe\n<jane@acme.example>:",
    "From: Jane Doe <jane@acme.example>",
    "________________________________",
    "Jane Doe wrote:",
    "Am 02.03.26 um 10:40 schrieb Jane Doe",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_an_introduction_goes_with_its_quotation(introduction: str) -> None:
    text = message_text(f"Tuesday is fine.\n\n{introduction}\n> Tuesday or Wednesday?")
    assert text.written == "Tuesday is fine."
    assert quoted(text) == f"{introduction}\n> Tuesday or Wednesday?"


@pytest.mark.parametrize(
    "body",
    [
        "From: what I hear, yes.",
        "From: what I hear, yes.\nTo: me it is the same.",
        "Price: 100\nDelivery: 3 weeks\n\nOk?",
        "Best,\nTom\nEmail: tom@acme.example\nPhone: +34 600 111 222\n\nP.S. call me",
        "Best,\nTom\n\nE-mail: tom@acme.example\nSkype: t",
        "E: tom@acme.example\nM: +34 600 111 222\nW: www.acme.example\n\nConfidential.",
        "Subject: to approval, yes.\nFrom: our side, too.\n\nTom",
        "To: 9 or 10 people\nFrom: 9 to 5\n\nTom",
        "---- Agenda ----\nfirst\nsecond",
        "=== Summary ===\n12.03.2026 10:00 start",
        "Name: Tom\nAge: 41\nCity: Madrid\n\nThat is me",
        "Sure.\nDate: 12 March 2026\nTime: 10:00\nPlace: our office\n\nBest",
        "We could meet on 12 March 2026 at 10:00, or on these days:\n\n- Monday\n- Tuesday",
        "Call me at 10:40:\n+34 600",
        "Questions:\n1. When?\n2. Where?\n\nAnswers:\n1. Now",
        "----\nAgenda\n----\nfirst, second",
        "Note: the 2026 budget is 10.000\nso: yes",
        "a => b\n1 > 0\n-> next",
        "https://acme.example/a\nhttps://acme.example/b 2026-03-02 10:40",
    ],
)
def test_what_only_looks_like_a_quotation_stays(body: str) -> None:
    assert message_text(body).parts == ((body, False),)


def test_answers_between_quoted_lines_stay() -> None:
    text = message_text("Hi Ann,\n\n> one?\n> really\n\nYes.\n\n> two?\n\nNo.\n\nTom")
    assert [(part.text, part.quoted) for part in text.parts] == [
        ("Hi Ann,", False),
        ("> one?\n> really", True),
        ("Yes.", False),
        ("> two?", True),
        ("No.\n\nTom", False),
    ]
    assert text.excerpt == "Hi Ann, Yes. No. Tom"


def test_an_answer_above_a_quoted_line_is_no_introduction() -> None:
    text = message_text(
        "Hi Ann, see my answers:\n> when?\nWrite to ana@acme.example\n\n> and how?\nSo."
    )
    assert text.written.split("\n\n") == [
        "Hi Ann, see my answers:",
        "Write to ana@acme.example",
        "So.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "> only this\n> and this",
        f"From: Jane <j@acme.example>\nSent: {DATE}\n\nThe offer",
        "<blockquote type=cite>Only this</blockquote>",
    ],
)
def test_a_message_that_quotes_everything_is_shown(body: str) -> None:
    text = message_text(body)
    assert text.written
    assert not quoted(text)


def test_a_paragraph_that_is_indented_is_no_quotation() -> None:
    indented = '<blockquote style="margin:0 0 0 40px;border:none;padding:0">Indented</blockquote>'
    assert message_text(f"<p>Hi</p>{indented}").written == "Hi\nIndented"


# HTML

LONG = "x" * 30_000

BODIES = {
    "a long style sheet": f"<style>{LONG}</style><p>Answer</p>",
    "a style sheet in a head": f"<html><head><style type='a'>{LONG}</style></head>Answer</html>",
    "a comment of Word": f"<!--[if gte mso 9]><xml>{LONG}</xml><![endif]--><p>Answer</p>",
    "a comment that shows": "<!--[if !mso]><!--><p>Answer</p><!--<![endif]-->",
    "a revealed comment": "<![if !supportLists]><p>Answer<![endif]></p>",
    "an image in itself": f'<img src="data:image/png;base64,{LONG}"><p>Answer</p>',
    "nested tables": "<table><tr><td>" * 300 + "Answer" + "</td></tr></table>" * 300,
    "a script": f"<script>if (a < b) {{ '{LONG}' }}</script>Answer<br>",
    "a title": "<title>Re: Offer</title><p>Answer</p>",
    "a text area": "<p>Answer</p><textarea>Not this</textarea>",
    "no script": "<noscript>Not this</noscript><div>Answer</div>",
    "a hidden preview": '<div style="display:none">Not <div>this</div></div><p>Answer',
    "hidden by Word": '<span style="mso-hide:all">Not this</span><p>Answer</p>',
    "a vector image": "<svg><text>Not this</text></svg><p>Answer</p>",
    "quotes in attributes": "<p title=\"a > b\" class='x'>Answer</p>",
    "a style never closed": "<p>Answer</p><style>p { color: red",
    "office tags": "<p class=MsoNormal>Answer<o:p></o:p></p>",
    "upper case": "<HTML><BODY><P>Answer</P></BODY></HTML>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_only_what_a_reader_sees_is_text(body: str) -> None:
    text = message_text(body)
    assert text.written == text.excerpt == "Answer"
    assert text.is_html


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Hello&nbsp;Jane,</p><p>Tom &amp; I <b>agree</b>.<br>Yes.</p>",
         ["Hello\xa0Jane,", "Tom & I agree.", "Yes."]),
        ("<tr><td>Monday</td><td>10:00</td></tr><tr><th>Tue</th><td>11</td></tr>",
         ["Monday  10:00", "Tue  11"]),
        ("<ul><li>One<li>Two</ul>Three<h1>Four</h1>Five<hr>Six", ["One", "Two", "Three", "Four",
         "Five", "Six"]),
        ("<dl><dt>a<dd>b</dl><section>c</section><pre>d\n e</pre>f", [*"abcdef"]),
        ("one\ntwo <b>three</b><br>four", ["one two three", "four"]),
        ("<title>T</title>Hi<div>there</div>", ["Hi", "there"]),
        ("<p>5 < 6 and <jane@acme.example> wrote</p>", ["5 < 6 and <jane@acme.example> wrote"]),
        ("Hi Jane,\nsee <a href='https://x.example'>this</a>.\nBest", ["Hi Jane,",
         "see this.", "Best"]),
        ("<p>a</p>\r\n\r\n<p>b</p>", ["a", "b"]),
        ("<center>a</center><table>b</table><form>c</form>", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_blocks_are_lines_and_cells_are_apart(body: str, lines: list[str]) -> None:
    assert message_text(body).written.splitlines() == lines


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("I&#39;m interested &amp; free", "I'm interested & free"),
        ("caf&eacute; &lt;3 &#x1F680;", "café <3 🚀"),
        ("&quot;yes&quot;&nbsp;", '"yes"'),
        ("R&D, AT&T and a&b", "R&D, AT&T and a&b"),
        ("AT&T; you & me", "AT&T; you & me"),
        ("https://x.example/?a=1&copy=2&reg=3", "https://x.example/?a=1&copy=2&reg=3"),
        ("&notanentity; stays", "&notanentity; stays"),
        ("&#xD800; and &#0;", "\ufffd and \ufffd"),
        (f"&#{'1' * 9000};", f"&#{'1' * 9000};"),
        ("Hi <jane@acme.example>,\n1 < 2 & 3 > 2.", "Hi <jane@acme.example>,\n1 < 2 & 3 > 2."),
        ("Look: data:image/png;base64,AAAA ok", "Look:  ok"),
        ("the data: yes,no", "the data: yes,no"),
    ],
)
def test_plain_text_has_only_its_clear_references_replaced(body: str, text: str) -> None:
    read = message_text(body)
    assert (read.written, read.is_html) == (text, False)


@pytest.mark.parametrize(
    ("body", "is_html", "keeps_lines"),
    [
        ("Hi\nthere", False, True),
        ("a < b > c <jane@acme.example> <https://acme.example/a>", False, True),
        ("a <b>bold</b> word\nand more", True, True),
        ("<p>one\ntwo", True, False),
        ("one<br>two", True, False),
        ("<BR/>", True, False),
        ("<unknown>x</unknown>", False, True),
        ("<!-- only a comment -->", False, True),
    ],
)
def test_the_form_of_a_body(body: str, *, is_html: bool, keeps_lines: bool) -> None:
    assert form_of(body) == (is_html, keeps_lines)


# Limits


def test_what_is_longer_is_cut_and_says_so() -> None:
    text = message_text("word " * MAX_TEXT + "\n> " + "old " * MAX_TEXT)
    assert [len(part.text) for part in text.parts] == [MAX_TEXT, MAX_TEXT]
    assert text.is_cut
    assert not message_text("word").is_cut


def test_an_excerpt_is_one_line_that_ends_at_a_word() -> None:
    text = excerpt_of("word\n" * 100, 50)
    assert text == "word " * 9 + "word…"
    assert message_text("<p>" + "&zwnj;&nbsp;" * 100 + "Hello</p>").excerpt == "Hello"
    assert len(message_text("word " * 1000).excerpt) <= MAX_EXCERPT + 1


@pytest.mark.parametrize("body", [None, "", "  \n ", "<p></p>", "&nbsp;", "<br><br>"])
def test_nothing(body: str | None) -> None:
    assert message_text(body).excerpt == ""


@given(st.text(alphabet="<>&;:/!-\"'= #ap\n\r\t\u00a0@.0", max_size=300))
def test_any_text_can_be_read(body: str) -> None:
    text = message_text(body)
    assert all(part.text for part in text.parts)
    assert sum(len(part.text) for part in text.parts) <= 6 * len(body) + 2


LETTERS = "<>&/!-\"'=; :#a\n"
SIZE = 1_000_000
PATTERNS = [
    *LETTERS,
    *("".join(two) for two in product(LETTERS, repeat=2)),
    *(
        "<b>",
        "<p>",
        "<a ",
        "<a '",
        "<a \"'>",
        "&#1",
        "&a;",
        "<!--",
        "<![",
        "</b",
        "a:\n",
        "> a",
        ">>>",
    ),
    *(
        "<div>",
        "<br>",
        "<style>",
        "<title>",
        "<td>",
        "<pre>\n",
        ">\n\n",
        "<blockquote>",
        "<p hidden>",
        "@a.",
    ),
    *(
        "a: <x@y.z>\n> q\n",
        "a@b.c\n",
        "a: 1\na@b.c\n",
        "\n\n\na:",
        "---- a ----\n",
        "a@a",
        "data:a/",
    ),
    *(
        "On 1.1.2026 a@b.c wrote:\n",
        "data:image/png;base64,",
        '<div style="display:none">',
        "2026 1 ",
    ),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_repeated_pattern_takes_time_in_proportion(pattern: str) -> None:
    body = (pattern * SIZE)[:SIZE]
    began = time.process_time()
    message_text(body)
    assert time.process_time() - began < 1  # second of CPU; the square would be minutes

"""Replies as mail programs write them: in their formats, in many languages, answered anywhere.

Written from how the programs' mails look, and from nothing of ours: it knows no parser.
"""

from collections.abc import Callable, Iterator
from html import escape
from textwrap import wrap
from typing import NamedTuple

from tests.unit.crm.mail_languages import LANGUAGES, Language

NAME = "Jane Doe"
ADDRESS = "jane.doe@acme.example"
US = "Ana Ruiz"
OURS = "ana@sender.example"


class Mail(NamedTuple):
    """A reply.

    Attributes:
        title: program, format, place of the answer, and language.
        body: as it would come.
        answers: what its sender wrote; `quotation`: what they did not.
    """

    title: str
    body: str
    answers: tuple[str, ...]
    quotation: tuple[str, ...]


class Draft(NamedTuple):
    """What a mail program is to write."""

    words: Language
    place: str

    def introduction(self, form: str) -> str:
        return form.format(date=self.words.short, time="10:40", name=NAME, address=ADDRESS)

    @property
    def header(self) -> list[tuple[str, str]]:
        w = self.words
        values = (f"{NAME} <{ADDRESS}>", w.long, f"{US} <{OURS}>", "RE: Offer")
        return list(zip(w.headers, values, strict=True))


# Plain text


def marked(draft: Draft, introduction: str, mark: str = "> ", width: int = 74) -> str:
    """Line by line: as Gmail, Apple Mail and Thunderbird write."""
    words = draft.words
    above = "\n".join(wrap(introduction, width))
    quotation = [f"{mark}{question}\n{mark.rstrip()}" for question in words.questions]
    if draft.place == "above":
        return (
            f"{words.greeting}\n\n"
            + "\n".join(words.answers)
            + f"\n\n{above}\n\n"
            + "\n".join(quotation)
        )
    if draft.place == "below":
        return f"{above}\n" + "\n".join(quotation) + "\n\n" + "\n".join(words.answers) + "\n"
    pairs = zip(quotation, words.answers, strict=True)
    return f"{above}\n\n" + "\n\n".join(f"{quoted}\n\n{answer}" for quoted, answer in pairs)


def gmail_plain(draft: Draft) -> str:
    return marked(draft, draft.introduction(draft.words.on))


def apple_plain(draft: Draft) -> str:
    return marked(draft, draft.introduction(draft.words.apple), width=200)


def thunderbird_plain(draft: Draft) -> str:
    return marked(draft, draft.introduction(draft.words.on), mark=">", width=72).replace(
        "\n", "\r\n"
    )


def outlook_plain(draft: Draft) -> str:
    words = draft.words
    header = "\n".join(f"{label}: {value}" for label, value in draft.header)
    return (
        f"{words.greeting}\n\n"
        + "\n".join(words.answers)
        + f"\n\n{'_' * 32}\n{header}\n\n"
        + "\n\n".join(words.questions)
    )


def old_outlook_plain(draft: Draft) -> str:
    words = draft.words
    header = "\r\n".join(f"{label}: {value}" for label, value in draft.header)
    return (
        "\r\n".join(words.answers)
        + f"\r\n\r\n-----{words.original}-----\r\n{header}\r\n\r\n"
        + "\r\n".join(words.questions)
    )


def samsung_plain(draft: Draft) -> str:
    words = draft.words
    (sender, who), (sent, when), (to, us), (about, subject) = draft.header
    return (
        f"{words.answers[0]}\n\n{words.answers[1]}\n\n{words.answers[2]}\n\n\n"
        f"-------- {words.original} --------\n{sender}: {who} \n{sent}: {when}  (GMT+01:00) \n"
        f"{to}: {us} \n{about}: {subject} \n\n" + "\n".join(words.questions)
    )


def iphone_plain(draft: Draft) -> str:
    words = draft.words
    if draft.place != "above":
        return marked(draft, draft.introduction(words.apple), width=200)
    quotation = "\n".join(f"> {question}\n> " for question in words.questions)
    return (
        "\n".join(words.answers) + f"\n\n{words.sent_from}\n\n"
        f"> {draft.introduction(words.apple)}\n> \n{quotation}"
    )


def lotus_plain(draft: Draft) -> str:
    words = draft.words
    header = "\n".join(f"{label}:        {value}" for label, value in draft.header)
    return (
        "\n".join(words.answers) + f"\n\n\n\n{header}\n\n\n\n" + "\n\n".join(words.questions) + "\n"
    )


def ticket_plain(draft: Draft) -> str:
    words = draft.words
    return (
        "##- Please type your reply above this line -##\n\n"
        + "\n".join(words.answers)
        + f"\n\n{'-' * 46}\n\n{US}, {words.long}\n\n"
        + "\n\n".join(words.questions)
    )


# HTML


def paragraphs(lines: tuple[str, ...], tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{escape(line)}</{tag}>\n" for line in lines)


def quoting(draft: Draft, introduction: str, opening: str, tag: str = "div") -> str:
    """In blockquotes: as Gmail, Apple Mail, Thunderbird and Proton Mail write."""
    words = draft.words
    close = "</blockquote>"
    if draft.place == "above":
        return (
            paragraphs((words.greeting, *words.answers), tag)
            + f"<br>{introduction}{opening}{paragraphs(words.questions, tag)}{close}"
        )
    if draft.place == "below":
        return f"{introduction}{opening}{paragraphs(words.questions, tag)}{close}<br>" + paragraphs(
            words.answers, tag
        )
    pairs = zip(words.questions, words.answers, strict=True)
    return introduction + "".join(
        f"{opening}{paragraphs((question,), tag)}{close}{paragraphs((answer,), tag)}"
        for question, answer in pairs
    )


def gmail_html(draft: Draft) -> str:
    said = escape(draft.introduction(draft.words.on)).replace(
        escape(f"<{ADDRESS}>"), f'&lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt;'
    )
    return (
        '<div dir="ltr">'
        + quoting(
            draft,
            f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{said}<br></div></div>',
            '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
            'rgb(204,204,204);padding-left:1ex">',
        )
        + "</div>"
    )


def apple_html(draft: Draft) -> str:
    said = escape(draft.introduction(draft.words.apple))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
        '<body style="word-wrap: break-word;" class="">'
        + quoting(
            draft,
            f'<div><br class=""><blockquote type="cite" class=""><div class="">{said}</div><br>'
            "</blockquote></div>",
            '<blockquote type="cite" class="">',
        )
        + '<br class="Apple-interchange-newline"></body></html>'
    )


def thunderbird_html(draft: Draft) -> str:
    said = escape(draft.introduction(draft.words.on))
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html"></head>'
        "<body>"
        + quoting(
            draft,
            f'<div class="moz-cite-prefix">{said}<br></div>',
            '<blockquote type="cite" cite="mid:abc@acme.example">',
            "p",
        )
        + "</body></html>"
    )


def proton_html(draft: Draft) -> str:
    said = escape(draft.introduction(draft.words.on))
    return (
        '<div style="font-family: Arial;">'
        + quoting(
            draft,
            f'<div class="protonmail_quote">{said}<br><br></div>',
            '<blockquote class="protonmail_quote" type="cite">',
        )
        + "</div>"
    )


STYLE = "p.MsoNormal, li.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;}\n" * 400


def outlook_html(draft: Draft) -> str:
    """As Outlook for Windows writes: with a style sheet and comments of Word before all else."""
    words = draft.words
    bold = "<br>\n".join(
        f"<b>{escape(label)}:</b> {escape(value)}" for label, value in draft.header
    )
    normal = ' class="MsoNormal"'
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Re: Offer</title>'
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocument"
        f"Settings></xml><![endif]--><style><!--\n{STYLE}--></style></head>"
        '<body lang="EN-GB" link="#0563C1"><div class="WordSection1">'
        + paragraphs(words.answers, "p", normal)
        + '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid '
        f'#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{bold}<o:p></o:p></p></div>'
        '</div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        + paragraphs(words.questions, "p", normal)
        + "</div></body></html>"
    )


def outlook_web_html(draft: Draft) -> str:
    words = draft.words
    bold = "<br>".join(f"<b>{escape(label)}:</b> {escape(value)}" for label, value in draft.header)
    return (
        '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;} </style>'
        '</head><body dir="ltr">'
        + paragraphs(words.answers, "div", ' class="elementToProof"')
        + '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" style="font-size:11pt">{bold}'
        "</font><div>&nbsp;</div></div>" + paragraphs(words.questions, "div") + "</body></html>"
    )


def lotus_html(draft: Draft) -> str:
    words = draft.words
    rows = "".join(
        f'<tr valign=top><td><font size=1 color=#5f5f5f face="sans-serif">{escape(label)}:'
        f'</font></td><td><font size=1 face="sans-serif">{escape(value)}</font></td></tr>'
        for label, value in draft.header
    )
    return (
        "".join(f'<font size=2 face="sans-serif">{line}</font>\n<br>' for line in words.answers)
        + f"\n<br>\n<br>\n<table width=100%>{rows}</table>\n<br>\n<hr noshade>\n<br>"
        + "".join(f"<tt><font size=2>{line}</font></tt>\n<br>" for line in words.questions)
    )


def yahoo_html(draft: Draft) -> str:
    words = draft.words
    said = escape(draft.introduction(words.on))
    return (
        '<html><head></head><body><div class="ydp1yahoo-style-wrap">'
        + paragraphs(words.answers, "div", ' dir="ltr" data-setdir="false"')
        + '</div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted"><div style="font-size:13px">'
        f"<div>{said}</div><div><br></div><div><br></div><div><div>"
        + paragraphs(words.questions, "div")
        + "</div></div></div></div></body></html>"
    )


def ticket_html(draft: Draft) -> str:
    """As a help desk sends an agent's answer: a table, a hidden preview, earlier messages below."""
    words = draft.words
    return (
        "<!doctype html><html><head><title>[4711] Offer</title></head><body>"
        '<div style="display:none;max-height:0">&zwnj;&nbsp;&zwnj;&nbsp;</div>'
        '<table width="100%"><tr><td>'
        + paragraphs(words.answers, "p")
        + "</td></tr></table><div>----------------------------------------------</div>"
        f"<table><tr><td><b>{US}</b></td></tr><tr><td>{words.long}</td></tr><tr><td>"
        + paragraphs(words.questions, "p")
        + "</td></tr></table></body></html>"
    )


Program = Callable[[Draft], str]

ANYWHERE: tuple[Program, ...] = (
    gmail_plain,
    apple_plain,
    thunderbird_plain,
    iphone_plain,
    gmail_html,
    apple_html,
    thunderbird_html,
    proton_html,
)
ABOVE: tuple[Program, ...] = (
    outlook_plain,
    old_outlook_plain,
    samsung_plain,
    lotus_plain,
    ticket_plain,
    outlook_html,
    outlook_web_html,
    lotus_html,
    yahoo_html,
    ticket_html,
)


def mails() -> Iterator[Mail]:
    """Every program in every language, answered above, and where it lets one, below and between."""
    for code, words in LANGUAGES.items():
        for program in (*ANYWHERE, *ABOVE):
            for place in ("above", "below", "between") if program in ANYWHERE else ("above",):
                body = program(Draft(words, place))
                quotation = (*words.questions, ADDRESS, *(f"{one}:" for one in words.headers))
                if program in ANYWHERE:
                    quotation = (*words.questions, ADDRESS)
                name = program.__name__.replace("_", " ")
                yield Mail(f"{name}, {place}, {code}", body, words.answers, quotation)

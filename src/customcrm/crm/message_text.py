"""The text of a message: what its sender wrote, apart from markup and from what they quote."""

import re
from typing import Final, NamedTuple

from customcrm.crm.html_text import (
    clearly_decoded,
    form_of,
    lines_of_html,
    without_data,
)
from customcrm.crm.quotations import STRUCTURE, Part, lines_of_text, parts_of, tidy_text

MAX_TEXT: Final = 20_000
"""Characters of a message's text that pages show. Its own page shows all of it."""

MAX_LINES: Final = 10_000
"""Lines of a message in which quotations are looked for; its text ends there."""

MAX_EXCERPT: Final = 160
"""Characters of an excerpt."""

_MARKUP: Final = re.compile(r"[<&]|data:")
"""What plain text without markup has nothing of."""

_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)


class MessageText(NamedTuple):
    """The text of a message.

    Nothing in it is HTML: whoever shows it escapes it.

    Attributes:
        parts: what was written and what is quoted, in the order of the message.
        is_html: whether the message has markup, so that it looks otherwise than its text.
        is_cut: whether the text is longer than `MAX_TEXT`.
    """

    parts: tuple[Part, ...] = ()
    is_html: bool = False
    is_cut: bool = False

    @property
    def written(self) -> str:
        """What the sender wrote."""
        return "\n\n".join(part.text for part in self.parts if not part.quoted)

    @property
    def excerpt(self) -> str:
        """The beginning of what the sender wrote, on one line."""
        return excerpt_of(self.written)


NO_TEXT: Final = MessageText()


def plain_text(body: str | None) -> MessageText:
    """Return a body as the text of a message that has no markup and quotes nothing."""
    text = tidy_text(body) if body and len(body) <= MAX_TEXT else ""
    return MessageText((Part(text, quoted=False),)) if text else NO_TEXT


def message_text(body: str | None) -> MessageText:
    """Extract the text of a message's body. Linear in its length."""
    if not body or body.isspace():
        return NO_TEXT
    if len(body) <= MAX_TEXT and not _MARKUP.search(body) and not STRUCTURE.search(body):
        return plain_text(body)
    source = without_data(body)
    form = form_of(source)
    if form.is_html:
        lines = lines_of_html(source, keeps_lines=form.keeps_lines)
    else:
        lines = lines_of_text(clearly_decoded(source))
    parts = parts_of(lines[:MAX_LINES])
    shown = _cut(parts)
    is_cut = len(lines) > MAX_LINES or shown != tuple(parts)
    return MessageText(shown, form.is_html, is_cut)


def _cut(parts: list[Part]) -> tuple[Part, ...]:
    """Cut what was written, and what is quoted, after so many characters each."""
    left = {False: MAX_TEXT, True: MAX_TEXT}
    shown = []
    for part in parts:
        text = part.text[: left[part.quoted]]
        left[part.quoted] -= len(text)
        if text:
            shown.append(Part(text, part.quoted))
    return tuple(shown)


def excerpt_of(text: str, limit: int = MAX_EXCERPT) -> str:
    """Return the beginning of a text on one line; a longer one ends with a whole word and `…`."""
    words = text[: 20 * limit].split()
    line = " ".join(word for word in words if word.strip(_INVISIBLE))
    return line if len(line) <= limit else f"{line[:limit].rsplit(' ', 1)[0]}…"

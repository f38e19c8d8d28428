"""What a language has to say in a campaign."""

from dataclasses import dataclass
from typing import NamedTuple


class Letter(NamedTuple):
    """An email or InMail; an empty line parts its paragraphs."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The texts of one language.

    They hold `{first}`, `{last}`, `{company}`, `{city}`, `{topic}`, `{sender}` and `{us}`; the
    texts of a contact hold `{sender}` for the one to whom they answer, and `{back}` for a date.

    Attributes:
        topics: what campaigns are about, in the order of their names.
        notes: what goes with a connection request.
        messages: on LinkedIn, the first to the third.
        inmail: to those who did not accept.
        emails: the first to the third.
        interested: replies that a salesperson hopes for.
        declined: replies of the other kind.
        away: an automatic reply.
        proposal: what is answered to who is interested.
        settled: what they say to it.
        wrote: what stands above a quotation: `{date}` and `{name}`.
        regards: how a letter ends.
        about: what people say of themselves.
    """

    topics: tuple[str, ...]
    notes: tuple[str, ...]
    messages: tuple[str, str, str]
    inmail: Letter
    emails: tuple[Letter, Letter, Letter]
    interested: tuple[str, ...]
    declined: tuple[str, ...]
    away: str
    proposal: str
    settled: tuple[str, ...]
    wrote: str
    regards: str
    about: tuple[str, ...]

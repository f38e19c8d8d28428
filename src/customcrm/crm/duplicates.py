"""Which records look like one and the same, why, and how sure that is. A person decides.

Names are compared in two steps, neither of which looks at all pairs. Each name leaves traces, and
only names that share one are compared: so ten thousand people of one company are ten thousand
times a few dozen traces, and not fifty million comparisons. What the traces bring together is what
the comparison accepts, and nothing that it accepts is missed by them.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Final, NamedTuple

from customcrm.crm.folding import fold
from customcrm.crm.identity import (
    COMPANY_LINKS,
    CONTACT_LINKS,
    REASONS,
    Identity,
    contradicting,
)
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.name import company_name_words
from customcrm.crm.records import Kind

MAX_WORDS: Final = 5
"""Words of a name that are looked at."""

MAX_LETTERS: Final = 60
"""Letters of a name that are looked at."""

MIN_LETTERS: Final = 8
"""Letters that a name must have for one wrong letter to be taken for a slip: `Li Wen` and `Li Wei`
are two people more often than not."""

MAX_SHARING: Final = 40
"""Names that may share a trace: so many differ by more than a slip, and would be noise."""


class Reason(StrEnum):
    """Why two records may be one, the surest first."""

    EMAIL = "email"
    LINKEDIN = "linkedinUrl"
    DOMAIN = "domain"
    EXTERNAL_ID = "externalId"
    NAME = "name"
    SHARED_EMAIL = "sharedEmail"
    SHARED_DOMAIN = "sharedDomain"
    PHONE = "phone"
    SIMILAR_NAME = "similarName"


SCORES: Final = {
    Reason.EMAIL: 100,
    Reason.LINKEDIN: 100,
    Reason.DOMAIN: 98,
    Reason.EXTERNAL_ID: 95,
    Reason.NAME: 90,
    Reason.PHONE: 80,
    Reason.SHARED_EMAIL: 60,
    Reason.SHARED_DOMAIN: 60,
    Reason.SIMILAR_NAME: 70,
}
"""How sure each reason is, up to 100; a similar name is told more exactly by `likeness`."""

SAME_WORDS: Final = 88
ONE_SLIP: Final = 78
MORE_WORDS: Final = 72
INITIAL: Final = 64
"""How sure two similar names are: the same words in another order, one letter that differs, a name
more on one side, an initial on one side."""

SAME_ROOT: Final = 74
"""How sure two companies are whose domains differ in the country only, and whose names share a
word."""

ENDINGS: Final = (
    *("com", "net", "org", "io", "ai", "co", "eu", "de", "at", "ch", "fr", "es", "it", "pt", "nl"),
    *("be", "pl", "se", "dk", "no", "fi", "ie", "us", "co.uk", "com.br", "com.mx", "com.au"),
)
"""Endings of domains under which one company is often found."""

STRONG: Final = {
    Kind.CONTACT: (Reason.EMAIL, Reason.LINKEDIN, Reason.NAME),
    Kind.COMPANY: (Reason.DOMAIN, Reason.LINKEDIN, Reason.NAME),
}
"""The match keys of which two records that share one are suggested. Phones are not among them: a
whole company shares its switchboard."""


LINKS: Final = {Kind.CONTACT: CONTACT_LINKS, Kind.COMPANY: COMPANY_LINKS}
"""Whether a key that two records share makes them one, by kind."""


class Member(NamedTuple):
    """A record of a block: its id, and its name as it is compared."""

    id: str
    words: tuple[str, ...]


class Likeness(NamedTuple):
    """Two records with similar names; the older first."""

    first_id: str
    second_id: str
    score: int


def score_of(reason: str) -> int:
    """How sure a reason is; of one that is not known, not very."""
    return SCORES.get(Reason(reason), 50) if reason in set(Reason) else 50


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, as names are compared: each once, sorted."""
    return tuple(sorted(set(fold(name)[:MAX_LETTERS].split()[:MAX_WORDS])))


def traces(words: Sequence[str]) -> Iterator[str]:
    """What a name leaves so that similar ones are met: see `likeness` for which these are."""
    text = " ".join(words)
    yield text
    if len(text) >= MIN_LETTERS - 1:
        for at in range(len(text)):
            yield text[:at] + text[at + 1 :]
    for one, other in combinations(words, 2):
        yield f"+{one} {other}"
        yield f".{one[0]} {other}"
        yield f".{other[0]} {one}"


def likeness(one: Sequence[str], other: Sequence[str]) -> int:
    """How sure two names mean one person, up to 100; 0 if they are not similar.

    Similar are: the same words in any order (first and last name turned round); one letter more,
    less, wrong, or turned round with its neighbour, in a name of at least eight; all words of one
    name among those of the other, if there are two or more (a second family name); an initial in
    the place of a word. Not similar: other spellings of first names, such as Bob for Robert.
    """
    if one == other:
        return SAME_WORDS
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and set(short) < set(long):  # noqa: PLR2004 - one says too little
        return MORE_WORDS
    if _by_initial(short, long):
        return INITIAL
    left, right = " ".join(one), " ".join(other)
    return ONE_SLIP if min(len(left), len(right)) >= MIN_LETTERS and one_slip(left, right) else 0


def _by_initial(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of as many words differ in one word, which one side gives by its letter."""
    mine, theirs = set(one) - set(other), set(other) - set(one)
    if len(one) != len(other) or len(one) < 2 or len(mine) != 1 or len(theirs) != 1:  # noqa: PLR2004
        return False
    short, long = sorted((mine.pop(), theirs.pop()), key=len)
    return len(short) == 1 < len(long) and long.startswith(short)


def one_slip(one: str, other: str) -> bool:
    """Whether one text becomes the other by one letter: more, less, wrong, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = _common(one, other)
    mine, theirs = one[start:], other[start:]
    return (
        mine[1:] == theirs
        or mine == theirs[1:]
        or mine[1:] == theirs[1:]
        or (mine[2:] == theirs[2:] and mine[1::-1] == theirs[:2])
    )


def _common(one: str, other: str) -> int:
    """With how many letters both begin."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))


def similar(members: Iterable[Member]) -> Iterator[Likeness | None]:
    """The pairs of similar names of one block, such as the people of one company.

    A trace that more than forty names share is passed over. Between its steps it gives None, so
    that whoever asks can rest.
    """
    known: dict[str, list[Member]] = {}
    met: set[tuple[str, str]] = set()
    for member in members:
        if not member.words:
            continue
        yield None
        for trace in traces(member.words):
            sharing = known.setdefault(trace, [])
            if len(sharing) >= MAX_SHARING:
                continue
            for other in sharing:
                pair = (min(member.id, other.id), max(member.id, other.id))
                if pair in met or member.id == other.id:
                    continue
                met.add(pair)
                score = likeness(member.words, other.words)
                if score:
                    yield Likeness(*pair, score)
            sharing.append(member)


def reason_of(kind: Kind, key: MatchKey) -> Reason:
    """Return for what reason two records that share a key may be one: a weak key says less."""
    weakness = LINKS[kind].weak_value(key)
    return Reason(REASONS[weakness]) if weakness else Reason(key.kind)


def differ(one: Identity, other: Identity) -> bool:
    """Return whether two people with similar names are two: each has a LinkedIn profile."""
    return bool(contradicting(one, other, [Reason.LINKEDIN]))


def root_of(domain: str) -> str | None:
    """What a company's domain is known by, whatever its country: `acme` of `acme.de`.

    None where that is not certain: `shop.acme.com`.
    """
    labels = domain.split(".")
    second = {"ac", "co", "com", "net", "org"}
    if len(labels) == 2 or (len(labels) == 3 and labels[1] in second):  # noqa: PLR2004
        return labels[0]
    return None


def share_a_word(one: object, other: object) -> bool:
    """Whether two names of companies have a word in common, legal forms aside."""
    words = [set(company_name_words(name)) for name in (one, other)]
    return not words[0].isdisjoint(words[1])

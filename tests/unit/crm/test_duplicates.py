import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.crm.duplicates import (
    INITIAL,
    MAX_SHARING,
    MIN_LETTERS,
    MORE_WORDS,
    ONE_SLIP,
    SAME_WORDS,
    SCORES,
    Likeness,
    Member,
    Reason,
    differ,
    likeness,
    one_slip,
    root_of,
    score_of,
    share_a_word,
    similar,
    traces,
    words_of,
)
from customcrm.crm.identity import Identity, contact_identity

WORDS = st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Jane Smith", "Smith, Jane", SAME_WORDS),
        ("Zoë Müller", "zoe MULLER", SAME_WORDS),
        ("Jon Smith", "John Smith", ONE_SLIP),
        ("Jorg Müller", "Jorg Mueller", ONE_SLIP),
        ("Katherine Smith", "Katehrine Smith", ONE_SLIP),
        ("José García", "Jose Garcia López", MORE_WORDS),
        ("John Paul Smith", "Smith John", MORE_WORDS),
        ("J. Smith", "Jane Smith", INITIAL),
        ("Smith Z", "Zoe Smith", INITIAL),
        ("Bob Smith", "Robert Smith", 0),
        ("Jane Smith", "John Smith", 0),
        ("Li Wei", "Li Wen", 0),
        ("Jane", "Jane Smith", 0),
        ("K. Smith", "Jane Smith", 0),
        ("Ana Ruiz", "Ana Sanz", 0),
    ],
)
def test_how_alike_two_names_are(one: str, other: str, score: int) -> None:
    assert likeness(words_of(one), words_of(other)) == score
    assert likeness(words_of(other), words_of(one)) == score


def slips(text: str) -> set[str]:
    """Everything that one letter makes of a text."""
    ends = range(len(text) + 1)
    less = {text[:at] + text[at + 1 :] for at in range(len(text))}
    wrong = {text[:at] + c + text[at + 1 :] for at in range(len(text)) for c in "abc "}
    more = {text[:at] + c + text[at:] for at in ends for c in "abc "}
    swapped = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}
    return (less | wrong | more | swapped) - {text}


@given(st.text("abc ", max_size=7), st.text("abc ", max_size=7))
def test_one_slip_is_one_letter(one: str, other: str) -> None:
    assert one_slip(one, other) == (other in slips(one))
    assert all(one_slip(one, slip) for slip in slips(one))


@given(WORDS, WORDS)
def test_names_that_are_alike_are_met(one: list[str], other: list[str]) -> None:
    pair = sorted(set(one)), sorted(set(other))
    if likeness(*pair):
        assert not set(traces(pair[0])).isdisjoint(traces(pair[1]))


@given(st.lists(WORDS, max_size=12))
def test_a_block_gives_what_comparing_all_gives(names: list[list[str]]) -> None:
    block = [Member(f"c{n:02}", tuple(sorted(set(words)))) for n, words in enumerate(names)]
    expected = {
        Likeness(a.id, b.id, score)
        for a in block
        for b in block
        if a.id < b.id and (score := likeness(a.words, b.words))
    }
    found = [one for one in similar(block) if one is not None]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_thousand_people_of_one_name_are_no_million_pairs() -> None:
    block = [Member(f"c{n}", ("ana", "ruiz")) for n in range(1_000)]
    found = [one for one in similar(block) if one is not None]
    assert len(found) <= 1_000 * MAX_SHARING


def test_whoever_asks_can_rest_at_every_name() -> None:
    block = [Member("a", ("ana", "ruiz")), Member("b", ("tom", "wu")), Member("c", ())]
    assert list(similar(block)) == [None, None]


def test_short_names_have_no_slips() -> None:
    assert likeness(("a" * (MIN_LETTERS - 1),), ("a" * (MIN_LETTERS - 2) + "b",)) == 0
    assert likeness(("a" * MIN_LETTERS,), ("a" * (MIN_LETTERS - 1) + "b",)) == ONE_SLIP


def test_two_profiles_are_two_people() -> None:
    def identity(**properties: str) -> Identity:
        return contact_identity([properties])

    one = identity(linkedinUrl="linkedin.com/in/jo", email="jo@acme.example")
    assert differ(one, identity(linkedinUrl="linkedin.com/in/joe"))
    assert not differ(one, identity(linkedinUrl="linkedin.com/in/jo", email="joe@acme.example"))
    assert not differ(one, identity(email="joe@acme.example"))


@pytest.mark.parametrize(
    ("domain", "root"),
    [("acme.com", "acme"), ("acme.co.uk", "acme"), ("shop.acme.com", None), ("acme", None)],
)
def test_the_root_of_a_domain(domain: str, root: str | None) -> None:
    assert root_of(domain) == root


def test_companies_share_a_word_beside_their_legal_form() -> None:
    assert share_a_word("Acme Iberia, S.L.", "ACME GmbH")
    assert not share_a_word("Acme GmbH", "Bolt GmbH")
    assert not share_a_word(None, "Acme")


def test_every_reason_has_a_score_and_others_are_not_sure() -> None:
    assert set(SCORES) == set(Reason)
    assert score_of("email") == SCORES[Reason.EMAIL]
    assert score_of("moon") < min(SCORES.values())

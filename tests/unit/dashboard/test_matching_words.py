import pytest

from customcrm.crm.explanation import Form, Step, Tried, Verdict, Why, forms_of
from customcrm.crm.identity import Difference, Objection, Weakness
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind
from customcrm.dashboard.matching_words import (
    EXAMPLES,
    LINK_WORDS,
    VERDICTS,
    WEAKNESSES,
    objection_words,
    told_of,
    why_not,
)
from customcrm.operations.rulebook import LINKS

RULES = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}


def test_every_link_and_verdict_has_words() -> None:
    assert {kind: tuple(words) for kind, words in LINK_WORDS.items()} == LINKS
    assert set(VERDICTS) == set(Verdict)


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("kind", Kind)
def test_every_reason_has_a_phrase(kind: Kind, why: Why) -> None:
    for link in LINKS[kind]:
        if link != "externalId":
            told = why_not(kind, link, Form((), None, why, "firstName"))
            assert told
            assert "{" not in told


def test_a_reason_names_what_it_speaks_of() -> None:
    (name,) = forms_of(
        CONTACT_RULES, "name", {"firstName": "J.", "lastName": "Doe", "company": "X"}
    )
    assert why_not(Kind.CONTACT, "name", name).startswith("First name is only an initial")
    (email, *_) = forms_of(CONTACT_RULES, "email", {"email": "a@b.com"})
    assert not why_not(Kind.CONTACT, "email", email)


def test_values_that_did_not_come_are_shown_where_nothing_else_is() -> None:
    absent, blank = Tried(Form((), None, Why.ABSENT)), Tried(Form((), None, Why.BLANK))
    step = Step("phone", Verdict.NO_KEY, (absent, blank))
    assert list(told_of(step)) == [blank]
    assert list(told_of(step._replace(tried=(absent, absent)))) == [absent]


def test_every_example_has_something_to_tell() -> None:
    for kind, title, values in EXAMPLES.values():
        assert title
        assert values["externalId"]
        forms = [form for link in LINKS[kind] for form in forms_of(RULES[kind], link, values)]
        assert any(form.why not in {None, Why.ABSENT} for form in forms) or kind is Kind.CONTACT


@pytest.mark.parametrize("weakness", Weakness)
def test_every_weakness_has_a_phrase(weakness: Weakness) -> None:
    assert WEAKNESSES[weakness]


@pytest.mark.parametrize(
    ("kind", "objection", "words"),
    [
        (Kind.CONTACT, Objection(Difference.NAMES), "different name"),
        (Kind.CONTACT, Objection(Difference.KEYS, ("email",)), "different email"),
        (
            Kind.CONTACT,
            Objection(Difference.KEYS, ("email", "linkedinUrl")),
            "different email and LinkedIn",
        ),
        (Kind.CONTACT, Objection(Difference.KEYS, ("phone",)), "different phone"),
        (Kind.COMPANY, Objection(Difference.KEYS, ("domain",)), "different domain"),
        (Kind.COMPANY, Objection(Difference.ADDRESS), "different page, and no name to compare"),
    ],
)
def test_an_objection_says_what_differs(kind: Kind, objection: Objection, words: str) -> None:
    assert objection_words(kind, objection) == words

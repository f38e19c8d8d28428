"""What is said of each value agrees with the match keys, and says why there is none."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customcrm.crm.explanation import (
    MADE_FROM,
    Form,
    Holder,
    Tried,
    Verdict,
    Why,
    forms_of,
    kept_by,
    verdict_of,
)
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.matching import Match
from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, EXTERNAL_ID, Kind, Record, Rules
from customcrm.crm.values import is_blank
from customcrm.operations.rulebook import LINKS
from tests.unit.crm.json_values import HOSTILE, JSON

RULES = {Kind.CONTACT: CONTACT_RULES, Kind.COMPANY: COMPANY_RULES}
PLAUSIBLE = st.sampled_from(
    [
        "jo@acme.com",
        "Jo <JO@Acme.com>",
        "acme.com",
        "https://www.gmail.com/x",
        "https://linkedin.com/in/jo/",
        "linkedin.com/company/acme",
        "+34 600 111 222",
        "600 111 222",
        34600111222,
        "Spain",
        "J.",
        "Jane",
        "Acme, Inc.",
        "x" * 201,
        "",
        "  ",
        "!?",
    ]
)
FIELDS = sorted({*CONTACT_RULES.key_fields, *COMPANY_RULES.key_fields})
RECORDS = st.dictionaries(st.sampled_from(FIELDS), PLAUSIBLE | JSON, max_size=8)


def keys_told(kind: Kind, values: dict[str, Any]) -> set[MatchKey]:
    return {
        MatchKey(link, form.value)
        for link in MADE_FROM[kind]
        if link != EXTERNAL_ID
        for form in forms_of(RULES[kind], link, values)
        if form.value is not None
    }


def assert_agrees(rules: Rules, values: dict[str, Any]) -> None:
    assert keys_told(rules.kind, values) == set(rules.keys_of(values))
    for link in MADE_FROM[rules.kind]:
        named = {**values, EXTERNAL_ID: "1"}
        forms = forms_of(rules, link, named)
        assert all((form.value is None) is (form.why is not None) for form in forms)
        told = dict.fromkeys(field for form in forms for field, _ in form.made_from)
        assert tuple(told) == MADE_FROM[rules.kind][link]


@given(RECORDS)
@settings(max_examples=300, deadline=None)
def test_it_tells_of_exactly_the_match_keys(values: dict[str, Any]) -> None:
    for rules in RULES.values():
        assert_agrees(rules, values)


@pytest.mark.parametrize("value", HOSTILE)
def test_it_bears_whatever_may_come(value: object) -> None:
    for rules in RULES.values():
        assert_agrees(rules, dict.fromkeys(FIELDS, value))


def test_every_link_can_be_explained() -> None:
    assert {kind: tuple(links) for kind, links in MADE_FROM.items()} == LINKS


def test_every_property_that_makes_a_key_is_told() -> None:
    told = {field for fields in MADE_FROM[Kind.CONTACT].values() for field in fields}
    assert told - CONTACT_RULES.key_fields == {EXTERNAL_ID}
    told = {field for fields in MADE_FROM[Kind.COMPANY].values() for field in fields}
    assert told == COMPANY_RULES.key_fields | {EXTERNAL_ID}


Told = list[tuple[str | None, Why | None, str]]
EMAIL_OF_NOBODY: Told = [(None, Why.PLACEHOLDER, "email")]
EMPTY_LIST: Told = [(None, Why.ABSENT, "email"), (None, Why.BLANK, "personalEmails")]
FORMS: list[tuple[Kind, str, dict[str, Any], Told]] = [
    (Kind.CONTACT, "externalId", {"externalId": "7"}, [("7", None, "")]),
    (Kind.CONTACT, "email", {"email": " Jo@Acme.com"}, [("jo@acme.com", None, "")]),
    (Kind.CONTACT, "email", {}, [(None, Why.ABSENT, "email")]),
    (Kind.CONTACT, "email", {"email": " "}, [(None, Why.BLANK, "email")]),
    (Kind.CONTACT, "email", {"email": 5}, [(None, Why.NO_TEXT, "email")]),
    (Kind.CONTACT, "email", {"email": "jo at acme"}, [(None, Why.UNREADABLE, "email")]),
    (Kind.CONTACT, "email", {"personalEmails": []}, EMPTY_LIST),
    (
        Kind.CONTACT,
        "linkedinUrl",
        {"linkedinUrl": "linkedin.com/company/acme"},
        [(None, Why.OTHER_PAGE, "linkedinUrl")],
    ),
    (
        Kind.COMPANY,
        "linkedinUrl",
        {"linkedinUrl": "linkedin.com/in/jo"},
        [(None, Why.OTHER_PAGE, "linkedinUrl")],
    ),
    (
        Kind.CONTACT,
        "phone",
        {"phone": "600 111 222", "mobilePhone": "+34 600111222"},
        [(None, Why.NO_COUNTRY, "phone"), ("+34600111222", None, "")],
    ),
    (
        Kind.CONTACT,
        "phone",
        {"phone": "600 111 222", "leadCountry": "Spain"},
        [("+34600111222", None, "ES"), (None, Why.ABSENT, "mobilePhone")],
    ),
    (
        Kind.CONTACT,
        "phone",
        {"phone": "+34 999999999", "mobilePhone": "call me"},
        [(None, Why.UNREADABLE, "phone"), (None, Why.UNREADABLE, "mobilePhone")],
    ),
    (
        Kind.CONTACT,
        "name",
        {"firstName": "Jané", "lastName": "Doe", "company": "Acme Inc"},
        [("jane|doe|acme", None, "")],
    ),
    (Kind.CONTACT, "name", {"firstName": "Jane"}, [(None, Why.ABSENT, "lastName")]),
    (
        Kind.CONTACT,
        "name",
        {"firstName": "J.", "lastName": "Doe", "company": "Acme"},
        [(None, Why.INITIAL, "firstName")],
    ),
    (
        Kind.CONTACT,
        "name",
        {"firstName": "Jane", "lastName": "Doe", "company": "!!"},
        [(None, Why.UNREADABLE, "company")],
    ),
    (
        Kind.CONTACT,
        "name",
        {"firstName": "x" * 150, "lastName": "y" * 150, "company": "Acme"},
        [(None, Why.TOO_LONG, "")],
    ),
    (
        Kind.COMPANY,
        "domain",
        {"domain": "https://www.Gmail.com/", "website": "acme.com/about"},
        [(None, Why.NOT_NEEDED, "domain"), ("acme.com", None, "")],
    ),
    (
        Kind.COMPANY,
        "domain",
        {"domain": "https://www.Gmail.com/"},
        [("gmail.com", None, ""), (None, Why.ABSENT, "website")],
    ),
    (
        Kind.COMPANY,
        "domain",
        {"domain": "example.com"},
        [(None, Why.PLACEHOLDER, "domain"), (None, Why.ABSENT, "website")],
    ),
    (Kind.CONTACT, "email", {"email": "none@none.com"}, EMAIL_OF_NOBODY),
    (
        Kind.CONTACT,
        "email",
        {"personalEmails": ["a@b.com", {"email": "c@d.com"}], "professionalEmail": "e@f.com"},
        [
            (None, Why.ABSENT, "email"),
            ("e@f.com", None, ""),
            ("a@b.com", None, ""),
            ("c@d.com", None, ""),
        ],
    ),
    (
        Kind.CONTACT,
        "name",
        {"firstName": "Jane", "lastName": "Doe", "company": "N/A"},
        [(None, Why.PLACEHOLDER, "company")],
    ),
    (
        Kind.COMPANY,
        "domain",
        {"domain": "acme.com", "website": "acme.org"},
        [("acme.com", None, ""), (None, Why.NOT_NEEDED, "website")],
    ),
    (
        Kind.COMPANY,
        "domain",
        {"domain": "localhost"},
        [(None, Why.UNREADABLE, "domain"), (None, Why.ABSENT, "website")],
    ),
    (Kind.COMPANY, "name", {"name": "Acme, S.L."}, [("acme", None, "")]),
    (Kind.COMPANY, "name", {"name": "x" * 201}, [(None, Why.TOO_LONG, "name")]),
]


@pytest.mark.parametrize(("kind", "link", "values", "expected"), FORMS)
def test_each_value_has_its_form_or_the_reason_why_not(
    kind: Kind,
    link: str,
    values: dict[str, Any],
    expected: list[tuple[str | None, Why | None, str]],
) -> None:
    forms = forms_of(RULES[kind], link, values)
    told = [(form.value, form.why, form.about) for form in forms]
    others = {"professionalEmail", "personalEmails", "phones", "linkedInProfileUrl"}
    others |= {"companyLinkedInUrl"}
    absent = [one for one in told if one[1] is Why.ABSENT and one[2] in others]
    assert [one for one in told if one not in absent] == expected


def test_every_reason_is_met_above() -> None:
    assert {why for *_, forms in FORMS for _, why, _ in forms} == {*Why, None}


def tried(*ids: str, deleted: bool = False) -> Tried:
    return Tried(Form((), "x"), tuple(Holder(one, deleted=deleted) for one in ids))


WITHOUT_KEY = Tried(Form((), None, Why.BLANK))
WINNER = Match(Record("c1", {}), "email", ())


@pytest.mark.parametrize(
    ("link", "came", "matched", "verdict"),
    [
        ("email", [tried("c1", "c2")], WINNER, Verdict.WON),
        ("phone", [tried("c1", "c2"), WITHOUT_KEY], WINNER, Verdict.AGREES),
        ("phone", [tried("c2")], WINNER, Verdict.RIVAL),
        ("phone", [tried("c1"), tried("c2")], WINNER, Verdict.RIVAL),
        ("phone", [tried(), WITHOUT_KEY], WINNER, Verdict.NOTHING),
        ("phone", [WITHOUT_KEY], WINNER, Verdict.NO_KEY),
        ("externalId", [tried("c9", deleted=True)], WINNER, Verdict.DELETED),
        ("externalId", [tried("c9", deleted=True)], None, Verdict.DELETED),
        ("domain", [tried("c1")], WINNER, Verdict.OFF),
    ],
)
def test_a_link_comes_to_a_verdict(
    link: str, came: list[Tried], matched: Match | None, verdict: Verdict
) -> None:
    assert verdict_of(CONTACT_RULES, link, came, matched) is verdict


def test_what_a_record_keeps_is_what_came_otherwise() -> None:
    own = {"email": "a@b.com", "title": "CEO", "score": 1}
    came = {"email": "A@b.com", "title": "CEO", "score": True, "phone": "1"}
    kept = kept_by(own, came)
    assert [(one.name, one.own, one.came) for one in kept] == [
        ("email", "a@b.com", "A@b.com"),
        ("score", 1, True),
    ]
    assert not any(is_blank(one.own) for one in kept)

"""What a check is, and how one is written down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from customcrm.checker.asker import Asker
from customcrm.checker.expectations import Broken
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun

DOCUMENTATION: Final = "https://docs.enginy.ai/"


class Level(StrEnum):
    """How much a check weighs.

    MUST: Enginy documents it. SHOULD: what its documentation implies, or what a repeat needs.
    MAY: advice. A server that does not follow it is right, and is never reported as failed.
    """

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"


class Group(StrEnum):
    """What a check is about, in the order in which Enginy would meet it."""

    CONNECTS = "Connects"
    USERS = "Users"
    EXPORTS = "Exports"
    SYNCS = "Syncs"
    UPDATES = "Updates"
    TASKS = "Tasks"
    ACTIVITIES = "Activities"
    HARDENED = "Hardened"


class Page(StrEnum):
    """The page of Enginy's documentation that says or implies a rule."""

    OVERVIEW = "api-reference/custom-crm/overview"
    CONTACTS = "api-reference/custom-crm/contacts"
    CONTACTS_SYNC = "api-reference/custom-crm/contacts-sync"
    COMPANIES = "api-reference/custom-crm/companies"
    COMPANIES_SYNC = "api-reference/custom-crm/companies-sync"
    ASSOCIATIONS = "api-reference/custom-crm/associations"
    TASKS = "api-reference/custom-crm/tasks"
    ACTIVITIES = "api-reference/custom-crm/activities"
    USERS = "api-reference/custom-crm/users"
    EXAMPLES = "api-reference/custom-crm/examples"

    @property
    def url(self) -> str:
        """Where it can be read."""
        return f"{DOCUMENTATION}{self}"

    def of(self, noun: Noun) -> "Page":
        """The page that says the same of a noun: those of the two stand side by side."""
        return Page(self.replace(CONTACTS.plural, noun.plural))


@dataclass(frozen=True, slots=True)
class Check:
    """One rule, and how to find out whether it is kept.

    Attributes:
        id: stable; what options and baselines name it by.
        group: what it is about.
        level: how much it weighs.
        page: of Enginy's documentation.
        rule: what must hold, in one sentence.
        why: why it matters to Enginy.
        mend: how to mend it.
        run: asks, and returns what is wrong, or None.
        writes: whether it can leave records behind.
        code: by language, lines that mend it.
    """

    id: str
    group: Group
    level: Level
    page: Page
    rule: str
    why: str
    mend: str
    run: Callable[[Asker], Broken | None]
    writes: bool = True
    code: Mapping[str, str] = field(default_factory=dict)


Ask = Callable[[Asker], Broken | None]
AskOfNoun = Callable[[Asker, Noun], Broken | None]


@dataclass(frozen=True, slots=True)
class Weight:
    """Where a check belongs and how much it weighs: what its declaration begins with."""

    group: Group
    level: Level
    page: Page


def check(
    check_id: str,
    weight: Weight,
    *,
    why: str,
    mend: str,
    writes: bool = True,
    code: Mapping[str, str] | None = None,
) -> Callable[[Ask], Check]:
    """Make a check of a function that asks; the function's docstring is the rule."""

    def declare(run: Ask) -> Check:
        return Check(
            id=check_id,
            group=weight.group,
            level=weight.level,
            page=weight.page,
            rule=_rule_of(run),
            why=why,
            mend=mend,
            run=run,
            writes=writes,
            code=code or {},
        )

    return declare


def record_check(
    check_id: str,
    weight: Weight,
    *,
    why: str,
    mend: str,
    writes: bool = True,
    code: Mapping[str, str] | None = None,
) -> Callable[[AskOfNoun], tuple[Check, Check]]:
    """Make two checks of a function that asks about a noun: one of contacts, one of companies.

    `{records}`, `{record}` and `{Record}` stand for the noun in all that is said.
    """

    def declare(run: AskOfNoun) -> tuple[Check, Check]:
        def of(noun: Noun) -> Check:
            def ask(asker: Asker) -> Broken | None:
                return run(asker, noun)

            return Check(
                id=f"{noun.plural}.{check_id}",
                group=weight.group,
                level=weight.level,
                page=weight.page.of(noun),
                rule=noun.named(_rule_of(run)),
                why=noun.named(why),
                mend=noun.named(mend),
                run=ask,
                writes=writes,
                code={name: _about(noun, lines) for name, lines in (code or {}).items()},
            )

        return of(CONTACTS), of(COMPANIES)

    return declare


_WORDS_OF_COMPANIES: Final = {
    "contacts": "companies",
    "Contacts": "Companies",
    "contact": "company",
    "Contact": "Company",
    "email": "domain",
    "Email": "Domain",
    "title": "industry",
    "Title": "Industry",
}


def _about(noun: Noun, lines: str) -> str:
    """Code that is written for contacts, for either noun."""
    if noun is CONTACTS:
        return lines
    any_word = "|".join(_WORDS_OF_COMPANIES)
    return re.sub(any_word, lambda found: _WORDS_OF_COMPANIES[found[0]], lines)


def _rule_of(run: Callable[..., Broken | None]) -> str:
    return " ".join((run.__doc__ or "").split())

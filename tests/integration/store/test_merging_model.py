"""Whatever is created, merged, undone, deleted and restored in whatever order: nothing is lost.

A plain model does the same, with a list where the store has tables.
"""

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from customcrm.clock import system_clock
from customcrm.contract.activities import CreateActivity
from customcrm.crm.records import Kind
from customcrm.errors import CrmError
from customcrm.operations.associations import create_associations
from customcrm.operations.browsing.cards import CardFilter, Order
from customcrm.operations.browsing.records import TimelineFilter
from customcrm.operations.editing import delete_records, restore_records
from customcrm.operations.merging.merges import merge_records, undo_merge
from customcrm.operations.ports import Origin, Pair
from customcrm.operations.records import sync_records
from customcrm.store.backend import Store
from tests.databases import PostgreSQL
from tests.integration.store.sql import rows
from tests.integration.store.world import NOW, RULES, creation, firms, logged, origin, update

KIND = Kind.CONTACT
ENGINY = origin()
TOM = Origin("user:tom", lambda: NOW, ENGINY.new_id)
STEPS = 30
EMAILS = ["a@acme.example", "b@acme.example", "c@acme.example"]
NAMES = [f"e{number}" for number in range(5)]
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "email": st.sampled_from(EMAILS),
        "title": st.sampled_from(["CEO", "CTO", " "]),
        "level": st.sampled_from([1, True, [1]]),
    },
)
CHOICES = st.dictionaries(st.sampled_from(["email", "title", "level"]), st.just("merged"))


@dataclass
class Row:
    """A record as the model has it."""

    id: str
    properties: dict[str, Any] = field(default_factory=dict)
    merged_into: str | None = None
    deleted: bool = False
    activities: int = 0
    companies: set[str] = field(default_factory=set)


@dataclass
class Merged:
    """A merge as the model has it."""

    id: str
    survivor: str
    gone: str
    before: dict[str, Any]
    given: dict[str, Any]
    brought: list[str]
    undone: bool = False


def blank(value: Any) -> bool:
    return value is None or value == " "


def put(properties: dict[str, Any], values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value is None:
            properties.pop(name, None)
        else:
            properties[name] = value


def same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)


class Merging(RuleBasedStateMachine):
    """The store and the model, step by step."""

    fresh: Iterator[AbstractContextManager[str]]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.url = self.stack.enter_context(next(self.fresh))
        self.store = self.stack.enter_context(closing(Store(self.url, system_clock)))
        self.rows: dict[str, Row] = {}
        self.names: dict[str, str] = {}
        self.merges: list[Merged] = []
        self.history: list[Any] = []
        self.sent = itertools.count()
        self.companies: list[str] = []

    def teardown(self) -> None:
        try:
            if self.companies:
                self.everything_is_shown()
        finally:
            self.stack.close()

    # What the model knows.

    def owner(self, record_id: str) -> Row:
        row = self.rows[record_id]
        return self.rows[row.merged_into or row.id]

    def with_email(self, email: str) -> Row | None:
        """The owner of the oldest row that has the email, and that nobody has deleted."""
        holders = [
            row.id
            for row in self.rows.values()
            if row.properties.get("email") == email in EMAILS and not self.owner(row.id).deleted
        ]
        return self.owner(min(holders)) if holders else None

    def living(self) -> list[str]:
        return sorted(r.id for r in self.rows.values() if not r.merged_into and not r.deleted)

    def aliases(self, row: Row) -> list[Row]:
        return [row, *(one for one in self.rows.values() if one.merged_into == row.id)]

    # What happens.

    @initialize()
    def some_are_there(self) -> None:
        self.companies = [one.record_id for one in creation(self.store, firms(2), Kind.COMPANY)]
        for name, email in zip(NAMES, [*EMAILS, " ", "none"], strict=True):
            self.comes(name, {"email": email})

    @rule(name=st.sampled_from(NAMES), values=VALUES)
    def comes(self, name: str, values: dict[str, Any]) -> None:
        """Enginy exports somebody, known or not."""
        (outcome,) = creation(self.store, [{"externalId": name, **values}], KIND)
        holder = self.with_email(values["email"]) if "email" in values else None
        if name in self.names:
            row = self.owner(self.names[name])
            row.deleted = False
            row.properties |= values
        elif holder is not None:
            row = holder
            row.properties |= {n: v for n, v in values.items() if blank(row.properties.get(n))}
        else:
            row = self.rows[outcome.record_id] = Row(outcome.record_id, dict(values))
        self.names.setdefault(name, row.id)
        assert outcome.record_id == row.id

    @rule(data=st.data(), values=VALUES, cleared=st.sampled_from([None, "title", "email"]))
    def changes(self, data: st.DataObject, values: dict[str, Any], cleared: str | None) -> None:
        asked = data.draw(st.sampled_from(sorted(self.rows)))
        told = values | ({cleared: None} if cleared else {})
        (outcome,) = update(self.store, {"crmId": asked, **told}, kind=KIND)
        row = self.owner(asked)
        assert outcome.record_id == ("" if row.deleted else row.id)
        if not row.deleted:
            put(row.properties, told)

    @precondition(lambda self: len(self.living()) > 2)
    @rule(data=st.data(), choices=CHOICES)
    def merge_in_a_row(self, data: st.DataObject, choices: dict[str, str]) -> None:
        """What was merged into one goes into a third with it."""
        third, second, first = data.draw(st.permutations(self.living()))[:3]
        self.merge_two(second, third, choices)
        self.merge_two(first, second, choices)

    @rule(data=st.data(), choices=CHOICES)
    def merge(self, data: st.DataObject, choices: dict[str, str]) -> None:
        """Two that live, most of the time: all others are refused."""
        living = self.living()
        anybody = len(living) < 2 or data.draw(st.integers(0, 7)) == 7
        ids = sorted(self.rows) if anybody else living
        one = data.draw(st.sampled_from(ids))
        other = data.draw(st.sampled_from(ids if anybody else [i for i in ids if i != one]))
        self.merge_two(one, other, choices)

    def merge_two(self, one: str, other: str, choices: dict[str, str]) -> None:
        survivor, gone = self.rows[one], self.rows[other]
        fine = one != other and not any(row.merged_into or row.deleted for row in (survivor, gone))
        known = {merge.id for merge in self.merges}
        try:
            done = merge_records(self.store.merges, RULES[KIND], one, other, choices, TOM)
        except CrmError:
            assert not fine
            return
        if done.id in known:
            assert gone.merged_into == survivor.id
            return
        assert fine
        given = {
            name: value
            for name, value in gone.properties.items()
            if not blank(value)
            and (blank(survivor.properties.get(name)) or choices.get(name) == "merged")
            and not same(survivor.properties.get(name), value)
        }
        before = {name: survivor.properties.get(name) for name in given}
        brought = [row.id for row in self.rows.values() if row.merged_into == gone.id]
        for moved in (gone.id, *brought):
            self.rows[moved].merged_into = survivor.id
        put(survivor.properties, given)
        self.merges.append(Merged(done.id, one, other, before, given, brought))

    @precondition(lambda self: self.merges)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Any merge, undone or not, buried under others or not."""
        self.undo_one(data.draw(st.sampled_from(self.merges)))

    @precondition(lambda self: not all(merge.undone for merge in self.merges))
    @rule()
    def undo_the_latest(self) -> None:
        self.undo_one([merge for merge in self.merges if not merge.undone][-1])

    def undo_one(self, merge: Merged) -> None:
        survivor = self.rows[merge.survivor]
        fine = not survivor.merged_into and not survivor.deleted
        try:
            undo_merge(self.store.merges, RULES[KIND], merge.id, TOM)
        except CrmError:
            assert not fine
            assert not merge.undone
            return
        if merge.undone:
            return
        assert fine
        merge.undone = True
        later = [one for one in self.merges[self.merges.index(merge) + 1 :] if not one.undone]
        for name, value in merge.given.items():
            heirs = [o for o in later if o.survivor == merge.survivor and name in o.given]
            if heirs and same(heirs[0].before[name], value):
                heirs[0].before[name] = merge.before[name]
            elif not heirs and same(survivor.properties.get(name), value):
                put(survivor.properties, {name: merge.before[name]})
        self.rows[merge.gone].merged_into = None
        for moved in merge.brought:
            self.rows[moved].merged_into = merge.gone

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        asked = data.draw(st.sampled_from(sorted(self.rows)))
        delete_records(self.store, RULES[KIND], [asked], TOM)
        self.owner(asked).deleted = True

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        asked = data.draw(st.sampled_from(sorted(self.rows)))
        restore_records(self.store, RULES[KIND], [asked], TOM)
        self.owner(asked).deleted = False

    @rule(data=st.data())
    def writes(self, data: st.DataObject) -> None:
        """Something is said, and logged under any id that was ever given."""
        asked = data.draw(st.sampled_from(sorted(self.rows)))
        sent = CreateActivity("EMAIL", contact_id=asked, occurred_at=NOW, direction="INBOUND")
        logged(self.store, sent, {}, str(next(self.sent)).encode())
        self.rows[asked].activities += 1

    @rule(data=st.data())
    def belongs(self, data: st.DataObject) -> None:
        asked = data.draw(st.sampled_from(sorted(self.rows)))
        company = data.draw(st.sampled_from(self.companies))
        create_associations(self.store, [Pair(asked, company, {})], ENGINY)
        if not self.owner(asked).deleted:
            self.owner(asked).companies.add(company)

    # What always holds.

    @invariant()
    def every_id_answers(self) -> None:
        found = self.store.read(lambda reader: reader.records_by_id(KIND, list(self.rows)))
        assert set(found) == set(self.rows)
        for asked, record in found.items():
            row = self.owner(asked)
            assert (record.id, record.deleted) == (row.id, row.deleted)
            assert same(sorted(record.properties.items()), sorted(row.properties.items()))

    @invariant()
    def every_name_and_key_finds_its_own(self) -> None:
        named = self.store.read(lambda reader: reader.ids_by_external_id(KIND, NAMES))
        assert {name: self.owner(one).id for name, one in named.items()} == {
            name: self.owner(one).id for name, one in self.names.items()
        }
        for name in NAMES:
            owner = self.owner(self.names[name]) if name in self.names else None
            found = sync_records(self.store, RULES[KIND], [{"externalId": name}], ENGINY)
            expected = [] if owner is None or owner.deleted else [owner.id]
            assert [one.record_id for one in found] == expected
        for email in EMAILS:
            sent = [{"externalId": "never sent", "email": email}]
            found = sync_records(self.store, RULES[KIND], sent, ENGINY)
            holder = self.with_email(email)
            assert [one.record_id for one in found] == ([holder.id] if holder else [])

    @invariant()
    def nothing_is_taken_from_the_history(self) -> None:
        told = rows(self.url, "SELECT number, record_id, action FROM history ORDER BY number")
        assert told[: len(self.history)] == self.history
        self.history = told

    def everything_is_shown(self) -> None:
        """Pages and lists, at the end."""
        self.store.project_pending()
        cards = self.store.catalogue.cards(KIND, CardFilter(), Order(), None, 50).items
        living = [row for row in self.rows.values() if not row.merged_into and not row.deleted]
        assert {card.id for card in cards} == {row.id for row in living}
        counts = {card.id: card.activities for card in cards}
        for row in living:
            own = self.aliases(row)
            page = self.store.catalogue.record_page(KIND, own[-1].id)
            assert page is not None
            assert set(page.merged) == {one.id for one in own[1:]}
            assert {card.id for card in page.linked} == set().union(*(o.companies for o in own))
            activities = sum(one.activities for one in own)
            assert counts[row.id] == activities
            told = self.store.catalogue.timeline(KIND, row.id, TimelineFilter(), None, 50)
            assert len(told.entries) == min(activities, 50)
        people = self.store.catalogue.cards_by_id(Kind.COMPANY, self.companies)
        for company, card in people.items():
            expected = sum(any(company in one.companies for one in self.aliases(r)) for r in living)
            assert card.people == expected


def run(fresh: Iterator[AbstractContextManager[str]], examples: int) -> None:
    machine = type("Machine", (Merging,), {"fresh": fresh})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_lost_in_sqlite(tmp_path: Path) -> None:
    run((nullcontext(f"sqlite:///{tmp_path}/{n}.db") for n in itertools.count()), 40)


def test_nothing_is_lost_in_postgresql(postgresql_server: PostgreSQL) -> None:
    run((postgresql_server.fresh_database() for _ in itertools.count()), 5)

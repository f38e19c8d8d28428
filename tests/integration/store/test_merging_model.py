"""Whatever is created, merged, undone, deleted and restored in whatever order: nothing is lost.

A plain model does the same, with a list where the store has tables.
"""

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

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
from tests.integration.store.world import NOW, RULES, creation, logged, origin, update

ENGINY = origin()
TOM = Origin("user:tom", lambda: NOW, ENGINY.new_id)
STEPS = 30
NAMES = [f"e{number}" for number in range(5)]
KEY = {Kind.CONTACT: "email", Kind.COMPANY: "domain"}
KEYS = {
    Kind.CONTACT: ["a@acme.example", "b@acme.example", "c@acme.example"],
    Kind.COMPANY: ["a.example", "b.example", "c.example"],
}
FEW = {Kind.CONTACT: NAMES, Kind.COMPANY: NAMES[:3]}
KINDS = st.sampled_from([Kind.CONTACT, Kind.CONTACT, Kind.COMPANY])
VALUES = {
    kind: st.fixed_dictionaries(
        {},
        optional={
            KEY[kind]: st.sampled_from(KEYS[kind]),
            "title": st.sampled_from(["CEO", "CTO", " "]),
            "level": st.sampled_from([1, True, [1]]),
        },
    )
    for kind in Kind
}
SHOWN = 50


class Said(NamedTuple):
    """A value, and when it was said: what was said later has a higher turn."""

    turn: int
    value: Any


@dataclass
class Row:
    """An id that was ever given, with what was said under it.

    Attributes:
        kept: while it is merged: what it was when that happened.
    """

    id: str
    kind: Kind
    words: dict[str, Said] = field(default_factory=dict)
    merged_into: str | None = None
    deleted: bool = False
    kept: dict[str, Any] | None = None


@dataclass
class Merged:
    """A merge as the model has it."""

    id: str
    survivor: str
    gone: str
    brought: list[str]
    undone: bool = False


def blank(value: Any) -> bool:
    return value is None or value == " "


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
        self.names: dict[tuple[Kind, str], str] = {}
        self.merges: list[Merged] = []
        self.links: set[tuple[str, str]] = set()
        self.activities: list[tuple[str | None, str | None]] = []
        self.history: list[Any] = []
        self.sent = itertools.count()
        self.turns = itertools.count()

    def teardown(self) -> None:
        try:
            if self.rows:
                self.everything_is_shown()
        finally:
            self.stack.close()

    # What the model knows.

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows.values() if row.kind is kind]

    def owner(self, record_id: str) -> Row:
        row = self.rows[record_id]
        return self.rows[row.merged_into or row.id]

    def family(self, row: Row) -> list[Row]:
        return [row, *(one for one in self.rows.values() if one.merged_into == row.id)]

    def words(self, row: Row, name: str) -> list[Said]:
        """What all ids of a record have said of a property, the latest last."""
        return sorted(one.words[name] for one in self.family(row) if name in one.words)

    def properties(self, row: Row) -> dict[str, Any]:
        names = {name for one in self.family(row) for name in one.words}
        values = {name: self.words(row, name)[-1].value for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def says(self, under: str, values: dict[str, Any]) -> None:
        row, present = self.rows[under], self.properties(self.owner(under))
        turn = next(self.turns)
        for name, value in values.items():
            own = row.words[name].value if name in row.words else None
            if not (same(own, value) and same(present.get(name), value)):
                row.words[name] = Said(turn, value)

    def whispers(self, under: str, values: dict[str, Any]) -> None:
        """What may fill an id of several, and says nothing of the record."""
        words = self.rows[under].words
        if len(self.family(self.owner(under))) > 1:
            for name, value in values.items():
                if name not in words or blank(words[name].value):
                    words[name] = Said(words[name].turn if name in words else -1, value)

    def whose(self, holder: Row, key: str) -> str:
        """The id of a record that was found by a key under which that was said."""
        if holder.merged_into:
            return holder.id
        name = KEY[holder.kind]
        saying = [
            r.id for r in self.family(holder) if name in r.words and r.words[name].value == key
        ]
        return holder.id if holder.id in saying else min(saying, default=holder.id)

    def with_key(self, kind: Kind, value: str) -> Row | None:
        """The oldest id that leads to somebody living and has the key, in its own name or not."""
        if value not in KEYS[kind]:
            return None
        holders = [
            row.id
            for row in self.of(kind)
            if not self.owner(row.id).deleted
            and (self.properties(row) if row.kept is None else row.kept).get(KEY[kind]) == value
        ]
        return self.rows[min(holders)] if holders else None

    def living(self, kind: Kind) -> list[str]:
        return sorted(r.id for r in self.of(kind) if not r.merged_into and not r.deleted)

    def draw_id(self, data: st.DataObject, kind: Kind) -> str:
        """Any id that was ever given."""
        return data.draw(st.sampled_from(sorted(row.id for row in self.of(kind))))

    # What happens.

    @initialize()
    def some_are_there(self) -> None:
        for kind in Kind:
            for name, key in zip(FEW[kind], [*KEYS[kind], " ", "none"], strict=False):
                self.arrives(kind, name, {KEY[kind]: key})

    @rule(kind=KINDS, data=st.data())
    def comes(self, kind: Kind, data: st.DataObject) -> None:
        """Enginy exports somebody, known or not."""
        self.arrives(kind, data.draw(st.sampled_from(FEW[kind])), data.draw(VALUES[kind]))

    def arrives(self, kind: Kind, name: str, values: dict[str, Any]) -> None:
        (outcome,) = creation(self.store, [{"externalId": name, **values}], kind)
        # A blank in a create says nothing.
        values = {one: value for one, value in values.items() if not blank(value)}
        holder = self.with_key(kind, values.get(KEY[kind], ""))
        if (kind, name) in self.names:
            under = self.names[kind, name]
            self.owner(under).deleted = False
            self.says(under, values)
        elif holder is not None:
            under = self.names[kind, name] = self.whose(holder, values[KEY[kind]])
            present = self.properties(self.owner(under))
            self.says(under, {n: v for n, v in values.items() if blank(present.get(n))})
            self.whispers(under, {n: v for n, v in values.items() if not blank(present.get(n))})
        else:
            under = self.names[kind, name] = outcome.record_id
            self.rows[under] = Row(under, kind)
            self.says(under, values)
        assert outcome.record_id == self.owner(under).id

    @rule(kind=KINDS, data=st.data(), cleared=st.sampled_from([None, "title", "level", "key"]))
    def changes(self, kind: Kind, data: st.DataObject, cleared: str | None) -> None:
        asked = self.draw_id(data, kind)
        told: dict[str, Any] = data.draw(VALUES[kind])
        if cleared:
            told |= {KEY[kind] if cleared == "key" else cleared: None}
        (outcome,) = update(self.store, {"crmId": asked, **told}, kind=kind)
        row = self.owner(asked)
        assert outcome.record_id == ("" if row.deleted else row.id)
        if not row.deleted:
            self.says(asked, told)

    @rule(kind=KINDS, data=st.data())
    def merge_in_a_row(self, kind: Kind, data: st.DataObject) -> None:
        """What was merged into one goes into a third with it."""
        living = self.living(kind)
        if len(living) > 2:
            third, second, first = data.draw(st.permutations(living))[:3]
            self.merge_two(second, third, self.draw_choices(data, kind))
            self.merge_two(first, second, self.draw_choices(data, kind))

    @rule(kind=KINDS, data=st.data())
    def merge(self, kind: Kind, data: st.DataObject) -> None:
        """Two that live, most of the time: all others are refused."""
        living = self.living(kind)
        anybody = len(living) < 2 or data.draw(st.integers(0, 7)) == 7
        ids = sorted(row.id for row in self.of(kind)) if anybody else living
        one = data.draw(st.sampled_from(ids))
        other = data.draw(st.sampled_from(ids if anybody else [i for i in ids if i != one]))
        self.merge_two(one, other, self.draw_choices(data, kind))

    def draw_choices(self, data: st.DataObject, kind: Kind) -> dict[str, str]:
        names = data.draw(st.sets(st.sampled_from([KEY[kind], "title", "level"])))
        return dict.fromkeys(sorted(names), "merged")

    def merge_two(self, one: str, other: str, choices: dict[str, str]) -> None:
        survivor, gone = self.rows[one], self.rows[other]
        fine = one != other and not any(row.merged_into or row.deleted for row in (survivor, gone))
        known = {merge.id for merge in self.merges}
        try:
            done = merge_records(self.store.merges, RULES[survivor.kind], one, other, choices, TOM)
        except CrmError:
            assert not fine
            return
        if done.id in known:
            assert gone.merged_into == survivor.id
            return
        assert fine
        self.settle(survivor, gone, choices)
        brought = [row.id for row in self.rows.values() if row.merged_into == gone.id]
        gone.kept = self.properties(gone)
        for moved in (gone.id, *brought):
            self.rows[moved].merged_into = survivor.id
        self.merges.append(Merged(done.id, one, other, brought))

    def settle(self, survivor: Row, gone: Row, choices: dict[str, str]) -> None:
        """Let the side that wins have said all of it after the other one."""
        mine, theirs = self.properties(survivor), self.properties(gone)
        for name in (KEY[survivor.kind], "title", "level"):
            one, other = mine.get(name), theirs.get(name)
            chosen = blank(one) or choices.get(name) == "merged"
            taken = chosen and not blank(other) and not same(one, other)
            rows = [r for r in self.family(gone if taken else survivor) if name in r.words]
            if not taken and not rows:
                survivor.words[name] = Said(next(self.turns), None)
            for row in sorted(rows, key=lambda one: one.words[name].turn):
                row.words[name] = row.words[name]._replace(turn=next(self.turns))

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
            undo_merge(self.store.merges, RULES[survivor.kind], merge.id, TOM)
        except CrmError:
            assert not fine
            assert not merge.undone
            return
        if merge.undone:
            return
        assert fine
        merge.undone = True
        self.rows[merge.gone].merged_into = None
        self.rows[merge.gone].kept = None
        for moved in merge.brought:
            self.rows[moved].merged_into = merge.gone

    @rule(kind=KINDS, data=st.data())
    def delete(self, kind: Kind, data: st.DataObject) -> None:
        asked = self.draw_id(data, kind)
        delete_records(self.store, RULES[kind], [asked], TOM)
        self.owner(asked).deleted = True

    @rule(kind=KINDS, data=st.data())
    def restore(self, kind: Kind, data: st.DataObject) -> None:
        asked = self.draw_id(data, kind)
        restore_records(self.store, RULES[kind], [asked], TOM)
        self.owner(asked).deleted = False

    @rule(data=st.data(), of=st.sampled_from(["contact", "company", "both"]))
    def writes(self, data: st.DataObject, of: str) -> None:
        """Something is said, and logged under any id that was ever given."""
        contact = self.draw_id(data, Kind.CONTACT) if of != "company" else None
        company = self.draw_id(data, Kind.COMPANY) if of != "contact" else None
        sent = CreateActivity(
            "EMAIL",
            contact_id=contact,
            company_id=company,
            occurred_at=NOW,
            direction="INBOUND",
        )
        logged(self.store, sent, {}, str(next(self.sent)).encode())
        self.activities.append((contact, company))

    @rule(data=st.data())
    def belongs(self, data: st.DataObject) -> None:
        pair = self.draw_id(data, Kind.CONTACT), self.draw_id(data, Kind.COMPANY)
        create_associations(self.store, [Pair(*pair, {})], ENGINY)
        if not any(self.owner(one).deleted for one in pair):
            self.links.add(pair)

    # What always holds.

    @invariant()
    def every_id_answers(self) -> None:
        for kind in Kind:
            ids = [row.id for row in self.of(kind)]
            found = self.store.read(lambda reader, k=kind, i=ids: reader.records_by_id(k, i))  # type: ignore[misc]
            assert set(found) == set(ids)
            for asked, record in found.items():
                row = self.owner(asked)
                assert (record.id, record.deleted) == (row.id, row.deleted)
                expected = self.properties(row)
                assert same(sorted(record.properties.items()), sorted(expected.items()))

    @invariant()
    def every_name_and_key_finds_its_own(self) -> None:
        for kind in Kind:
            names = FEW[kind]
            named = self.store.read(lambda reader, k=kind: reader.ids_by_external_id(k, NAMES))  # type: ignore[misc]
            assert named == {n: i for (of, n), i in self.names.items() if of is kind}
            for name in names:
                owner = self.owner(named[name]) if name in named else None
                expected = [] if owner is None or owner.deleted else [owner.id]
                assert self.synced(kind, {"externalId": name}) == expected
            for key in KEYS[kind]:
                holder = self.with_key(kind, key)
                expected = [self.owner(holder.id).id] if holder else []
                assert self.synced(kind, {"externalId": "never", KEY[kind]: key}) == expected

    def synced(self, kind: Kind, sent: dict[str, Any]) -> list[str]:
        return [one.record_id for one in sync_records(self.store, RULES[kind], [sent], ENGINY)]

    @invariant()
    def nothing_is_taken_from_the_history(self) -> None:
        told = rows(self.url, "SELECT number, record_id, action FROM history ORDER BY number")
        assert told[: len(self.history)] == self.history
        self.history = told

    # What pages and lists show, at the end.

    def linked(self, row: Row) -> set[str]:
        """Who is linked to a record, under whatever ids."""
        own = {one.id for one in self.family(row)}
        near, far = (0, 1) if row.kind is Kind.CONTACT else (1, 0)
        found = {self.owner(pair[far]).id for pair in self.links if pair[near] in own}
        return {one for one in found if not self.rows[one].deleted}

    def said_of(self, row: Row) -> int:
        """Of how many activities a record's card tells: a company's of its people's too."""
        place = 0 if row.kind is Kind.CONTACT else 1
        people = self.linked(row) if row.kind is Kind.COMPANY else set()
        told = [[one and self.owner(one).id for one in about] for about in self.activities]
        return sum(about[place] == row.id or about[0] in people for about in told)

    def everything_is_shown(self) -> None:
        self.store.project_pending()
        for kind in Kind:
            found = self.store.catalogue.cards(kind, CardFilter(), Order(), None, SHOWN).items
            cards = {card.id: card for card in found}
            assert sorted(cards) == self.living(kind)
            for record_id, card in cards.items():
                self.one_is_shown(self.rows[record_id], card)

    def one_is_shown(self, row: Row, card: Any) -> None:
        own = self.family(row)
        page = self.store.catalogue.record_page(row.kind, own[-1].id)
        assert page is not None
        assert set(page.merged) == {one.id for one in own[1:]}
        assert {linked.id for linked in page.linked} == self.linked(row)
        assert card.activities == self.said_of(row)
        told = self.store.catalogue.timeline(row.kind, row.id, TimelineFilter(), None, SHOWN)
        assert len(told.entries) == min(card.activities, SHOWN)
        if row.kind is Kind.COMPANY:
            assert card.people == len(self.linked(row))


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
    run((nullcontext(f"sqlite:///{tmp_path}/{n}.db") for n in itertools.count()), 25)


def test_nothing_is_lost_in_postgresql(postgresql_server: PostgreSQL) -> None:
    run((postgresql_server.fresh_database() for _ in itertools.count()), 5)

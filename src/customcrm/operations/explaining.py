"""Why something matched, or did not: what Enginy would be told, and how that came about.

What would be told and done is decided by the functions that decide it when Enginy asks
(`records.found_by`, `records.plan_of`). Nothing is stored.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.explanation import (
    MADE_FROM,
    Form,
    Holder,
    Kept,
    Step,
    Tried,
    forms_of,
    kept_by,
    verdict_of,
)
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.matching import Match, Matcher
from customcrm.crm.planning import Draft, Effect, Outcome, PossibleDuplicate, draft
from customcrm.crm.records import EXTERNAL_ID, Kind, Record, Rules
from customcrm.crm.revision import Action
from customcrm.operations.ports import Backend, Reader
from customcrm.operations.records import Synced, found_by, plan_of, sought_by, synced

MAX_HOLDERS: Final = 10
"""Records that share a key and are named: the oldest."""

_NOT_YET: Final = ""
"""The id of a record that nobody makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What would become of one record that comes.

    Attributes:
        external_id: of the record.
        steps: every link, in the order of the chain; those that are switched off come last.
        match: the record that a sync finds, by which link, and its rivals; None if there is none.
        synced: what Enginy gets for it; None if it is left out of the results.
        outcome: what a create does; the id is empty for a record that it makes.
        old: what changes at a create, by property, as it is; `new`: as it becomes.
        restored: whether a create brings a deleted record back.
        kept: what a create leaves alone although another value came.
        doubts: the pairs that a create notes as possible duplicates.
    """

    external_id: str
    steps: tuple[Step, ...]
    match: Match | None
    synced: Synced | None
    outcome: Outcome
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    restored: bool
    kept: tuple[Kept, ...]
    doubts: tuple[PossibleDuplicate, ...]


def explain_record(
    backend: Backend, rules: Rules, record: Mapping[str, Any], *, as_new: bool = False
) -> Explanation:
    """Explain what sync and create make of a record that comes alone.

    Args:
        backend: where the records are; nothing of it changes.
        rules: of the record's kind.
        record: with an `externalId`, as `contract.reading` read it.
        as_new: as if its external id had never been seen.
    """
    one = draft(rules, record)
    return backend.read(lambda reader: _explained(reader, rules, one, as_new=as_new))


def _explained(reader: Reader, rules: Rules, one: Draft, *, as_new: bool) -> Explanation:
    asked = rules
    if as_new:
        asked = replace(rules, chain=tuple(link for link in rules.chain if link != EXTERNAL_ID))
    found = found_by(reader, asked, [one]).matches
    matched = found[0][1] if found else None
    sought = sought_by(rules, [one])
    if as_new:
        sought = sought._replace(external_ids=())
    plan = plan_of(reader, rules, [one], sought, lambda: _NOT_YET)
    outcome = plan.outcomes[0]
    revision = plan.revisions[outcome.record_id]
    old, new = revision.difference()
    linked = outcome.effect is Effect.LINKED
    return Explanation(
        external_id=one.external_id,
        steps=_steps(reader, rules, one, matched, as_new=as_new),
        match=matched,
        synced=synced(rules, one, matched) if matched else None,
        outcome=outcome,
        old=old,
        new=new,
        restored=revision.action is Action.RESTORED,
        kept=kept_by(revision.properties, one.values) if linked else (),
        doubts=tuple(sorted(plan.duplicates)),
    )


def _steps(
    reader: Reader, rules: Rules, one: Draft, matched: Match | None, *, as_new: bool
) -> tuple[Step, ...]:
    off = [link for link in MADE_FROM[rules.kind] if link not in rules.chain]
    values = {**one.values, EXTERNAL_ID: one.external_id}
    forms = {link: forms_of(rules, link, values) for link in (*rules.chain, *off)}
    keys = {
        MatchKey(link, form.value): None
        for link, made in forms.items()
        for form in made
        if link != EXTERNAL_ID and form.value is not None
    }
    held = _held(reader, rules.kind, list(keys))
    named = () if as_new else _named(reader, rules.kind, one.external_id)
    steps = []
    for link, made in forms.items():
        if link == EXTERNAL_ID:
            tried = tuple(Tried(form, named) for form in made)
        else:
            tried = tuple(_tried(rules, one, link, form, held) for form in made)
        steps.append(Step(link, verdict_of(rules, link, tried, matched), tried))
    return tuple(steps)


def _named(reader: Reader, kind: Kind, external_id: str) -> tuple[Holder, ...]:
    """The record that an external id names: living, deleted, or the survivor of a merged one."""
    named = reader.ids_by_external_id(kind, [external_id])
    records = reader.records_by_id(kind, list(named.values()))
    return tuple(_holder(i, records[i]) for i in named.values() if i in records)


def _holder(led_from: str, record: Record) -> Holder:
    return Holder(record.id, led_from if led_from != record.id else "", record.deleted)


def _held(
    reader: Reader, kind: Kind, keys: Collection[MatchKey]
) -> Mapping[MatchKey, Sequence[tuple[str, Record]]]:
    """Who has each key, the oldest first: one more than are shown, where there are more."""
    held = reader.holders_of_keys(kind, keys, MAX_HOLDERS + 1) if keys else {}
    records = reader.records_by_id(kind, {i for ids in held.values() for i in ids}) if held else {}
    return {key: [(i, records[i]) for i in ids if i in records] for key, ids in held.items()}


def _tried(
    rules: Rules,
    one: Draft,
    link: str,
    form: Form,
    held: Mapping[MatchKey, Sequence[tuple[str, Record]]],
) -> Tried:
    """Who has a form, and why it does not make some of them the record that came."""
    if form.value is None:
        return Tried(form)
    key = MatchKey(link, form.value)
    matcher = Matcher(rules, {}, {})
    holders = held.get(key, ())
    shown = [
        _holder(i, record)._replace(objection=matcher.objection(one, key, record))
        for i, record in holders[:MAX_HOLDERS]
    ]
    return Tried(form, tuple(shown), len(holders) > MAX_HOLDERS)


class Fate(StrEnum):
    """What an id is the id of."""

    HERE = "here"
    DELETED = "deleted"
    MERGED = "merged"
    OTHER_KIND = "other kind"
    UNKNOWN = "unknown"


class Whereabouts(NamedTuple):
    """What has become of an id that somebody has asked for.

    Attributes:
        fate: what it is the id of.
        kind: of the record there is; that asked for if there is none.
        record_id: of the record that it leads to; empty if there is none.
        deleted: whether that record is deleted: then nobody can change it.
    """

    fate: Fate
    kind: Kind
    record_id: str = ""
    deleted: bool = False


def explain_id(backend: Backend, kind: Kind, asked: str) -> Whereabouts:
    """Explain where a `crmId` leads, and why an update of it may fail with "not found".

    Args:
        backend: where the records are.
        kind: of the record that was meant.
        asked: the id, as it came.
    """
    other = Kind.COMPANY if kind is Kind.CONTACT else Kind.CONTACT

    def work(reader: Reader) -> Whereabouts:
        record = reader.records_by_id(kind, [asked]).get(asked)
        if record is None:
            elsewhere = reader.records_by_id(other, [asked]).get(asked)
            if elsewhere is None:
                return Whereabouts(Fate.UNKNOWN, kind)
            return Whereabouts(Fate.OTHER_KIND, other, elsewhere.id, elsewhere.deleted)
        fate = Fate.DELETED if record.deleted else Fate.HERE
        fate = fate if record.id == asked else Fate.MERGED
        return Whereabouts(fate, kind, record.id, record.deleted)

    return backend.read(work)

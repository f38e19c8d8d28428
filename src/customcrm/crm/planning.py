"""What a batch will do to the records, decided before anything is stored.

A batch means what its records would mean one by one, in their order; a plan says it set-wise.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from customcrm.crm.known_records import Arrival, Held, KnownRecords, Reached
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Record, Rules
from customcrm.crm.revision import Action, Revision
from customcrm.crm.values import says_nothing


class Effect(StrEnum):
    """What one item of a batch came to."""

    CREATED = "created"
    UPDATED = "updated"
    LINKED = "linked"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Outcome(NamedTuple):
    """What one item of a batch came to.

    Attributes:
        id: the id that the item came with.
        record_id: our record; empty if the item failed.
        effect: what happened.
        reason: why it failed, or by which key it was linked.
    """

    id: str
    record_id: str
    effect: Effect
    reason: str | None = None


class PossibleDuplicate(NamedTuple):
    """Two records that one item's keys point at; the older first."""

    first_id: str
    second_id: str
    reason: str


def possible_duplicate(one: str, other: str, reason: str) -> PossibleDuplicate:
    """A pair, whichever of the two is named first."""
    first, second = sorted((one, other))
    return PossibleDuplicate(first, second, reason)


class Draft(NamedTuple):
    """A record as it came, with what its sender did not say left out."""

    external_id: str
    values: dict[str, Any]
    keys: tuple[MatchKey, ...]


def draft(rules: Rules, values: Mapping[str, Any]) -> Draft:
    """Make a draft of a record that came with an `externalId`; a blank says nothing."""
    named = rules.in_one_tongue(values)
    # Most values are texts that begin with a visible ASCII sign: they need no closer look.
    said = {
        name: value
        for name, value in named.items()
        if (value.__class__ is str and "!" <= value < "\x7f") or not says_nothing(value)
    }
    external_id = said.pop("externalId", None) or named["externalId"]
    return Draft(external_id, said, rules.keys_of(said))


@dataclass(slots=True)
class Plan:
    """What to store, and what to answer.

    Attributes:
        revisions: by id, of all records that the batch has met.
        duplicates: pairs that a person should look at.
        outcomes: one for each item, in their order.
        rejected: keys none of whose known holders is who came; others may have them too.
    """

    revisions: dict[str, Revision] = field(default_factory=dict)
    duplicates: set[PossibleDuplicate] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    rejected: Mapping[MatchKey, None] = field(default_factory=dict)

    @property
    def created(self) -> list[Revision]:
        """Records to insert."""
        return [r for r in self.revisions.values() if r.action is Action.CREATED]

    @property
    def changed(self) -> list[Revision]:
        """Stored records that change."""
        return [
            revision
            for revision in self.revisions.values()
            if revision.action not in {None, Action.CREATED} and revision.differs
        ]

    def note(self, one: str, other: str, reason: str) -> None:
        """Note that two records may be the same one."""
        if one != other:
            self.duplicates.add(possible_duplicate(one, other, reason))


def strong_keys(rules: Rules, drafts: Iterable[Draft]) -> list[MatchKey]:
    """The keys by which drafts may be linked, each once."""
    return list({key: None for d in drafts for key in d.keys if key.kind in rules.strong})


def plan_creates(
    rules: Rules,
    drafts: Sequence[Draft],
    by_external_id: Mapping[str, Record],
    by_key: Mapping[MatchKey, Sequence[Record]],
    new_id: Callable[[], str],
) -> Plan:
    """Decide what a create does (contract: Create).

    Args:
        rules: of the records' kind.
        drafts: what came, in its order.
        by_external_id: the stored records that have one of the drafts' external ids; each says
            under which id, if that was merged into it.
        by_key: the stored records that have one of the drafts' strong keys, the oldest first;
            the first of them is enough, as long as the batch does not change it and it is not
            rejected (see `insufficient`).
        new_id: gives the id of a new record.
    """
    plan = Plan()
    known = KnownRecords(rules, plan.revisions, by_external_id, by_key)
    for one in drafts:
        reached = known.named(one.external_id)
        found = _found(rules, known, one, reached)
        if reached:
            outcome = _supply(known, reached, one)
        elif linking := next((each for each in found if each.links), None):
            reached = linking.reached
            outcome = _link(known, reached, one, linking.key)
        else:
            record = Record(new_id(), one.values)
            reached = Reached(Revision(rules, record, Action.CREATED, one.keys), None)
            outcome = _create(plan, known, reached, one)
        for each in found:
            plan.note(reached.revision.id, each.reached.revision.id, each.reason)
        plan.outcomes.append(outcome)
    plan.rejected = known.rejected
    return plan


class _FoundByKey(NamedTuple):
    """A record that one key of a draft leads to.

    Attributes:
        key: the key.
        reached: the record.
        links: whether the key makes the two one.
        reason: for what reason they may be one.
    """

    key: MatchKey
    reached: Reached
    links: bool
    reason: str


def _found(
    rules: Rules, known: KnownRecords, one: Draft, named: Reached | None
) -> list[_FoundByKey]:
    """The records that a draft's strong keys lead to, those of weak keys last.

    Where its external id names a record, only others are of interest, and weak keys only where they
    would link.
    """
    found: list[_FoundByKey] = []
    came = Arrival(rules, one.values)
    for key in one.keys:
        if key.kind not in rules.strong:
            continue
        held = known.with_key(key, came) if named is None else _other(known, key, came, named)
        if held.reached is not None:
            found.append(_FoundByKey(key, held.reached, held.links, held.reason))
    if len(found) > 1:
        found.sort(key=lambda each: each.reason != each.key.kind)
    return found


def _other(known: KnownRecords, key: MatchKey, came: Arrival, named: Reached) -> Held:
    """The oldest holder of a key, if it is not the record that an external id names."""
    other = known.oldest(key)
    if other is None or other is named.revision:
        return Held()
    links, reason = came.compare(other, key)
    return Held(Reached(other, None), links, reason) if links else Held()


class Holder(NamedTuple):
    """A record that has a strong key of a record that is to be made.

    Attributes:
        key: the key.
        record_id: its id.
        links: whether the key makes the two one.
        reason: for what reason they may be one.
    """

    key: MatchKey
    record_id: str
    links: bool
    reason: str


def holders_among(
    rules: Rules, values: Mapping[str, Any], by_key: Mapping[MatchKey, Sequence[Record]]
) -> list[Holder]:
    """Return who has the strong keys of a record that is to be made.

    Args:
        rules: of its kind.
        values: its properties.
        by_key: the stored records that have one of its strong keys, the oldest first.
    """
    one = Draft("", dict(values), rules.keys_of(values))
    found = _found(rules, KnownRecords(rules, {}, {}, by_key), one, None)
    return [Holder(one.key, one.reached.revision.id, one.links, one.reason) for one in found]


def insufficient(plan: Plan, by_key: Mapping[MatchKey, Sequence[Record]]) -> list[MatchKey]:
    """The keys of which the plan ought to know more holders than it was given.

    It has rejected those that it knew, or may have taken the key from the last of them.
    """
    rekeyed = {
        key: None
        for key, holders in by_key.items()
        if (revision := plan.revisions.get(holders[-1].id)) and revision.rekeyed
    }
    return [key for key in {**rekeyed, **plan.rejected} if key in by_key]


def _create(plan: Plan, known: KnownRecords, reached: Reached, one: Draft) -> Outcome:
    revision = reached.revision
    plan.revisions[revision.id] = revision
    revision.name(one.external_id)
    known.learn(reached, one.external_id)
    return Outcome(one.external_id, revision.id, Effect.CREATED)


def _supply(known: KnownRecords, reached: Reached, one: Draft) -> Outcome:
    revision, under = reached
    changed = revision.restore() | revision.supply(one.values, under)
    known.learn(reached)
    return Outcome(one.external_id, revision.id, Effect.UPDATED if changed else Effect.UNCHANGED)


def _link(known: KnownRecords, reached: Reached, one: Draft, key: MatchKey) -> Outcome:
    revision, under = reached
    revision.fill(one.values, under)
    revision.name(one.external_id, under)
    known.learn(reached, one.external_id)
    return Outcome(one.external_id, revision.id, Effect.LINKED, key.kind)


def plan_updates(
    rules: Rules,
    updates: Sequence[tuple[str, Mapping[str, Any]]],
    by_id: Mapping[str, Record],
    by_external_id: Mapping[str, Record],
) -> Plan:
    """Decide what an update does (contract: Update).

    Args:
        rules: of the records' kind.
        updates: the `crmId` and the values of each record that came, in order; None and the empty
            text clear.
        by_id: the stored records by the ids asked for: a merged id gives its survivor.
        by_external_id: the stored records that have one of the updates' external ids.
    """
    plan = Plan()
    known = KnownRecords(rules, plan.revisions, by_external_id, {})
    for asked, values in updates:
        record = by_id.get(asked)
        if record is None or record.deleted:
            reason = f"{rules.kind.value.capitalize()} not found"
            plan.outcomes.append(Outcome(asked, "", Effect.FAILED, reason))
            continue
        revision = known.revision(record)
        named = rules.in_one_tongue(values)
        news = {name: None if value == "" else value for name, value in named.items()}
        external_id = news.pop("externalId", None)
        changed = revision.supply(news, asked)
        if external_id is not None:
            changed |= _name(plan, known, Reached(revision, asked), external_id)
        effect = Effect.UPDATED if changed else Effect.UNCHANGED
        plan.outcomes.append(Outcome(asked, revision.id, effect))
    return plan


def _name(plan: Plan, known: KnownRecords, reached: Reached, external_id: str) -> bool:
    """An update that carries an external id names the record, unless another has that name."""
    revision, under = reached
    owner_id = known.owner_id(external_id)
    if owner_id:
        plan.note(revision.id, owner_id, "externalId")
        return False
    revision.name(external_id, under)
    known.learn(reached, external_id)
    return True

"""What a batch will do to the records, decided before anything is stored.

A batch means what its records would mean one by one, in their order; a plan says it set-wise.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

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
    said = {name: value for name, value in named.items() if not says_nothing(value)}
    external_id = said.pop("externalId", None) or named["externalId"]
    return Draft(external_id, said, rules.keys_of(said))


@dataclass(slots=True)
class Plan:
    """What to store, and what to answer."""

    revisions: dict[str, Revision] = field(default_factory=dict)
    duplicates: set[PossibleDuplicate] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)

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


class _Reached(NamedTuple):
    """A record as a batch reaches it.

    Attributes:
        revision: of the record.
        under: the merged id that led there, if one did.
    """

    revision: Revision
    under: str | None


class _Known:
    """The records that a batch can meet: those stored, as it has changed them, and its new ones."""

    def __init__(
        self,
        rules: Rules,
        plan: Plan,
        by_external_id: Mapping[str, Record],
        by_key: Mapping[MatchKey, Sequence[Record]],
    ) -> None:
        self._rules = rules
        self._plan = plan
        self._by_external_id = by_external_id
        self._by_key = by_key
        self._new_external_ids: dict[str, _Reached] = {}
        self._new_keys: dict[MatchKey, dict[str, Revision]] = {}

    def revision(self, record: Record) -> Revision:
        """The one revision of a stored record in this batch."""
        revision = self._plan.revisions.get(record.id)
        if revision is None:
            revision = self._plan.revisions[record.id] = Revision(self._rules, record)
        return revision

    def named(self, external_id: str) -> _Reached | None:
        """The record that has this external id."""
        record = self._by_external_id.get(external_id)
        return self._reached(record) if record else self._new_external_ids.get(external_id)

    def _reached(self, record: Record, key: MatchKey | None = None) -> _Reached:
        """A stored record, under the id by which it was found, or from which it has a key."""
        revision = self.revision(record)
        return _Reached(revision, record.under or (revision.whose(key) if key else None))

    def owner_id(self, external_id: str) -> str | None:
        """The id of the record that has this external id."""
        record = self._by_external_id.get(external_id)
        if record:
            return record.id
        reached = self._new_external_ids.get(external_id)
        return reached.revision.id if reached else None

    def with_key(self, key: MatchKey) -> _Reached | None:
        """The oldest record that has this key, after all that this batch did so far."""
        known = self._new_keys.get(key, {}).values()
        holders = [_Reached(one, one.whose(key)) for one in known if key in one.keys]
        for record in self._by_key.get(key, ()):
            revision = self._plan.revisions.get(record.id)
            # What was merged has its key still, whatever becomes of that of its survivor.
            if record.under or revision is None or revision.still_has(key):
                holders.append(self._reached(record, key))
                break
        return min(holders, key=lambda one: one.revision.id, default=None)

    def learn(self, reached: _Reached, external_id: str | None = None) -> None:
        """Let later records of the batch find this one."""
        if external_id is not None:
            self._new_external_ids[external_id] = reached
        revision = reached.revision
        for key in revision.keys:
            if key.kind in self._rules.strong:
                self._new_keys.setdefault(key, {})[revision.id] = revision


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
            the first of them is enough, as long as the batch does not change it (see `outgrown`).
        new_id: gives the id of a new record.
    """
    plan = Plan()
    known = _Known(rules, plan, by_external_id, by_key)
    for one in drafts:
        reached = known.named(one.external_id)
        found = [
            (key, holder)
            for key in one.keys
            if key.kind in rules.strong and (holder := known.with_key(key))
        ]
        if reached:
            outcome = _supply(known, reached, one)
        elif found:
            key, reached = found[0]
            outcome = _link(known, reached, one, key)
        else:
            record = Record(new_id(), one.values)
            reached = _Reached(Revision(rules, record, Action.CREATED, one.keys), None)
            outcome = _create(plan, known, reached, one)
        for key, other in found:
            plan.note(reached.revision.id, other.revision.id, key.kind)
        plan.outcomes.append(outcome)
    return plan


def outgrown(plan: Plan, by_key: Mapping[MatchKey, Sequence[Record]]) -> list[MatchKey]:
    """The keys that the plan may have taken from their last known holder.

    Such a key may belong to a younger record as well, which the plan ought to know.
    """
    return [
        key
        for key, holders in by_key.items()
        if (revision := plan.revisions.get(holders[-1].id)) and revision.rekeyed
    ]


def _create(plan: Plan, known: _Known, reached: _Reached, one: Draft) -> Outcome:
    revision = reached.revision
    plan.revisions[revision.id] = revision
    revision.name(one.external_id)
    known.learn(reached, one.external_id)
    return Outcome(one.external_id, revision.id, Effect.CREATED)


def _supply(known: _Known, reached: _Reached, one: Draft) -> Outcome:
    revision, under = reached
    changed = revision.restore() | revision.supply(one.values, under)
    known.learn(reached)
    return Outcome(one.external_id, revision.id, Effect.UPDATED if changed else Effect.UNCHANGED)


def _link(known: _Known, reached: _Reached, one: Draft, key: MatchKey) -> Outcome:
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
    known = _Known(rules, plan, by_external_id, {})
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
            changed |= _name(plan, known, _Reached(revision, asked), external_id)
        effect = Effect.UPDATED if changed else Effect.UNCHANGED
        plan.outcomes.append(Outcome(asked, revision.id, effect))
    return plan


def _name(plan: Plan, known: _Known, reached: _Reached, external_id: str) -> bool:
    """An update that carries an external id names the record, unless another has that name."""
    revision, under = reached
    owner_id = known.owner_id(external_id)
    if owner_id:
        plan.note(revision.id, owner_id, "externalId")
        return False
    revision.name(external_id, under)
    known.learn(reached, external_id)
    return True

"""The records that a batch meets while it is planned: stored ones, and those that it makes."""

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from operator import itemgetter
from typing import Any, NamedTuple

from customcrm.crm.identity import MAX_HOLDERS, REASONS, Identity
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Record, Rules
from customcrm.crm.revision import Revision


class Reached(NamedTuple):
    """A record as a batch reaches it.

    Attributes:
        revision: of the record.
        under: the merged id that led there, if one did.
    """

    revision: Revision
    under: str | None


class Arrival:
    """A record that came, while it is looked for among others.

    Args:
        rules: of its kind.
        values: its properties.
    """

    __slots__ = ("_identity", "_links", "_values")

    def __init__(self, rules: Rules, values: Mapping[str, Any]) -> None:
        self._values = values
        self._links = rules.links
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity:
        """What of it decides whether a key links it, worked out once."""
        if self._identity is None:
            self._identity = self._links.identity_of([self._values])
        return self._identity

    def is_one_with(self, revision: Revision, key: MatchKey) -> bool:
        """Whether a key that both have makes it and a record one."""
        if self._links.links_alone(key, self._values, revision.properties):
            return True
        return self._links.objection(key, self.identity, revision.identity) is None

    def reason(self, revision: Revision, key: MatchKey) -> str:
        """For what reason it and a record that share a key may be one."""
        if self._links.links_alone(key, self._values, revision.properties):
            return key.kind
        weakness = self._links.weakness(key, self.identity, revision.identity)
        return REASONS.get(weakness, key.kind) if weakness else key.kind


class Held(NamedTuple):
    """Who has a key: the oldest whom it makes one with a draft, or the oldest of the others.

    Attributes:
        one: the record that the draft is by this key.
        other: a record that has the key and is another; None also where so many have it that it
            says nothing.
    """

    one: Reached | None = None
    other: Reached | None = None


class KnownRecords:
    """The records that a batch can meet: those stored, as it has changed them, and its new ones.

    Args:
        rules: of their kind.
        revisions: by id, of all records that the batch has met; grows.
        by_external_id: stored records by external id.
        by_key: stored records by key, the oldest first.

    Attributes:
        rejected: keys none of whose known holders is who came; others may have them too.
    """

    def __init__(
        self,
        rules: Rules,
        revisions: dict[str, Revision],
        by_external_id: Mapping[str, Record],
        by_key: Mapping[MatchKey, Sequence[Record]],
    ) -> None:
        self._rules = rules
        self._revisions = revisions
        self.rejected: dict[MatchKey, None] = {}
        self._by_external_id = by_external_id
        self._by_key = by_key
        self._new_external_ids: dict[str, Reached] = {}
        self._new_keys: dict[MatchKey, dict[str, Revision]] = {}
        self._new_holders: dict[MatchKey, list[str]] = {}

    def revision(self, record: Record) -> Revision:
        """Return the one revision of a stored record in this batch."""
        revision = self._revisions.get(record.id)
        if revision is None:
            revision = self._revisions[record.id] = Revision(self._rules, record)
        return revision

    def named(self, external_id: str) -> Reached | None:
        """Return the record that has this external id."""
        record = self._by_external_id.get(external_id)
        return self._reached(record) if record else self._new_external_ids.get(external_id)

    def _reached(self, record: Record, key: MatchKey | None = None) -> Reached:
        """A stored record, under the id by which it was found, or from which it has a key."""
        revision = self.revision(record)
        return Reached(revision, record.under or (revision.whose(key) if key else None))

    def owner_id(self, external_id: str) -> str | None:
        """Return the id of the record that has this external id."""
        record = self._by_external_id.get(external_id)
        if record:
            return record.id
        reached = self._new_external_ids.get(external_id)
        return reached.revision.id if reached else None

    def oldest(self, key: MatchKey) -> Revision | None:
        """Return the oldest record that has a key, after all that this batch did so far."""
        return next((revision for _, revision in self._holders(key)), None)

    def with_key(self, key: MatchKey, came: Arrival) -> Held:
        """Return who has a key, after all that this batch did so far; see `Held`."""
        if key not in self._by_key and key not in self._new_holders:
            return Held()
        other: Revision | None = None
        for number, (record, revision) in enumerate(self._holders(key)):
            if number == MAX_HOLDERS:
                return Held()
            if came.is_one_with(revision, key):
                reached = self._reached(record, key) if record else None
                return Held(reached or Reached(revision, revision.whose(key)))
            other = other or revision
        if other is None:
            return Held()
        self.rejected[key] = None
        return Held(other=Reached(other, None))

    def _holders(self, key: MatchKey) -> Iterator[tuple[Record | None, Revision]]:
        """The records that have a key now, the oldest first; those found in the store as such."""
        stored = ((record.under or record.id, record) for record in self._by_key.get(key, ()))
        new = ((record_id, None) for record_id in self._new_holders.get(key, ()))
        met = set()
        for record_id, record in merge(stored, new, key=itemgetter(0)):
            revision = self.revision(record) if record else self._new_keys[key][record_id]
            # What was merged has its key still, whatever becomes of that of its survivor.
            has_it = key in revision.keys or (
                record is not None and (record.under is not None or revision.still_has(key))
            )
            if has_it and revision.id not in met:
                met.add(revision.id)
                yield record, revision

    def learn(self, reached: Reached, external_id: str | None = None) -> None:
        """Let later records of the batch find this one."""
        if external_id is not None:
            self._new_external_ids[external_id] = reached
        revision = reached.revision
        for key in revision.keys:
            if key.kind in self._rules.strong:
                holders = self._new_keys.setdefault(key, {})
                if revision.id not in holders:
                    holders[revision.id] = revision
                    insort(self._new_holders.setdefault(key, []), revision.id)

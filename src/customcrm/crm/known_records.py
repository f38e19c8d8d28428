"""The records that a batch meets while it is planned: stored ones, and those that it makes."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def compare(self, revision: Revision, key: MatchKey) -> tuple[bool, str]:
        """Compare it with a record that has one of its keys.

        Returns:
            Whether the key makes the two one, and for what reason they may be one.
        """
        if self._links.links_alone(key, self._values, revision.properties):
            return True, key.kind
        came, holder = self.identity, revision.identity
        weakness = self._links.weakness(key, came, holder)
        reason = REASONS.get(weakness, key.kind) if weakness else key.kind
        return self._links.objection(key, came, holder) is None, reason


class Held(NamedTuple):
    """Who has a key: the oldest whom it makes one with a draft, or the oldest of the others.

    Attributes:
        reached: a record that has the key; None also where so many others have it that it says
            nothing.
        links: whether the key makes it and the draft one.
        reason: for what reason they may be one.
    """

    reached: Reached | None = None
    links: bool = False
    reason: str = ""


_NOBODY = Held()


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
        if record is None:
            return self._new_external_ids.get(external_id)
        return Reached(self.revision(record), record.under)

    def owner_id(self, external_id: str) -> str | None:
        """Return the id of the record that has this external id."""
        record = self._by_external_id.get(external_id)
        if record:
            return record.id
        reached = self._new_external_ids.get(external_id)
        return reached.revision.id if reached else None

    def oldest(self, key: MatchKey) -> Revision | None:
        """Return the oldest record that has a key, after all that this batch did so far."""
        for _, revision in self._holders(key):
            return revision
        return None

    def with_key(self, key: MatchKey, came: Arrival) -> Held:
        """Return who has a key, after all that this batch did so far; see `Held`."""
        other = _NOBODY
        for number, (record, revision) in enumerate(self._holders(key)):
            if number == MAX_HOLDERS:
                return _NOBODY
            links, reason = came.compare(revision, key)
            if links:
                under = (record.under if record else None) or revision.whose(key)
                return Held(Reached(revision, under), links, reason)
            if other is _NOBODY:
                other = Held(Reached(revision, None), links, reason)
        if other is not _NOBODY:
            self.rejected[key] = None
        return other

    def _holders(self, key: MatchKey) -> Iterable[tuple[Record | None, Revision]]:
        """The records that have a key now, the oldest first; those found in the store as such."""
        known, new_ids = self._by_key.get(key, ()), self._new_holders.get(key)
        if new_ids:
            return self._merged(key, known, new_ids)
        if len(known) == 1:
            # The usual case, and the first look at every key: without a generator.
            record = known[0]
            revision = self.revision(record)
            return ((record, revision),) if self._has(record, revision, key) else ()
        found = ((record, self.revision(record)) for record in known)
        return (one for one in found if self._has(*one, key)) if known else ()

    def _merged(
        self, key: MatchKey, known: Iterable[Record], new_ids: Iterable[str]
    ) -> Iterator[tuple[Record | None, Revision]]:
        """The same, where records of this batch are among them."""
        stored = ((record.under or record.id, record) for record in known)
        new = ((record_id, None) for record_id in new_ids)
        met: set[str] = set()
        for record_id, record in merge(stored, new, key=itemgetter(0)):
            revision = self.revision(record) if record else self._new_keys[key][record_id]
            if revision.id not in met and self._has(record, revision, key):
                met.add(revision.id)
                yield record, revision

    @staticmethod
    def _has(record: Record | None, revision: Revision, key: MatchKey) -> bool:
        """Whether a record has a key now that it had, in the store or earlier in the batch."""
        if record is None:
            return key in revision.keys
        # What was merged has its key still, whatever becomes of that of its survivor.
        return record.under is not None or not revision.rekeyed or revision.still_has(key)

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

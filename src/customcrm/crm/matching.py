"""Which stored record a record that came is."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from customcrm.crm.identity import MAX_HOLDERS, REASONS, Identity, Objection
from customcrm.crm.layers import versions_of
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import Draft, PossibleDuplicate, possible_duplicate
from customcrm.crm.records import EXTERNAL_ID, Record, Rules
from customcrm.crm.values import is_blank, same_value


class Match(NamedTuple):
    """A stored record that was found, by which rule, and others that weaker rules found."""

    record: Record
    rule: str
    rivals: tuple[PossibleDuplicate, ...]


def keys_in_chain(rules: Rules, drafts: Sequence[Draft]) -> list[MatchKey]:
    """The keys to look for, each once."""
    return list({key: None for d in drafts for key in d.keys if key.kind in rules.chain})


class Matcher:
    """Looks for drafts among stored records by the chain of their kind (contract: Sync).

    Args:
        rules: of the records' kind; they hold the chain.
        by_external_id: stored records by external id.
        by_key: living records that have each key, the oldest first; the oldest alone is enough, as
            long as it is not rejected.

    Attributes:
        rejected: keys none of whose holders was who came; others may have them too.
    """

    def __init__(
        self,
        rules: Rules,
        by_external_id: Mapping[str, Record],
        by_key: Mapping[MatchKey, Sequence[Record]],
    ) -> None:
        self.rejected: dict[MatchKey, None] = {}
        self._rules = rules
        self._by_external_id = by_external_id
        self._by_key = by_key
        self._identities: dict[str, Identity] = {}

    def with_more_holders(self, by_key: Mapping[MatchKey, Sequence[Record]]) -> "Matcher":
        """Return a matcher that knows more holders of some keys."""
        return Matcher(self._rules, self._by_external_id, {**self._by_key, **by_key})

    def match(self, one: Draft) -> Match | None:
        """Follow the chain: the strongest rule that finds a living record wins.

        A key finds the oldest of its holders that it makes one with the draft; none where its
        stronger keys contradict, or where it is weak and the names do not agree. Whoever else has
        one of the draft's keys is a rival.
        """
        winner: tuple[str, Record] | None = None
        others: list[tuple[str, Record]] = []
        came: Identity | None = None
        for rule, key, holders in self._in_order(one):
            if winner is not None or key is None or self._links_alone(key, one, holders[0]):
                found: Record | None = holders[0]
            else:
                came = came or self._rules.links.identity_of([one.values])
                found = self._qualifying(key, came, holders)
            if winner is None and found is not None:
                winner = (rule, found)
            elif found is None or winner is None or found.id != winner[1].id:
                others.append((self._reason(rule, key), holders[0]))
        if winner is None:
            return None
        rule, record = winner
        rivals = {
            possible_duplicate(record.id, other.id, reason)
            for reason, other in others
            if other.id != record.id
        }
        return Match(record, rule, tuple(sorted(rivals)))

    def _in_order(self, one: Draft) -> list[tuple[str, MatchKey | None, Sequence[Record]]]:
        """What leads to stored records, the strongest first, weak keys after all strong ones."""
        strong: list[tuple[str, MatchKey | None, Sequence[Record]]] = []
        weak: list[tuple[str, MatchKey | None, Sequence[Record]]] = []
        weaker: list[tuple[str, MatchKey | None, Sequence[Record]]] = []
        for rule in self._rules.chain:
            if rule == EXTERNAL_ID:
                named = self._by_external_id.get(one.external_id)
                if named and not named.deleted:
                    (weaker or strong).append((rule, None, [named]))
                continue
            for key in one.keys:
                if key.kind != rule or not (holders := self._by_key.get(key)):
                    continue
                if rule not in self._rules.strong:
                    weaker.append((rule, key, holders))
                elif weaker or self._links_alone(key, one, holders[0]):
                    (weaker or strong).append((rule, key, holders))
                else:
                    weak.append((rule, key, holders))
        return strong + weak + weaker

    def _links_alone(self, key: MatchKey, one: Draft, holder: Record) -> bool:
        return self._rules.links.links_alone(key, one.values, holder.properties)

    def _qualifying(
        self, key: MatchKey, came: Identity, holders: Sequence[Record]
    ) -> Record | None:
        """The oldest holder of a key that is who came."""
        stronger = self._rules.stronger_than(key.kind)
        if self._rules.links.is_beyond_doubt(key, came, stronger):
            return holders[0]
        for holder in holders[:MAX_HOLDERS]:
            identity = self._identity(holder)
            if self._rules.links.objection(key, came, identity, stronger) is None:
                return holder
        self.rejected[key] = None
        return None

    def objection(self, one: Draft, key: MatchKey, holder: Record) -> Objection | None:
        """Return why a key does not make a stored record the draft; None if it does."""
        if self._links_alone(key, one, holder):
            return None
        return self._objection(key, self._rules.links.identity_of([one.values]), holder)

    def _objection(self, key: MatchKey, came: Identity, holder: Record) -> Objection | None:
        stronger = self._rules.stronger_than(key.kind)
        return self._rules.links.objection(key, came, self._identity(holder), stronger)

    def _identity(self, record: Record) -> Identity:
        """What of a stored record decides whether a key makes it one with a draft."""
        known = self._identities.get(record.id)
        if known is None:
            versions = versions_of(record.properties, record.layers)
            known = self._identities[record.id] = self._rules.links.identity_of(versions)
        return known

    def _reason(self, rule: str, key: MatchKey | None) -> str:
        """For what reason a rival may be who came."""
        weakness = self._rules.links.weak_value(key) if key else None
        return REASONS[weakness] if weakness else rule


def returned_properties(rules: Rules, one: Draft, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the sender should know of a record it has: configured, present, and not just sent."""
    return {
        name: stored[name]
        for name in rules.returned
        if not is_blank(stored.get(name)) and not same_value(one.values.get(name), stored[name])
    }

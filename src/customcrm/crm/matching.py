"""Which stored record a record that came is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from customcrm.crm.match_keys import MatchKey
from customcrm.crm.planning import Draft, PossibleDuplicate, possible_duplicate
from customcrm.crm.records import Record, Rules
from customcrm.crm.values import is_blank, same_value

EXTERNAL_ID: Final = "externalId"
"""The first link of every chain: not a match key, but a name."""


class Match(NamedTuple):
    """A stored record that was found, by which rule, and others that weaker rules found."""

    record: Record
    rule: str
    rivals: tuple[PossibleDuplicate, ...]


def keys_in_chain(rules: Rules, drafts: Sequence[Draft]) -> list[MatchKey]:
    """The keys to look for, each once."""
    return list({key: None for d in drafts for key in d.keys if key.kind in rules.chain})


def match(
    rules: Rules,
    one: Draft,
    by_external_id: Mapping[str, Record],
    by_key: Mapping[MatchKey, Record],
) -> Match | None:
    """Follow the chain: the strongest rule that finds a living record wins (contract: Sync).

    Args:
        rules: of the record's kind; they hold the chain.
        one: the record that came.
        by_external_id: stored records by external id.
        by_key: the oldest living record for each key.
    """
    found: list[tuple[str, Record]] = []
    for rule in rules.chain:
        if rule == EXTERNAL_ID:
            named = by_external_id.get(one.external_id)
            candidates = [named] if named and not named.deleted else []
        else:
            candidates = [by_key[k] for k in one.keys if k.kind == rule and k in by_key]
        found += [(rule, record) for record in candidates]
    if not found:
        return None
    rule, winner = found[0]
    rivals = {
        possible_duplicate(winner.id, record.id, reason)
        for reason, record in found
        if record.id != winner.id
    }
    return Match(winner, rule, tuple(sorted(rivals)))


def returned_properties(rules: Rules, one: Draft, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the sender should know of a record it has: configured, present, and not just sent."""
    return {
        name: stored[name]
        for name in rules.returned
        if not is_blank(stored.get(name)) and not same_value(one.values.get(name), stored[name])
    }

"""A record while one request changes it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from customcrm.crm.identity import Identity
from customcrm.crm.layers import Layers, said, values_of, versions_of, whispered
from customcrm.crm.match_keys import MatchKey
from customcrm.crm.records import Record, Rules
from customcrm.crm.values import is_blank, same_value


class Action(StrEnum):
    """What happened to a record, as its history tells it."""

    CREATED = "created"
    UPDATED = "updated"
    LINKED = "linked"
    RESTORED = "restored"
    DELETED = "deleted"
    MERGED = "merged"
    UNMERGED = "unmerged"
    ASSOCIATED = "associated"
    DISSOCIATED = "dissociated"


class Revision:
    """A record with the changes that one request makes to it, not stored yet.

    Args:
        rules: of the record's kind.
        record: as it is stored, or as it shall be when `action` is `CREATED`.
        action: what happens to it, `None` as long as nothing does.
        keys: its match keys, if the caller has them already.

    Attributes:
        external_ids: those that it is given, each with the id under which it is kept.
        layers: what was said under each of its ids, if others were merged into it.
        relayered: whether these change.
        rekeyed: whether its match keys may have changed.
        remark: what else its history tells of the change, beside the values.
        deleted: whether it is deleted in the store.
    """

    __slots__ = (
        "_identity",
        "_keys",
        "_rules",
        "action",
        "deleted",
        "external_ids",
        "id",
        "layers",
        "properties",
        "rekeyed",
        "relayered",
        "remark",
        "stored",
    )

    def __init__(
        self,
        rules: Rules,
        record: Record,
        action: Action | None = None,
        keys: tuple[MatchKey, ...] | None = None,
    ) -> None:
        self.id = record.id
        self.stored: Mapping[str, Any] = {} if action is Action.CREATED else record.properties
        self.properties = dict(record.properties)
        self.external_ids: dict[str, str] = {}
        self.layers: Layers | None = record.layers
        self.relayered = False
        self.deleted = record.deleted
        self.action = action
        self.rekeyed = False
        self.remark: Mapping[str, Any] = {}
        self._rules = rules
        self._keys = keys
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity:
        """What decides whether a key that it shares with another record makes them one."""
        if self._identity is None:
            self._identity = self._rules.links.identity_of(
                versions_of(self.properties, self.layers)
            )
        return self._identity

    @property
    def keys(self) -> tuple[MatchKey, ...]:
        """The match keys it has now, the strongest first: a deleted record has none."""
        if self.gone:
            return ()
        if self._keys is None:
            self._keys = self._rules.keys_of(self.properties)
        return self._keys

    @property
    def stored_keys(self) -> tuple[MatchKey, ...]:
        """The match keys it has in the store: a deleted record has none."""
        return self._rules.keys_of(self.stored) if self.stored and not self.deleted else ()

    def still_has(self, key: MatchKey) -> bool:
        """Whether a match key finds it, of which the store says that it finds the stored record.

        Those that its own properties do not give come from records that were merged into it.
        """
        return key in self.keys or key not in self.stored_keys

    def keys_from(self, properties: Mapping[str, Any]) -> tuple[MatchKey, ...]:
        """The match keys that a record of its kind has with these properties."""
        return self._rules.keys_of(properties)

    def supply(self, values: Mapping[str, Any], under: str | None = None) -> bool:
        """Take every value; `None` clears. Returns whether anything changed.

        Args:
            values: by property.
            under: the id under which they came, where one was merged into the record; they go
                with it when that is undone.
        """
        self._note(values, under)
        return self._set(values)

    def fill(self, values: Mapping[str, Any], under: str | None = None) -> None:
        """Take only the values for which the record has none of its own.

        Of the others, those for which the id has none that they came under are kept for it alone.
        """
        missing = {n: v for n, v in values.items() if is_blank(self.properties.get(n))}
        self.supply(missing, under)
        if self.layers is not None:
            others = {n: v for n, v in values.items() if n not in missing}
            self._relayer(whispered(self.layers, self._place(under), others))

    def whose(self, key: MatchKey) -> str | None:
        """The id under which somebody said what a match key is made of, if the record has several.

        Its own, if that was said under it as well; else the oldest one.
        """
        if self.layers is None:
            return None
        saying = [
            one
            for one, words in self.layers.items()
            if key in self._rules.keys_of({n: w.value for n, w in words.items()})
        ]
        return self.id if self.id in saying else min(saying, default=None)

    def become(self, layers: Layers) -> None:
        """Have what was said under some ids, and nothing else: one alone needs to keep no layers.

        Args:
            layers: of its own id, and of those that are merged into it now.
        """
        self._identity = None
        self.layers = layers if len(layers) > 1 else None
        self.relayered = True
        values = values_of(layers)
        self._set({**dict.fromkeys(self.properties), **values})

    def name(self, external_id: str, under: str | None = None) -> None:
        """Give the record one more external id, kept under one of its ids."""
        self.external_ids[external_id] = self._place(under)
        if self.action in {None, Action.UPDATED}:
            self.action = Action.LINKED

    def restore(self) -> bool:
        """Bring a deleted record back. Returns whether it was gone."""
        away = self.deleted and self.action is not Action.RESTORED
        if away:
            self.action = Action.RESTORED
            self.rekeyed = True
        return away

    def delete(self) -> bool:
        """Take the record away, until somebody restores it. Returns whether it was there."""
        there = not self.deleted and not self.gone
        if there:
            self.action = Action.DELETED
            self.rekeyed = True
        return there

    def _place(self, under: str | None) -> str:
        """The id under which something is kept that came under an id of the record."""
        return under if under and self.layers and under in self.layers else self.id

    def _note(self, values: Mapping[str, Any], under: str | None) -> None:
        """Note what was said under which id, if the record has several."""
        if self.layers is None:
            return
        self._relayer(said(self.layers, self._place(under), values, self.properties))

    def _relayer(self, layers: Layers) -> None:
        if layers is not self.layers:
            self._identity = None
            self.layers = layers
            self.relayered = True
            self.action = self.action or Action.UPDATED

    def _set(self, values: Mapping[str, Any]) -> bool:
        changed = False
        for name, value in values.items():
            if same_value(self.properties.get(name), value):
                continue
            if value is None:
                del self.properties[name]
            else:
                self.properties[name] = value
            if name in self._rules.key_fields:
                self._keys = None
                self.rekeyed = True
            changed = True
        if changed:
            self._identity = None
            self.action = self.action or Action.UPDATED
        return changed

    @property
    def gone(self) -> bool:
        """Whether it shall be deleted in the store."""
        return self.action is Action.DELETED

    @property
    def differs(self) -> bool:
        """Whether there is anything to store: a change may be taken back in its own batch."""
        stands = self.action is Action.RESTORED or self.relayered
        return self.gone or stands or any(self.difference())

    def difference(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What changes: the old values and the new ones, by property.

        A property that had no value is absent from the old ones; one that is cleared is None in
        the new ones. New external ids are told as the property `externalId`, a remark as it is.
        """
        before, after = self.stored, self.properties
        if before:
            changed = [
                n for n in {**before, **after} if not same_value(before.get(n), after.get(n))
            ]
            old = {name: before[name] for name in changed if name in before}
            new = {name: after.get(name) for name in changed}
        else:
            old, new = {}, dict(after)
        if self.external_ids:
            new["externalId"] = list(self.external_ids)
        return old, {**new, **self.remark}

"""Records that several external ids were joined into, and that may be two all the same."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from customcrm.crm.records import Rules

NAME_FIELDS: Final = frozenset({"firstName", "lastName", "fullName", "name"})
"""The properties that names are made from."""


class Doubt(StrEnum):
    """Why a record may be two."""

    CHANGED_NAME = "changedName"
    SHARED_KEY = "sharedKey"


class PastChange(NamedTuple):
    """The old and the new values of one change of a record."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]


def doubt_of(
    rules: Rules, properties: Mapping[str, Any], changes: Iterable[PastChange]
) -> Doubt | None:
    """Return why a record that has several external ids may be two; None if nothing says so.

    It may be two if one of its senders has given it a name that does not agree with the one before,
    or if it has no key that is a single record's own: then only a key that is weak by now can have
    joined them.

    Args:
        rules: of its kind.
        properties: its properties now.
        changes: what its senders have changed.
    """
    for change in changes:
        if not NAME_FIELDS.isdisjoint(change.old.keys() & change.new.keys()):
            before, after = (
                rules.links.identity_of([{**properties, **values}]).names
                for values in (change.old, change.new)
            )
            if before and after and not rules.links.agree(before[0], after[0]):
                return Doubt.CHANGED_NAME
    identity = rules.links.identity_of([properties])
    return None if any(map(identity.own, rules.links.strong)) else Doubt.SHARED_KEY

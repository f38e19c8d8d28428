"""What a record is, and which rules hold for each kind of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from customcrm.crm.identity import COMPANY_LINKS, CONTACT_LINKS, LinkRules
from customcrm.crm.layers import Layers
from customcrm.crm.match_keys import (
    COMPANY_CHAIN,
    COMPANY_KEY_FIELDS,
    CONTACT_CHAIN,
    CONTACT_KEY_FIELDS,
    STRONG_COMPANY,
    STRONG_CONTACT,
    MatchKey,
    company_keys,
    contact_keys,
)

EXTERNAL_ID: Final = "externalId"
"""The first link of every chain: not a match key, but a name."""


class Kind(StrEnum):
    """The two kinds of record. The value is also the prefix of its ids."""

    CONTACT = "contact"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Record:
    """A stored contact or company.

    Attributes:
        id: our id, the contract's `crmId`.
        properties: every property that has a value, documented or not, as it came.
        deleted: whether a person has deleted it.
        layers: what was said under each of its ids, if others were merged into it.
        under: the merged id by which it was found, if it was found by one.
    """

    id: str
    properties: dict[str, Any]
    deleted: bool = False
    layers: Layers | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between contacts and companies.

    Attributes:
        kind: which of the two.
        keys_of: the match keys of some properties, the strongest first.
        key_fields: the properties that match keys are made from.
        strong: the kinds of key that make a new external id another name of a record.
        links: whether a key that two records share makes them one.
        chain: in which order a record is looked for; every key of it is a kind of match key, but
            `externalId`.
        returned: the properties that go back at sync.
        synonyms: other names of documented properties.
    """

    kind: Kind
    keys_of: Callable[[Mapping[str, Any]], tuple[MatchKey, ...]]
    key_fields: frozenset[str]
    strong: frozenset[str]
    links: LinkRules
    chain: tuple[str, ...]
    returned: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict)

    def stronger_than(self, kind: str) -> tuple[str, ...]:
        """Return the kinds of key that come before one in the chain."""
        place = self.chain.index(kind) if kind in self.chain else 0
        return tuple(one for one in self.chain[:place] if one != EXTERNAL_ID)

    def in_one_tongue(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values by their documented names. Where both names came, both are kept."""
        if self.synonyms.keys().isdisjoint(values):
            return values
        return {
            name if self.synonyms.get(name, name) in values else self.synonyms[name]: value
            for name, value in values.items()
        }


CONTACT_RULES: Final = Rules(
    kind=Kind.CONTACT,
    keys_of=contact_keys,
    key_fields=CONTACT_KEY_FIELDS,
    strong=STRONG_CONTACT,
    links=CONTACT_LINKS,
    chain=CONTACT_CHAIN,
    returned=(
        "email",
        "phone",
        "mobilePhone",
        "leadScore",
        "lifecycleStage",
        "lastActivityDate",
    ),
)
"""As the contract documents them for contacts (section Sync)."""

COMPANY_RULES: Final = Rules(
    kind=Kind.COMPANY,
    keys_of=company_keys,
    key_fields=COMPANY_KEY_FIELDS,
    strong=STRONG_COMPANY,
    links=COMPANY_LINKS,
    chain=COMPANY_CHAIN,
    returned=("accountTier", "totalDeals", "lifetimeValue"),
    synonyms={"employeeCount": "numberOfEmployees"},
)
"""As the contract documents them for companies (section Sync)."""

"""Whether a key that two records share makes them one (contract, Create and Sync).

A key links on its own if it is strong and its holder's own: a personal email, a company's domain, a
LinkedIn page. Every other key may be shared by different people or companies. It finds nobody whose
stronger keys all contradict, and a weak one only those whose name agrees. Create, sync, the
explanation of a match, records made by hand and the search for duplicates all ask here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, Final, NamedTuple

from customcrm.crm.documented_fields import DOMAIN_FIELDS
from customcrm.crm.domain import page_of
from customcrm.crm.mailboxes import is_role_mailbox
from customcrm.crm.match_keys import (
    COMPANY_KEYS_BY_KIND,
    CONTACT_KEYS_BY_KIND,
    STRONG_COMPANY,
    STRONG_CONTACT,
    MatchKey,
    domains,
)
from customcrm.crm.name_agreement import (
    companies_agree,
    company_name,
    people_agree,
    person_name,
)
from customcrm.crm.shared_domains import is_shared

MAX_HOLDERS: Final = 50
"""Holders of one key that are looked at, the oldest first. A key that more share says nothing."""


class Weakness(StrEnum):
    """Why a key may be shared by different people or companies."""

    ROLE_MAILBOX = "role mailbox"
    SHARED_DOMAIN = "shared domain"
    OWN_PAGE = "page of its own"
    PHONE = "phone"


REASONS: Final[Mapping[Weakness, str]] = {
    Weakness.ROLE_MAILBOX: "sharedEmail",
    Weakness.SHARED_DOMAIN: "sharedDomain",
    Weakness.OWN_PAGE: "sharedDomain",
}
"""For what reason two records may be one that share a weak key."""


class Difference(StrEnum):
    """In what two records differ that share a key."""

    KEYS = "keys"
    NAMES = "names"
    ADDRESS = "address"


class Objection(NamedTuple):
    """Why a key that two records share does not make them one.

    Attributes:
        difference: in what they differ.
        kinds: the kinds of key that contradict, by name.
    """

    difference: Difference
    kinds: tuple[str, ...] = ()


Versions = Iterable[Mapping[str, Any]]
"""The properties of a record, and those that came under each of its merged ids."""


class _Derivation(NamedTuple):
    """How the identity of one kind of record is derived from its properties.

    Attributes:
        keys: the values of the keys of each kind.
        weakness_of: for the kinds of which keys may be weak: why one is, and the path of its page;
            None and empty if neither.
        name_of: the name; None if there is none.
    """

    keys: Mapping[str, Callable[[Mapping[str, Any]], Iterable[str]]]
    weakness_of: Mapping[str, Callable[[MatchKey, Mapping[str, Any]], tuple[Weakness | None, str]]]
    name_of: Callable[[Mapping[str, Any]], Any]


class _KeysOfKind(NamedTuple):
    """The keys of one kind: those that are not weak, those that are, and the path of a page."""

    own: AbstractSet[str]
    weak: Mapping[str, Weakness]
    page: str


_NO_KEYS: Final = _KeysOfKind(frozenset(), {}, "")


class Identity:
    """What of a record decides whether a key that it shares with another makes them one.

    Keys of a kind and names are derived when they are first needed: most comparisons need the
    stronger kinds only.
    """

    __slots__ = ("_derivation", "_keys", "_names", "_versions")

    def __init__(self, derivation: _Derivation, versions: Versions) -> None:
        self._derivation = derivation
        self._versions = tuple(versions)
        self._keys: dict[str, _KeysOfKind] = {}
        self._names: tuple[Any, ...] | None = None

    def own(self, kind: str) -> AbstractSet[str]:
        """Return the values of its keys of a kind that are not weak."""
        return self._of_kind(kind).own

    def weakness(self, key: MatchKey) -> Weakness | None:
        """Return why one of its keys is weak; None if it is not, or is none of its keys."""
        return self._of_kind(key.kind).weak.get(key.value)

    @property
    def page(self) -> str:
        """Where its domain is a page of a site, its path."""
        return self._of_kind("domain").page

    @property
    def names(self) -> tuple[Any, ...]:
        """Its names, one for each id whose properties have one; empty if it has none."""
        if self._names is None:
            names = (self._derivation.name_of(properties) for properties in self._versions)
            self._names = tuple(dict.fromkeys(name for name in names if name is not None))
        return self._names

    def _of_kind(self, kind: str) -> _KeysOfKind:
        known = self._keys.get(kind)
        if known is None:
            known = self._keys[kind] = self._derived(kind)
        return known

    def _derived(self, kind: str) -> _KeysOfKind:
        values_of = self._derivation.keys.get(kind)
        if values_of is None:
            return _NO_KEYS
        weakness_of = self._derivation.weakness_of.get(kind)
        if weakness_of is None:
            return _KeysOfKind(
                frozenset(chain.from_iterable(map(values_of, self._versions))), {}, ""
            )
        own: set[str] = set()
        weak: dict[str, Weakness] = {}
        page = ""
        for properties in self._versions:
            for value in values_of(properties):
                weakness, path = weakness_of(MatchKey(kind, value), properties)
                if weakness is None:
                    own.add(value)
                else:
                    weak[value] = weakness
                    page = page or path
        return _KeysOfKind(own, weak, page)


def contact_identity(versions: Versions) -> Identity:
    """Return the identity of a contact."""
    return Identity(_CONTACT, versions)


def company_identity(versions: Versions) -> Identity:
    """Return the identity of a company."""
    return Identity(_COMPANY, versions)


def _weakness_of(key: MatchKey, properties: Mapping[str, Any]) -> tuple[Weakness | None, str]:
    """Why the domain of a company is weak, and the path of its page."""
    page = next((page_of(one.value) for one in domains(properties) if one.match_key), "")
    return _weak_domain(key) or (Weakness.OWN_PAGE if page else None), page


@dataclass(frozen=True, slots=True)
class LinkRules:
    """What differs between contacts and companies in whether a key links two records.

    Attributes:
        identity_of: the identity of a record, from its properties.
        strong: the kinds of key that link on their own, unless a key is weak.
        weak_value: why every key with this value is weak; None if it is not by its value alone.
        by_page: the kind of key that a page in its property makes weak; empty if none is.
        by_name: the kinds that link only where the names agree, whatever their value.
        agree: whether two names may be one's.
    """

    identity_of: Callable[[Versions], Identity]
    strong: frozenset[str]
    weak_value: Callable[[MatchKey], Weakness | None]
    by_page: str
    by_name: Mapping[str, Weakness]
    agree: Callable[[Any, Any], bool]

    def links_alone(self, key: MatchKey, *sides: Mapping[str, Any]) -> bool:
        """Return whether a key makes two records one whatever else is known of them.

        Args:
            key: that both have.
            sides: the properties of both.
        """
        if key.kind not in self.strong or self.weak_value(key) is not None:
            return False
        return not (key.kind == self.by_page and any(map(has_page, sides)))

    def weakness(self, key: MatchKey, *sides: Identity) -> Weakness | None:
        """Return why a key is weak on one of these sides; None if it is not."""
        weakness = self.weak_value(key)
        if weakness is None and key.kind == self.by_page:
            weakness = next(filter(None, (side.weakness(key) for side in sides)), None)
        return weakness or self.by_name.get(key.kind)

    def is_beyond_doubt(
        self, key: MatchKey, came: Identity, stronger: Collection[str] = ()
    ) -> bool:
        """Return whether nothing that came could speak against the key, whoever has it.

        Takes what `objection` takes, and saves to look at the holder.
        """
        if key.kind in self.strong or (came.names and key.kind in self.by_name):
            return False
        return not any(came.own(kind) for kind in stronger)

    def objection(
        self, key: MatchKey, came: Identity, holder: Identity, stronger: Collection[str] = ()
    ) -> Objection | None:
        """Return why a key that two records share does not make them one; None if it does.

        Args:
            key: that both have.
            came: the record that is looked for.
            holder: the stored record that has the key.
            stronger: the kinds of key that are stronger than this one. A strong kind asks none of
                them, unless this key is weak: then it asks all strong kinds.
        """
        weakness = self.weakness(key, came, holder)
        strong = key.kind in self.strong
        if strong and weakness is None:
            return None
        opposed = contradicting(came, holder, {*self.strong, *stronger} if strong else stronger)
        if opposed:
            return Objection(Difference.KEYS, opposed)
        if weakness is None:
            return None
        if came.names and holder.names:
            if any(self.agree(one, other) for one in came.names for other in holder.names):
                return None
            return Objection(Difference.NAMES)
        return None if _same_address(weakness, came, holder) else Objection(Difference.ADDRESS)


def has_page(properties: Mapping[str, Any]) -> bool:
    """Return whether the domain or website of a company is a page of a site."""
    values = (properties.get(field) for field in DOMAIN_FIELDS)
    return any(value is not None and page_of(value) for value in values)


def contradicting(one: Identity, other: Identity, kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of key by which two records are different; none unless all contradict.

    A kind contradicts where both have keys of it that are not weak, and none in common. A key in
    common, of whichever of these kinds, settles that they do not contradict.
    """
    opposed = []
    for kind in sorted(kinds):
        mine, theirs = one.own(kind), other.own(kind)
        if mine and theirs:
            if not mine.isdisjoint(theirs):
                return ()
            opposed.append(kind)
    return tuple(opposed)


def _same_address(weakness: Weakness, came: Identity, holder: Identity) -> bool:
    """Whether two records, one of which has no name, may be one by their addresses.

    Two pages of one site are two. A domain that many share says nothing at all where neither has a
    name, unless both have the same page there.
    """
    if came.page and holder.page:
        return came.page == holder.page
    return weakness is not Weakness.SHARED_DOMAIN or bool(came.names or holder.names)


def _weak_email(key: MatchKey) -> Weakness | None:
    role = key.kind == "email" and is_role_mailbox(key.value)
    return Weakness.ROLE_MAILBOX if role else None


def _weak_domain(key: MatchKey) -> Weakness | None:
    shared = key.kind == "domain" and is_shared(key.value)
    return Weakness.SHARED_DOMAIN if shared else None


_CONTACT: Final = _Derivation(
    CONTACT_KEYS_BY_KIND, {"email": lambda key, _: (_weak_email(key), "")}, person_name
)
_COMPANY: Final = _Derivation(COMPANY_KEYS_BY_KIND, {"domain": _weakness_of}, company_name)

CONTACT_LINKS: Final = LinkRules(
    identity_of=contact_identity,
    strong=STRONG_CONTACT,
    weak_value=_weak_email,
    by_page="",
    by_name={"phone": Weakness.PHONE},
    agree=people_agree,
)

COMPANY_LINKS: Final = LinkRules(
    identity_of=company_identity,
    strong=STRONG_COMPANY,
    weak_value=_weak_domain,
    by_page="domain",
    by_name={},
    agree=companies_agree,
)

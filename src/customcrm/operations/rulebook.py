"""The rules in force: as the server is set, unless an admin has chosen otherwise."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple, Protocol

from customcrm.crm.records import COMPANY_RULES, CONTACT_RULES, Kind, Rules
from customcrm.errors import InvalidRequest, Problem
from customcrm.operations.freshness import Fresh
from customcrm.operations.ports import Origin, Stamp

MAX_RETURNED: Final = 200
"""Properties that may go back at sync."""

MAX_NAME: Final = 300


class Choice(NamedTuple):
    """What an admin has chosen for one kind of record; None where the server's settings hold.

    Attributes:
        chain: in which order a record is looked for.
        returned: the properties that go back at sync.
    """

    chain: tuple[str, ...] | None = None
    returned: tuple[str, ...] | None = None


NO_CHOICE: Final = Choice()

Chosen = Literal["chain", "returned"]

LINKS: Final = {rules.kind: rules.chain for rules in (CONTACT_RULES, COMPANY_RULES)}
"""All links that a chain may have."""


class RuleShelf(Protocol):
    """Where choices are kept."""

    def rule_choices(self) -> Mapping[Kind, Choice]:
        """What was chosen, for those kinds for which anything was."""

    def keep_rule_choice(
        self, kind: Kind, chosen: Chosen, names: tuple[str, ...] | None, stamp: Stamp
    ) -> Mapping[Kind, Choice]:
        """Keep one choice in the place of the one before, with its history; returns all."""


class RuleBook:
    """What holds for each kind of record, now.

    A choice made in this process holds at once, one made in another a second later. Where the
    choices cannot be read, those known last go on to hold.

    Args:
        settings: the rules as the server is set.
        shelf: where choices are kept.
        seconds: gives seconds that only grow.
    """

    def __init__(
        self,
        settings: Mapping[Kind, Rules],
        shelf: RuleShelf,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        nothing: Mapping[Kind, Choice] = {}
        self._settings = settings
        self._shelf = shelf
        self._choices = Fresh(shelf.rule_choices, nothing, seconds)

    def rules(self, kind: Kind) -> Rules:
        """The rules in force."""
        choice = self.choice(kind)
        rules = self._settings[kind]
        return replace(
            rules,
            chain=rules.chain if choice.chain is None else choice.chain,
            returned=rules.returned if choice.returned is None else choice.returned,
        )

    def as_set(self, kind: Kind) -> Rules:
        """The rules as the server's settings say, whatever was chosen."""
        return self._settings[kind]

    def choice(self, kind: Kind) -> Choice:
        """What an admin has chosen."""
        return self._choices.now().get(kind, NO_CHOICE)

    def choose_chain(self, kind: Kind, chain: Sequence[str] | None, origin: Origin) -> None:
        """Say in which order records are looked for, the strongest link first.

        Args:
            kind: of the records.
            chain: some of `LINKS`, each once; None gives it back to the settings.
            origin: who says so.

        Raises:
            InvalidRequest: it is empty, or a link is unknown or there twice.
        """
        known = LINKS[kind]
        if chain is not None and (
            not chain or len(set(chain)) < len(chain) or not set(chain) <= set(known)
        ):
            told = f"must be some of {', '.join(known)}, each once"
            raise InvalidRequest([Problem("chain", told)])
        self._keep(kind, "chain", chain, origin)

    def choose_returned(self, kind: Kind, names: Sequence[str] | None, origin: Origin) -> None:
        """Say which properties go back at sync; None gives it back to the settings.

        Raises:
            InvalidRequest: there are too many, or one has no name or one that is too long.
        """
        if names is not None and len(names) > MAX_RETURNED:
            raise InvalidRequest([Problem("returned", f"must be {MAX_RETURNED} at most")])
        if names is not None and not all(0 < len(name) <= MAX_NAME for name in names):
            raise InvalidRequest([Problem("returned", "must be names of properties")])
        self._keep(kind, "returned", names, origin)

    def _keep(
        self, kind: Kind, chosen: Chosen, names: Sequence[str] | None, origin: Origin
    ) -> None:
        told = None if names is None else tuple(dict.fromkeys(names))
        stamp = Stamp(origin.clock(), origin.actor)
        self._choices.keep(self._shelf.keep_rule_choice(kind, chosen, told, stamp))

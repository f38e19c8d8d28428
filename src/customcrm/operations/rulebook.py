"""The rules in force: as the server is set, unless an admin has chosen otherwise."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, Protocol

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

Names = Callable[[tuple[str, ...]], Sequence[str] | None]
"""From the names in force to those that shall be; None for what the settings say."""

LINKS: Final = {rules.kind: rules.chain for rules in (CONTACT_RULES, COMPANY_RULES)}
"""All links that a chain may have."""


class RuleShelf(Protocol):
    """Where choices are kept."""

    def rule_choices(self) -> Mapping[Kind, Choice]:
        """What was chosen, for those kinds for which anything was."""

    def change_rule_choice(
        self, kind: Kind, change: Callable[[Choice], Choice], stamp: Stamp
    ) -> Mapping[Kind, Choice]:
        """Change what was chosen, with its history; returns all.

        No other change comes between what the function is given and what it gives.
        """


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
        self._settings = settings
        self._shelf = shelf
        self._choices = Fresh(shelf.rule_choices, seconds)

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
        """Say in which order records are looked for; as `change_chain`, whatever held before."""
        self.change_chain(kind, lambda _: chain, origin)

    def change_chain(self, kind: Kind, change: Names, origin: Origin) -> None:
        """Change the order in which records are looked for, the strongest link first.

        Args:
            kind: of the records.
            change: from the chain in force to another one: some of `LINKS`, each once; None gives
                it back to the settings.
            origin: who says so.

        Raises:
            InvalidRequest: it is empty, or a link is unknown or there twice.
        """
        usual = self._settings[kind].chain

        def changed(choice: Choice) -> Choice:
            chain = change(usual if choice.chain is None else choice.chain)
            return choice._replace(chain=_chain(kind, chain))

        self._change(kind, changed, origin)

    def choose_returned(self, kind: Kind, names: Sequence[str] | None, origin: Origin) -> None:
        """Say which properties go back at sync; as `change_returned`, whatever held before."""
        self.change_returned(kind, lambda _: names, origin)

    def change_returned(self, kind: Kind, change: Names, origin: Origin) -> None:
        """Change which properties go back at sync.

        Args:
            kind: of the records.
            change: from the names in force to others; None gives them back to the settings.
            origin: who says so.

        Raises:
            InvalidRequest: there are too many, or one has no name or one that is too long.
        """
        usual = self._settings[kind].returned

        def changed(choice: Choice) -> Choice:
            names = change(usual if choice.returned is None else choice.returned)
            return choice._replace(returned=_returned(names))

        self._change(kind, changed, origin)

    def _change(self, kind: Kind, change: Callable[[Choice], Choice], origin: Origin) -> None:
        stamp = Stamp(origin.clock(), origin.actor)
        self._choices.keep(self._shelf.change_rule_choice(kind, change, stamp))


def _chain(kind: Kind, chain: Sequence[str] | None) -> tuple[str, ...] | None:
    known = LINKS[kind]
    if chain is not None and (
        not chain or len(set(chain)) < len(chain) or not set(chain) <= set(known)
    ):
        told = f"must be some of {', '.join(known)}, each once"
        raise InvalidRequest([Problem("chain", told)])
    return None if chain is None else tuple(chain)


def _returned(names: Sequence[str] | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    if len(names) > MAX_RETURNED:
        raise InvalidRequest([Problem("returned", f"must be {MAX_RETURNED} at most")])
    if not all(0 < len(name) <= MAX_NAME for name in names):
        raise InvalidRequest([Problem("returned", "must be names of properties")])
    return tuple(dict.fromkeys(names))

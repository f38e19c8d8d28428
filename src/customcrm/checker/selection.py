"""Which checks a run consists of."""

from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

from customcrm.checker.check import Check


class BadSelection(ValueError):
    """Patterns by which no check is chosen; says which and why."""


class NothingLeft(BadSelection):
    """All that is chosen is skipped again."""

    def __init__(self) -> None:
        super().__init__("No check is left: --skip takes away all that --only chooses")


class MeansNothing(BadSelection):
    """A pattern that means no check."""

    def __init__(self, pattern: str) -> None:
        super().__init__(
            f"No check is meant by {pattern!r}. It can be an id, a pattern such as "
            "'contacts.*', a group such as Syncs, or a level such as MUST; --list shows them all."
        )


def choose(
    checks: Sequence[Check], only: Collection[str], skip: Collection[str]
) -> tuple[Check, ...]:
    """The checks that are meant by a pattern of `only`, if there is one, and by none of `skip`.

    Raises:
        BadSelection: a pattern means no check, or no check is left.
    """
    chosen = _meant(checks, only) if only else {check.id for check in checks}
    chosen -= _meant(checks, skip)
    if not chosen:
        raise NothingLeft
    return tuple(check for check in checks if check.id in chosen)


def _meant(checks: Sequence[Check], patterns: Collection[str]) -> set[str]:
    """The ids of the checks that some pattern means."""
    meant: set[str] = set()
    for pattern in patterns:
        found = {check.id for check in checks if _means(pattern, check)}
        if not found:
            raise MeansNothing(pattern)
        meant |= found
    return meant


def _means(pattern: str, check: Check) -> bool:
    if pattern.casefold() in {check.group.casefold(), check.level.casefold()}:
        return True
    return fnmatchcase(check.id, pattern) or check.id.startswith(f"{pattern}.")

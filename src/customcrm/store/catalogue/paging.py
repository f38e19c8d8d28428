"""Pages by place: a page begins where the last one ended, however many lines are before it."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, UnaryExpression, literal, tuple_

from customcrm.operations.browsing.cards import MAX_PAGE, Cursor, Page

Item = TypeVar("Item")
Other = TypeVar("Other")

FAR: Final = 2**63 - 1
"""The moment that nothing comes after."""


class Line(NamedTuple):
    """A line with what orders it."""

    value: str | int
    number: int
    item: Any

    @property
    def place(self) -> tuple[str | int, int]:
        """Where it stands among the others."""
        return self.value, self.number


class Direction(NamedTuple):
    """In which direction a list is read, and from where.

    Attributes:
        columns: what orders it, the second one of which no two lines share.
        descending: whether it is read from the largest on.
        start: the place after which it begins, if not at its end.
    """

    columns: tuple[ColumnElement[Any], ColumnElement[Any]]
    descending: bool
    start: tuple[Any, Any] | None

    def beyond(self) -> list[ColumnElement[bool]]:
        """The condition for lines to come after the start."""
        if self.start is None:
            return []
        place = tuple_(*(literal(v, c.type) for v, c in zip(self.start, self.columns, strict=True)))
        here = tuple_(*self.columns)
        return [here < place if self.descending else here > place]

    def order(self) -> list[UnaryExpression[Any]]:
        """How the lines are ordered."""
        return [one.desc() if self.descending else one.asc() for one in self.columns]


def clamped(size: int) -> int:
    """A number of lines that a page may have."""
    return max(1, min(size, MAX_PAGE))


def page_of(lines: Sequence[Line], at: Cursor | None, size: int) -> Page[Any]:
    """The page that some lines make, of which there is one more than the page has if more follow.

    Args:
        lines: in the direction in which they were read: that of the list, or the other one.
        at: where they began.
        size: lines of a page.
    """
    more, shown = len(lines) > size, list(lines[:size])
    backwards = at is not None and at.backwards
    if backwards:
        shown.reverse()
    earlier, later = (more, True) if backwards else (at is not None, more)
    return Page(
        tuple(line.item for line in shown),
        before=Cursor(*shown[0].place, backwards=True) if shown and earlier else None,
        after=Cursor(*shown[-1].place) if shown and later else None,
    )


def mapped(page: Page[Item], change: Callable[[Sequence[Item]], Sequence[Other]]) -> Page[Other]:
    """The page with other lines in the place of its own."""
    return Page(tuple(change(page.items)), page.before, page.after, page.ordered)

"""Saved views: a list with its filters, order and columns, under a name.

What a list shows is in its address, so a view is the query of an address. It is its owner's alone,
or shared with everybody; whoever sees it may have it at the side of every page.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from customcrm.crm.text import has_visible
from customcrm.errors import WorkRefused
from customcrm.operations.accounts.people import Person, Role
from customcrm.operations.nouns import Noun
from customcrm.operations.ports import Origin

MAX_VIEWS: Final = 100
"""Views of one person."""

MAX_VIEW_NAME: Final = 100
MAX_QUERY: Final = 2_000
"""Characters of a view's query."""


class View(NamedTuple):
    """A saved view, as one person sees it.

    Attributes:
        id: its own.
        owner_id: the user whose it is.
        noun: what it lists.
        name: for people.
        query: of the list's address, without the question mark.
        shared: whether everybody sees it.
        pinned: whether this person has it at the side of every page.
    """

    id: str
    owner_id: str
    noun: Noun
    name: str
    query: str
    shared: bool = False
    pinned: bool = False


class ViewShelf(Protocol):
    """Where views are kept. A view is seen by its owner and, if it is shared, by everybody.

    Raises:
        StoreUnavailable: the data cannot be reached now.
    """

    def views(self, user_id: str, noun: Noun) -> Sequence[View]:
        """The views of one list that somebody sees: their own, then those of others, by name."""

    def pinned(self, user_id: str) -> Sequence[View]:
        """The views that somebody has at the side, in the order in which they were put there."""

    def view(self, user_id: str, view_id: str, *, deleted: bool = False) -> View | None:
        """One view, if somebody sees it: one that is there, or one that is deleted."""

    def add_view(self, view: View, at: datetime, most: int) -> bool:
        """Keep a new view. Returns whether its owner had fewer than so many."""

    def keep_view(self, view: View, at: datetime) -> None:
        """Keep a view's name and query, and whether it is shared."""

    def move_view(self, view_id: str, deleted_at: datetime | None) -> None:
        """Delete a view, or bring it back."""

    def pin_view(self, user_id: str, view_id: str, at: datetime | None) -> None:
        """Put a view at somebody's side, or take it away."""


def may_change(view: View, person: Person) -> bool:
    """Whether somebody may change a view: its owner, and of shared ones an admin."""
    return view.owner_id == person.id or (view.shared and person.role is Role.ADMIN)


def save_view(shelf: ViewShelf, view: View, origin: Origin) -> View:
    """Keep a view that is new; its id is given to it here.

    Raises:
        WorkRefused: it has no name, something is too long, or its owner has too many.
    """
    view = view._replace(id=origin.new_id("view"), name=checked(view.name))
    _check_query(view.query)
    if not shelf.add_view(view, origin.clock(), MAX_VIEWS):
        raise WorkRefused(f"You have {MAX_VIEWS} views already: delete one first")
    return view


def change_view(shelf: ViewShelf, view: View, origin: Origin) -> None:
    """Keep a view as it is now.

    Raises:
        WorkRefused: its name is none, or something is too long.
    """
    _check_query(view.query)
    shelf.keep_view(view._replace(name=checked(view.name)), origin.clock())


def checked(name: str) -> str:
    """A name without what surrounds it.

    Raises:
        WorkRefused: it is none, or too long.
    """
    told = " ".join(name.split())
    if not has_visible(told):
        raise WorkRefused("Give the view a name")
    if len(told) > MAX_VIEW_NAME:
        raise WorkRefused(f"A name has at most {MAX_VIEW_NAME} characters")
    return told


def _check_query(query: str) -> None:
    if len(query) > MAX_QUERY:
        raise WorkRefused("This list has too many filters and columns to be saved")

"""What somebody sees when a page cannot be shown: one table."""

from typing import Final, NamedTuple

from customcrm.dashboard.desk import Page, Visit
from customcrm.errors import (
    EditConflict,
    MergedMeanwhile,
    MergeNotFound,
    MergeTooOld,
    MergeWithItself,
    NotFound,
    RecordGone,
    StoreUnavailable,
    SurvivorDeleted,
    SurvivorMerged,
    UserNotFound,
    WorkRefused,
)


class DashboardError(Exception):
    """A page cannot be shown, for a reason of its own."""


class Forbidden(DashboardError):
    """Somebody is signed in, and may not."""


class Forged(DashboardError):
    """A form that no page of ours has sent, or one that is out of date."""


class Gone(DashboardError):
    """Something was sent by somebody who is not signed in any more."""


class QueryRefused(DashboardError):
    """A part of an address is not understood; the message says which, for people."""


class PageNotFound(DashboardError):
    """There is no such page, or nothing to show on it."""


class TooManyStreams(DashboardError):
    """So many tabs listen already that one more would be too much."""


class Told(NamedTuple):
    """What a failure says: status, title, and what to do."""

    status: int
    title: str
    advice: str


TOLD: Final[dict[type[Exception], Told]] = {
    Forbidden: Told(403, "Not for you", "Only an admin may do this. Ask one of them."),
    Forged: Told(
        403,
        "This form is out of date",
        "Nothing was changed. Go back, reload the page and send it again.",
    ),
    Gone: Told(401, "You are signed out", "Nothing was changed. Sign in and do it again."),
    PageNotFound: Told(
        404, "Nothing here", "There is no such page or record. The link may be mistyped."
    ),
    NotFound: Told(404, "Nothing here", "It may never have been here, or the link is mistyped."),
    RecordGone: Told(
        404, "Not here any more", "Nothing was changed. Somebody may have deleted this record."
    ),
    EditConflict: Told(
        409,
        "Changed meanwhile",
        "Somebody else has changed the same value. Nothing was stored: look again, then decide.",
    ),
    WorkRefused: Told(
        409, "Not possible", "Nothing was changed. It may be over, too old, or done already."
    ),
    UserNotFound: Told(404, "Nobody here", "They may have left the team, or cannot sign in."),
    MergeWithItself: Told(
        409, "One and the same", "Nothing was changed. Choose another record to merge it with."
    ),
    MergedMeanwhile: Told(
        409,
        "Merged meanwhile",
        "Somebody else has merged one of these two. Nothing was changed: look again, then decide.",
    ),
    MergeNotFound: Told(404, "Nothing here", "There was no such merge. The link may be mistyped."),
    MergeTooOld: Told(
        409, "Too long ago", "A merge can be undone for 30 days. Nothing was changed."
    ),
    SurvivorMerged: Told(
        409, "Merged further", "It was merged into another one since. Undo that merge first."
    ),
    SurvivorDeleted: Told(
        409, "Deleted since", "Restore the record first, and then undo the merge."
    ),
    QueryRefused: Told(400, "This address is not understood", ""),
    TooManyStreams: Told(
        503, "Too many open tabs", "This page does not refresh by itself. Close some of them."
    ),
    StoreUnavailable: Told(
        503, "The database is away", "Nothing was changed. Try again in a moment."
    ),
}

BROKEN: Final = Told(
    500,
    "Something failed here",
    "It was our fault, and the server's log says more. Nothing was half done.",
)


def page_of(error: Exception) -> Page:
    """The page that tells of a failure."""
    told = next((TOLD[kind] for kind in type(error).__mro__ if kind in TOLD), BROKEN)
    if isinstance(error, QueryRefused):
        told = told._replace(advice=str(error))
    return Page("failure.html", {"told": told}, told.status)


def no_such_page(visit: Visit) -> Page:
    """GET /view/… of which there is nothing."""
    del visit
    raise PageNotFound

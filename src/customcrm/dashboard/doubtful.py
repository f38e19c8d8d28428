"""Records that several of Enginy's records were joined into, and that may be two."""

from collections.abc import Mapping
from typing import Final

from customcrm.crm.doubts import Doubt
from customcrm.crm.records import Kind
from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Undo, Visit
from customcrm.dashboard.duplicates import kind_of
from customcrm.dashboard.query_reader import QueryReader
from customcrm.dashboard.tasks import came_from
from customcrm.operations.ports import Stamp

LIST: Final = "/view/duplicates/joined"

DOUBTS: Final[Mapping[str, str]] = {
    Doubt.SHARED_KEY: "Joined by a shared mailbox or domain",
    Doubt.CHANGED_NAME: "Came under two names",
}


def joined(visit: Visit) -> Reply:
    """GET /view/duplicates/joined."""
    reader = QueryReader(visit.query, ("kind",))
    kind = kind_of(reader.choice("kind", list(Kind)))
    records = [] if reader.problems else visit.desk.merges.doubtful_records(kind)
    return Page(
        "joined.html",
        {
            "kind": kind,
            "records": records,
            "reasons": DOUBTS,
            "problems": reader.problems,
            "here": f"{LIST}?kind={kind}",
        },
    )


def dismiss_joined(visit: Visit) -> Reply:
    """POST /view/duplicates/joined/dismiss."""
    kind, record_id, back = _asked(visit)
    stamp = Stamp(visit.origin.clock(), visit.origin.actor)
    if not visit.desk.merges.dismiss_doubt(kind, record_id, stamp):
        return Redirect(back)
    undo = Undo(f"{LIST}/suggest", {**visit.form, "back": back})
    return Redirect(back, toast=Toast("It is one record, and will not be listed again", undo))


def suggest_joined(visit: Visit) -> Reply:
    """POST /view/duplicates/joined/suggest."""
    kind, record_id, back = _asked(visit)
    visit.desk.merges.doubt_again(kind, record_id)
    return Redirect(back)


def _asked(visit: Visit) -> tuple[Kind, str, str]:
    """The kind, the record and the page that a form names."""
    return kind_of(visit.form.get("kind")), visit.form.get("record", ""), came_from(visit, LIST)

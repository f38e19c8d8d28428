"""What was written last, found by the ends of a few indexes: its cost does not grow."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import CompoundSelect, Connection, func, select, union_all

from customcrm.crm.records import Kind
from customcrm.operations.browsing.live import LATEST, Latest, Mark, Written
from customcrm.store.batch import singles, text_batch
from customcrm.store.card_tables import OUTBOX
from customcrm.store.tables import ACTIVITIES, ASSOCIATIONS, CALLS, HISTORY, RECORDS, TASKS

_NOUNS: Final = ("contact", "company", "task")
_ASKED: Final = text_batch("id")

_MARK: Final = select(
    select(func.max(HISTORY.c.number)).scalar_subquery(),
    select(func.max(ACTIVITIES.c.id)).scalar_subquery(),
    select(func.max(CALLS.c.number)).scalar_subquery(),
    select(func.min(OUTBOX.c.number)).scalar_subquery(),
    select(func.max(OUTBOX.c.number)).scalar_subquery(),
)
_NEWEST: Final = (
    select(HISTORY.c.number, HISTORY.c.record_id, HISTORY.c.at)
    .order_by(HISTORY.c.number.desc())
    .limit(LATEST)
    .subquery("newest")
)
_CHANGES: Final = select(_NEWEST, TASKS.c.contact_id, TASKS.c.company_id).outerjoin(
    TASKS, TASKS.c.id == _NEWEST.c.record_id
)
_ACTIVITIES: Final = (
    select(
        ACTIVITIES.c.id, ACTIVITIES.c.contact_id, ACTIVITIES.c.company_id, ACTIVITIES.c.created_at
    )
    .order_by(ACTIVITIES.c.id.desc())
    .limit(LATEST)
)
_CALLS: Final = select(CALLS.c.number, CALLS.c.at).order_by(CALLS.c.number.desc()).limit(1)
_SURVIVORS: Final = {
    kind: select(tables.records.c.id, tables.records.c.merged_into)
    .join_from(_ASKED, tables.records, tables.records.c.id == _ASKED.c.id)
    .where(tables.records.c.merged_into.is_not(None))
    for kind, tables in RECORDS.items()
}


def _companies() -> CompoundSelect[Any]:
    """The companies of contacts and of what was merged into them."""
    contact, company = (RECORDS[kind].records for kind in (Kind.CONTACT, Kind.COMPANY))
    found = select(_ASKED.c.id, func.coalesce(company.c.merged_into, company.c.id))
    merged = found.join_from(_ASKED, contact, contact.c.merged_into == _ASKED.c.id)
    return union_all(
        *(
            those.join(company, company.c.id == ASSOCIATIONS.c.company_id)
            for those in (
                found.join_from(_ASKED, ASSOCIATIONS, ASSOCIATIONS.c.contact_id == _ASKED.c.id),
                merged.join(ASSOCIATIONS, ASSOCIATIONS.c.contact_id == contact.c.id),
            )
        )
    )


_COMPANIES: Final = _companies()


def mark(connection: Connection) -> Mark:
    """As `Catalogue.mark`."""
    change, activity, call, first, last = connection.execute(_MARK).one()
    return Mark(change or 0, activity or "", call or 0, None if last is None else (first, last))


def latest(connection: Connection, known: Collection[str]) -> Latest:
    """As `Catalogue.latest`."""
    found = [*_changes(connection), *_activities(connection), *_calls(connection)]
    fresh = [one for one in found if one.key not in known]
    return Latest(
        mark(connection),
        frozenset(one.key for one in found),
        _with_others(connection, fresh) if fresh else (),
    )


def _changes(connection: Connection) -> list[Written]:
    rows = connection.execute(_CHANGES).all()
    nouns = ((row, row.record_id.partition("_")[0]) for row in rows)
    return [
        Written(f"change {row.number}", row.at, noun, _ids(row.record_id, row))
        for row, noun in nouns
        if noun in _NOUNS
    ]


def _activities(connection: Connection) -> list[Written]:
    rows = connection.execute(_ACTIVITIES).all()
    return [Written(row.id, row.created_at, "activity", _ids(row.id, row)) for row in rows]


def _calls(connection: Connection) -> list[Written]:
    rows = connection.execute(_CALLS).all()
    return [Written(f"call {row.number}", row.at, "call", frozenset()) for row in rows]


def _ids(own: str, row: Any) -> frozenset[str]:
    return frozenset(one for one in (own, row.contact_id, row.company_id) if one)


def _with_others(connection: Connection, fresh: Sequence[Written]) -> list[Written]:
    """What was written, also under the ids of those whose pages tell of it as well.

    A company's page tells of its people; that of a survivor, of whoever was merged into it.
    """
    shown = _survivors(connection, fresh)
    named = frozenset().union(*(one.ids for one in shown))
    companies = _grouped(connection.execute(_COMPANIES, singles(sorted(named))))
    return [_under(one, companies) for one in shown]


def _survivors(connection: Connection, fresh: Sequence[Written]) -> list[Written]:
    asked = singles(sorted(frozenset().union(*(one.ids for one in fresh))))
    merged = _grouped(pair for kind in Kind for pair in connection.execute(_SURVIVORS[kind], asked))
    return [_under(one, merged) for one in fresh]


def _grouped(pairs: Iterable[Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return found


def _under(one: Written, others: dict[str, set[str]]) -> Written:
    return one._replace(ids=one.ids.union(*(others.get(name, ()) for name in one.ids)))

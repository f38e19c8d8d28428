"""Texts of activities, and when these happened, derived for those that were stored without them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, Connection, Text, bindparam, func, select

from customcrm import log
from customcrm.crm.activity_text import ActivityText, activity_text
from customcrm.crm.activity_time import happened_at
from customcrm.store.batch import rows, singles, text_batch, update_batch
from customcrm.store.catalogue.tallies import ACTIVITY, Tally, add_tallies
from customcrm.store.columns import microseconds, to_json
from customcrm.store.derivations.derivation import ACTIVITIES as NOUN
from customcrm.store.derivations.derivation import Access, Derivation, Step
from customcrm.store.outbox import announce
from customcrm.store.tables import ACTIVITIES

TEXTS_VERSION: Final = 1
"""The version of the rules by which texts are derived. To raise it does not reach what has one."""

MAX_CHARACTERS: Final = 1_000_000
"""Characters of bodies that one step reads, unless a single body is longer."""

_BATCH: Final = text_batch("id")
_T: Final = ACTIVITIES.c
_NEXT: Final = (
    select(_T.id, func.coalesce(func.length(_T.body), 0).label("size"))
    .where(_T.id > bindparam("place", type_=Text()))
    .order_by(_T.id)
    .limit(bindparam("most", type_=BigInteger()))
)
_WITHOUT: Final = (
    select(
        *(_T.id, _T.type, _T.direction, _T.subject, _T.body, _T.metadata, _T.properties),
        *(_T.contact_id, _T.company_id, _T.occurred_at, _T.created_at, _T.happened_at),
    )
    .join_from(_BATCH, ACTIVITIES, _T.id == _BATCH.c.id)
    .where(_T.excerpt.is_(None))
)
_COLUMNS: Final = ("excerpt", "message", "automatic", "happened_at")
# An activity never changes, so a text that another server has stored meanwhile is the same.
_UPDATE: Final = update_batch(ACTIVITIES, *_COLUMNS).where(_T.excerpt.is_(None))


def _text_of(row: Any) -> ActivityText:
    headers: Mapping[str, Any] = {**row.properties, **(row.metadata or {})}
    try:
        return activity_text(row.body, row.subject, row.direction, headers)
    except Exception:  # noqa: BLE001 - one odd message must not stop all others
        log.failure("text_not_derived", activity=row.id)
        return ActivityText()


def _within_bounds(found: Sequence[Any]) -> Sequence[str]:
    """Return the ids of the first activities whose bodies together are short enough."""
    ids: list[str] = []
    size = 0
    for row in found:
        size += row.size
        if ids and size > MAX_CHARACTERS:
            break
        ids.append(row.id)
    return ids


def _derive(access: Access, place: str, size: int) -> Step:
    given = {"place": place, "most": size}
    found = access.read(lambda connection: connection.execute(_NEXT, given).all())
    ids = _within_bounds(found)
    without = access.read(lambda connection: connection.execute(_WITHOUT, singles(ids)).all())
    derived: list[tuple[Any, ...]] = []
    moved: Counter[Tally] = Counter()
    concerned: set[str] = set()
    for row in without:
        access.rest()
        text, at = _text_of(row), happened_at(row.occurred_at, row.created_at)
        message = None if text.message is None else to_json(msgspec.to_builtins(text.message))
        derived.append((row.id, text.excerpt, message, text.automatic, microseconds(at)))
        if at != row.happened_at:
            for moment, count in ((row.happened_at, -1), (at, 1)):
                tally = Tally(microseconds(moment), ACTIVITY, row.type, row.direction or "")
                moved[tally] += count
        if at != row.happened_at or text.automatic:
            concerned |= {one for one in (row.contact_id, row.company_id) if one}

    def write(connection: Connection) -> None:
        if derived:
            connection.execute(_UPDATE, rows(derived))
            add_tallies(connection, moved)
        if concerned:
            announce(connection, sorted(concerned))

    more = len(found) == size or len(ids) < len(found)
    return Step(ids[-1] if more else None, len(ids), write)


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(ACTIVITIES)).scalar_one())


ACTIVITY_TEXTS: Final = Derivation(
    name="activity texts",
    version=TEXTS_VERSION,
    noun=NOUN,
    count=_count,
    take=_derive,
)
"""The derivation that fills in the texts of activities stored before they were derived."""

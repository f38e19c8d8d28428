"""Saved views, and who has which at the side."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from customcrm.operations.nouns import Noun
from customcrm.operations.views import View
from customcrm.store.catalogue.catalogue import Read
from customcrm.store.work_tables import PINS, VIEWS

_USER: Final[BindParameter[Any]] = bindparam("user")
_PINNED_BY: Final = and_(PINS.c.view_id == VIEWS.c.id, PINS.c.user_id == _USER)
_VIEWS: Final = select(VIEWS, PINS.c.pinned_at).outerjoin_from(VIEWS, PINS, _PINNED_BY)
_THERE: Final = VIEWS.c.deleted_at.is_(None)
_SHARED: Final = VIEWS.c.shared == text("1")
_NOUN: Final = VIEWS.c.noun == bindparam("noun")
_OWN: Final = _VIEWS.where(VIEWS.c.owner_id == _USER, _NOUN, _THERE)
_OF_OTHERS: Final = _VIEWS.where(_SHARED, _NOUN, VIEWS.c.owner_id != _USER, _THERE)
_ONE: Final = _VIEWS.where(VIEWS.c.id == bindparam("view"))
_PINNED: Final = (
    select(VIEWS, PINS.c.pinned_at)
    .join_from(PINS, VIEWS, PINS.c.view_id == VIEWS.c.id)
    .where(PINS.c.user_id == _USER, _THERE)
    .order_by(PINS.c.pinned_at, VIEWS.c.id)
)
_COUNT: Final = select(func.count()).where(VIEWS.c.owner_id == _USER, _THERE)
_ADD: Final = insert(VIEWS)
_CHANGE: Final = update(VIEWS).where(VIEWS.c.id == bindparam("view"))
_PIN: Final = insert(PINS)
_UNPIN: Final = delete(PINS).where(PINS.c.user_id == _USER, PINS.c.view_id == bindparam("view"))


class StoreViews:
    """Implements `operations.views.ViewShelf` on the store's database.

    Args:
        read: runs a function in a transaction that only reads.
        write: runs a function in a transaction that writes.
    """

    def __init__(self, read: Read, write: Read) -> None:
        self._read = read
        self._write = write

    def views(self, user_id: str, noun: Noun) -> list[View]:
        """As the port says."""
        given = {"user": user_id, "noun": noun.value}

        def work(connection: Connection) -> list[View]:
            return [
                *_by_name(connection, _OWN, given),
                *_by_name(connection, _OF_OTHERS, given),
            ]

        return self._read(work)

    def pinned(self, user_id: str) -> list[View]:
        """As the port says."""

        def work(connection: Connection) -> list[View]:
            found = map(_view, connection.execute(_PINNED, {"user": user_id}))
            return [view for view in found if view.shared or view.owner_id == user_id]

        return self._read(work)

    def view(self, user_id: str, view_id: str, *, deleted: bool = False) -> View | None:
        """As the port says."""
        given = {"user": user_id, "view": view_id}
        row = self._read(lambda connection: connection.execute(_ONE, given).first())
        if row is None or (row.deleted_at is not None) != deleted:
            return None
        view = _view(row)
        return view if view.shared or view.owner_id == user_id else None

    def add_view(self, view: View, at: datetime, most: int) -> bool:
        """As the port says."""

        def work(connection: Connection) -> bool:
            count: int = connection.execute(_COUNT, {"user": view.owner_id}).scalar_one()
            if count >= most:
                return False
            own = {"id": view.id, "owner_id": view.owner_id, "noun": view.noun.value}
            made = {"created_at": at, "updated_at": at, "deleted_at": None}
            connection.execute(_ADD, {**own, **_values(view), **made})
            return True

        return self._write(work)

    def keep_view(self, view: View, at: datetime) -> None:
        """As the port says."""
        change = _CHANGE.values(updated_at=at, **_values(view))
        self._write(lambda connection: connection.execute(change, {"view": view.id}).rowcount)

    def move_view(self, view_id: str, deleted_at: datetime | None) -> None:
        """As the port says."""
        change = _CHANGE.values(deleted_at=deleted_at)
        self._write(lambda connection: connection.execute(change, {"view": view_id}).rowcount)

    def pin_view(self, user_id: str, view_id: str, at: datetime | None) -> None:
        """As the port says."""

        def work(connection: Connection) -> None:
            connection.execute(_UNPIN, {"user": user_id, "view": view_id})
            if at is not None:
                pin = {"user_id": user_id, "view_id": view_id, "pinned_at": at}
                connection.execute(_PIN, pin)

        self._write(work)


def _by_name(connection: Connection, query: Any, given: Mapping[str, str]) -> list[View]:
    found = map(_view, connection.execute(query, given))
    return sorted(found, key=lambda view: (view.name.casefold(), view.id))


def _values(view: View) -> dict[str, Any]:
    """What may change of a view, as columns."""
    return {"name": view.name, "query": view.query, "shared": int(view.shared)}


def _view(row: Row[Any]) -> View:
    return View(
        row.id,
        row.owner_id,
        Noun(row.noun),
        row.name,
        row.query,
        shared=bool(row.shared),
        pinned=row.pinned_at is not None,
    )

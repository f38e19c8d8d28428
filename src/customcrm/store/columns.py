"""How values are kept in columns: the same way in every database."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970, without the rounding of a float."""
    return (instant - _EPOCH) // _MICROSECOND


def moment_of(micro: int) -> datetime:
    """Return the moment of some microseconds since 1970, or the nearest that there is."""
    try:
        return _EPOCH + timedelta(microseconds=micro)
    except OverflowError:
        return _FIRST if micro < 0 else _LAST


def to_json(value: object) -> str:
    """A JSON value as text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str) -> Any:
    """The JSON value that some text holds."""
    return msgspec.json.decode(text)


class Instant(TypeDecorator[datetime]):
    """A moment, as whole microseconds since 1970: exact, sortable, alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        del dialect
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        del dialect
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A JSON value, as the text of it: nothing in it is lost, reordered or rounded."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To the database."""
        del dialect
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From the database."""
        del dialect
        return None if value is None else from_json(value)

"""Structured logs: one JSON object a line, on standard error, with no personal data in it.

`Measures` is what one request cost and did; the doors set it, lower rooms add to it, and the line
of the request is made from it.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LOGGER: Final = logging.getLogger("customcrm")


@dataclass(slots=True)
class Measures:
    """What one request cost: counted, not timed."""

    sql_statements: int = 0


_measures: ContextVar[Measures | None] = ContextVar("measures", default=None)


def measure_request() -> Measures:
    """Start counting for the request that runs in this context."""
    measures = Measures()
    _measures.set(measures)
    return measures


def count_sql_statements(statements: int) -> None:
    """Add SQL statements to the request that runs in this context, if one does."""
    measures = _measures.get()
    if measures is not None:
        measures.sql_statements += statements


class JsonLines(logging.Formatter):
    """One JSON object a record: `at`, `level`, `event`, then the fields handed over."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its newline."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line.update(fields)
        if record.exc_info:
            line["traceback"] = self._places(record)
        return json.dumps(line, default=str)

    @staticmethod
    def _places(record: logging.LogRecord) -> dict[str, object]:
        """Which exception, and where: never its message, which may quote somebody's data."""
        if not record.exc_info or record.exc_info[0] is None:
            return {}
        kind, _, trace = record.exc_info
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return {"type": kind.__name__, "at": places}


def to_standard_error() -> None:
    """Send what this process logs, and warnings of its libraries, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)
    threading.excepthook = _thread_ended


@contextmanager
def quietly() -> Iterator[None]:
    """Tell of failures only, as long as the block lasts."""
    LOGGER.setLevel(logging.WARNING)
    try:
        yield
    finally:
        LOGGER.setLevel(logging.INFO)


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    """Tell of a thread that an exception has ended as of any other failure."""
    if ended.exc_value is not None:
        caught = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        LOGGER.error("thread_ended", exc_info=caught)


def event(name: str, **fields: object) -> None:
    """Log one event with its fields: no key and no personal data among them."""
    LOGGER.info(name, extra={"fields": fields})


def failure(name: str, **fields: object) -> None:
    """Log the exception that is being handled, by its kind and place."""
    LOGGER.error(name, exc_info=sys.exc_info(), extra={"fields": fields})

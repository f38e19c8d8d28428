"""Write exports for programs: CSV and JSON Lines (decision 0043)."""

import csv
import io
from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec


def write_csv(header: Sequence[str], pages: Iterable[Sequence[Sequence[Any]]]) -> Generator[bytes]:
    """Give a CSV file in UTF-8, page by page.

    Every field is quoted, and every text is exactly what is stored: a program reads it. Text that a
    spreadsheet would take for a formula is not marked, so people are given a workbook instead.
    """
    yield _csv_lines([header])
    for page in pages:
        yield _csv_lines(page)


def _csv_lines(rows: Sequence[Sequence[Any]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([[csv_field(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8", "replace")


def csv_field(value: Any) -> str | int | float:
    """Return what a field holds for a stored value: moments in ISO 8601, lists as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() | int() | float():
            return value
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
    return msgspec.json.encode(value).decode()


def write_json_lines(pages: Iterable[Sequence[Mapping[str, Any]]]) -> Generator[bytes]:
    """Give one JSON object a line, page by page."""
    for page in pages:
        yield b"".join(msgspec.json.encode(one) + b"\n" for one in page)

"""Write a table as an Excel workbook, in constant memory (decision 0043)."""

import re
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from customcrm.crm.moments import in_zone
from customcrm.crm.property_types import PropertyType, type_of
from customcrm.iso8601 import parse

MAX_ROWS: Final = 1_048_576
"""Rows of one sheet, the header included. What is more goes on to another sheet."""

MAX_COLUMNS: Final = 16_384
"""Columns of one sheet. What is more is left out."""

MAX_TEXT: Final = 32_767
"""UTF-16 units of one cell. A longer text is cut, and ends with `…`."""

MAX_NUMBER: Final = 10**15
"""A number with more digits than these is written as text: Excel keeps 15 of them."""

PART: Final = 256 * 1024
"""Bytes of one part of the file."""

_RANGE: Final = (2.2250738585072014e-308, 9.99999999999999e307)
"""The absolute values of numbers that Excel knows, besides 0."""

_FIRST_YEAR: Final = 1900
_UNENCODABLE: Final = re.compile("[\ud800-\udfff]")
_LINE_END: Final = re.compile(r"\r\n?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{8}(?!\d)", re.ASCII)
_PLAIN_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,12})?", re.ASCII)
_OPTIONS: Final = {"constant_memory": True, "use_zip64": True}

CellValue = bool | int | float | date | datetime | str | None


def write_workbook(
    title: str,
    header: Sequence[str],
    kinds: Sequence[PropertyType | None],
    pages: Iterable[Iterable[Sequence[Any]]],
    zone: tzinfo,
    *,
    max_rows: int = MAX_ROWS,
) -> Generator[bytes]:
    """Write a table as a workbook and give its bytes, part by part.

    The workbook is written to a temporary folder first, since the table of contents of a ZIP file
    comes last. An empty part says that a page of rows has been written.

    Args:
        title: of the sheet.
        header: of the columns.
        kinds: the type that was given to each column; None where none was.
        pages: of rows of values, as they are stored.
        zone: in which moments are written: Excel has no zones.
        max_rows: of one sheet.
    """
    with TemporaryDirectory(prefix="customcrm-export-") as folder:
        path = Path(folder, "export.xlsx")
        with closing(Workbook(path, {**_OPTIONS, "tmpdir": folder})) as book:
            sheets = _Sheets(book, title, header[:MAX_COLUMNS], kinds, zone, max_rows)
            for page in pages:
                for row in page:
                    sheets.write(row)
                yield b""
        with path.open("rb") as file:
            while part := file.read(PART):
                yield part


class _Sheets:
    """The sheets of a workbook, each with the same header, filled one after the other."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        header: Sequence[str],
        kinds: Sequence[PropertyType | None],
        zone: tzinfo,
        max_rows: int,
    ) -> None:
        self._book, self._title, self._header = book, title, header
        self._kinds, self._zone, self._max_rows = kinds, zone, max_rows
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheet, self._row = self._begin(), 1

    def write(self, values: Sequence[Any]) -> None:
        """Add a row."""
        if self._row == self._max_rows:
            self._sheet, self._row = self._begin(), 1
        for column, value in enumerate(values[: len(self._header)]):
            self._write(column, value)
        self._row += 1

    def _begin(self) -> Worksheet:
        number = len(self._book.worksheets()) + 1
        sheet = self._book.add_worksheet(self._title if number == 1 else f"{self._title} {number}")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(self._header) - 1, 22)
        # Ids and phone numbers are texts on purpose.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
        for column, name in enumerate(self._header):
            _write_text(sheet, 0, column, name, self._bold)
        return sheet

    def _write(self, column: int, value: Any) -> None:
        sheet, row = self._sheet, self._row
        match cell_value(value, self._kinds[column], self._zone):
            case bool() as flag:
                sheet.write_boolean(row, column, flag)
            case int() | float() as number:
                sheet.write_number(row, column, number)
            case datetime() as moment:
                sheet.write_datetime(row, column, moment, self._moment)
            case date() as day:
                sheet.write_datetime(row, column, day, self._day)
            case str() as text:
                _write_text(sheet, row, column, text)


def cell_value(value: Any, kind: PropertyType | None, zone: tzinfo) -> CellValue:
    """Return what a cell holds for a stored value; None for an empty cell.

    A text stays a text, unless it is a date, or a number in a column that was said to have numbers.
    """
    match value:
        case None | bool():
            return value
        case int() | float():
            return value if _is_number_of_excel(value) else str(value)
        case datetime():
            return _local(value, zone) or value.isoformat(timespec="seconds")
        case date():
            return value if value.year >= _FIRST_YEAR else value.isoformat()
        case str():
            return _value_of_text(value, kind, zone)
    return msgspec.json.encode(value).decode()


def _is_number_of_excel(number: float) -> bool:
    if isinstance(number, int):
        return abs(number) < MAX_NUMBER
    return number == 0 or _RANGE[0] <= abs(number) <= _RANGE[1]


def _value_of_text(text: str, kind: PropertyType | None, zone: tzinfo) -> CellValue:
    if not text:
        return None
    if kind is PropertyType.DATE or (kind is None and _is_date(text)):
        return _date_of_text(text.strip(), zone) or text
    if kind is PropertyType.NUMBER and _PLAIN_NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _is_date(text: str) -> bool:
    # Most texts are told apart by one character: there are millions of cells.
    return text.strip()[4:5] == "-" and type_of(text) is PropertyType.DATE


def _date_of_text(text: str, zone: tzinfo) -> date | datetime | None:
    """The day or the moment that a text spells; None where Excel has none."""
    if not _DAY.match(text):
        return None
    try:
        parsed = parse(text)
    except (ValueError, OverflowError):
        return None
    if isinstance(parsed, datetime):
        return _local(parsed, zone)
    return parsed if parsed.year >= _FIRST_YEAR else None


def _local(moment: datetime, zone: tzinfo) -> datetime | None:
    """A moment as clocks of the zone show it; one without a zone stays. None before 1900."""
    local = in_zone(moment, zone) if moment.tzinfo else moment
    return local.replace(tzinfo=None) if local.year >= _FIRST_YEAR else None


def _write_text(
    sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None
) -> None:
    """Write a text cell: whatever it begins with, no spreadsheet takes it for a formula."""
    if not text.isascii():
        text = _UNENCODABLE.sub("\ufffd", text)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    text = _shortened(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library writes such a text as markup of its own, unless it comes in pieces.
        pieces = (text[:1], text[1:2], text[2:])
        sheet.write_rich_string(row, column, *pieces, *([style] if style else []))
    else:
        sheet.write_string(row, column, text, style)


def _shortened(text: str) -> str:
    if 2 * len(text) <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"

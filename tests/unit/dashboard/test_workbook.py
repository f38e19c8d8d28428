"""Workbooks hold what is stored: texts as texts, numbers as numbers, dates as dates."""

import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from customcrm.crm.property_types import PropertyType
from customcrm.dashboard.workbook import MAX_TEXT, cell_value, write_workbook

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")


def workbook(
    rows: Sequence[Sequence[Any]],
    header: Sequence[str] = ("a", "b", "c"),
    kinds: Sequence[PropertyType | None] = (None, None, None),
    *,
    max_rows: int = 1_048_576,
) -> bytes:
    pages = [rows[start : start + 2] for start in range(0, len(rows), 2)]
    return b"".join(write_workbook("Contacts", header, kinds, pages, MADRID, max_rows=max_rows))


def opened(file: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(file))


def sheet_of(file: bytes) -> Worksheet:
    sheet = opened(file).active
    assert isinstance(sheet, Worksheet)
    return sheet


def as_read(text: str) -> str:
    """Return a text as a reader of workbooks gives it: `_x0001_` spells a control character."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


TEXTS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "Acme;=cmd|'/C calc'!A0",
    "+34600111222",
    "-2",
    "@SUM(1+1)",
    "\uff1d1+1",
    "\uff0b1", "\uff0d1", "\uff20x",
    "\n=1+1",
    "\t=1",
    "\r=1",
    " =1",
    "{=SUM(A1)}",
    "'quoted",
    "007",
    "0034600111222",
    "12345678901234567890",
    "1e5",
    "TRUE",
    "#N/A",
    "2026-02-30",
    "31/01/2026",
    "https://acme.example/?a=1&b=<2>",
    "mailto:jane@acme.example",
    "internal:'Sheet1'!A1",
    "<r>bold</r>",
    '<r></is></c><c r="B2"><f>1+1</f></c><c t="inlineStr"><is></r>',
    "<r><t>&amp;</t></r>",
    "&lt;script&gt;",
    "]]>",
    "_x0041_",
    "a\x01\x0b\x1fb",
    "a\ufffe\uffffb",
    "  padded  ",
    "two\nlines",
    "👩‍💻 e\u0301 שלום",
    "\u202eevil",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_text_cell(text: str) -> None:
    sheet = sheet_of(workbook([[text, text, text]], header=[text, "b", "c"]))
    for cell in (sheet["A1"], sheet["A2"], sheet["C2"]):
        assert cell.data_type in {"s", "inlineStr"}
        assert as_read(cell.value) == text.replace("\r", "\n")
    assert (sheet.max_row, sheet.max_column) == (2, 3)


@given(st.text(max_size=20) | st.sampled_from(TEXTS))
def test_any_text_is_a_text_and_the_file_holds_no_formula(text: str) -> None:
    file = workbook([[f"x{text}", f"<r>{text}</r>", f"={text}"]], kinds=[PropertyType.TEXT] * 3)
    cells = sheet_of(file)[2]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    assert sheet_of(workbook([["a\ud83d", 1, 2]]))["A2"].value == "a\ufffd"


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000, "x" * 16_000 + "😀" * 9_000])
def test_a_text_longer_than_a_cell_is_cut(text: str) -> None:
    value = sheet_of(workbook([[text, "x" * MAX_TEXT, None]]))["A2"].value
    assert isinstance(value, str)
    assert value.endswith("…")
    assert text.startswith(value[:-1])
    assert MAX_TEXT - 1 <= len(value.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert sheet_of(workbook([["x" * MAX_TEXT, 1, 2]]))["A2"].value == "x" * MAX_TEXT


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, None, None),
        ("", None, None),
        (7, None, 7),
        (-0.5, None, -0.5),
        (True, None, True),
        (999_999_999_999_999, None, 999_999_999_999_999),
        (9_007_199_254_740_993, None, "9007199254740993"),
        (10**300, None, "1" + "0" * 300),
        (1.7e308, None, "1.7e+308"),
        (5e-324, None, "5e-324"),
        (0.0, None, 0.0),
        ("42", None, "42"),
        ("42", PropertyType.NUMBER, 42),
        ("-4.5", PropertyType.NUMBER, -4.5),
        ("007", PropertyType.NUMBER, "007"),
        ("+34600", PropertyType.NUMBER, "+34600"),
        ("1e5", PropertyType.NUMBER, "1e5"),
        ("٤٢", PropertyType.NUMBER, "٤٢"),
        ("2026-01-31", None, date(2026, 1, 31)),
        ("2026-01-31", PropertyType.TEXT, "2026-01-31"),
        ("1900-01-01", None, date(1900, 1, 1)),
        ("1899-12-31", None, "1899-12-31"),
        ("0001-01-01", None, "0001-01-01"),
        ("9999-12-31T23:59:59Z", None, datetime.fromisoformat("9999-12-31T23:59:59")),
        ("0001-01-01T00:00:00Z", None, "0001-01-01T00:00:00Z"),
        ("2026-07-01T23:30:00Z", None, datetime.fromisoformat("2026-07-02T01:30")),
        ("2026-07-01T23:30:00", None, datetime.fromisoformat("2026-07-01T23:30")),
        (" 2026-01-31", PropertyType.DATE, date(2026, 1, 31)),
        ("31/01/2026", PropertyType.DATE, "31/01/2026"),
        ("20260131", PropertyType.DATE, date(2026, 1, 31)),
        ("20260131", None, "20260131"),
        ("2026-01", PropertyType.DATE, "2026-01"),
        ("2026-01-31T24:00:00Z", None, datetime.fromisoformat("2026-02-01T01:00")),
        ("9999-12-31T24:00:00Z", PropertyType.DATE, "9999-12-31T24:00:00Z"),
        ("2026-01-31T10:00:00,5+01", None, datetime.fromisoformat("2026-01-31T10:00:00.500")),
        ("2026-02-30", PropertyType.DATE, "2026-02-30"),
        (
            datetime(2026, 1, 1, 12, tzinfo=UTC),
            PropertyType.TEXT,
            datetime.fromisoformat("2026-01-01T13:00"),
        ),
        (datetime(1, 1, 1, tzinfo=UTC), PropertyType.TEXT, "0001-01-01T00:00:00+00:00"),
        (date(2026, 1, 1), PropertyType.TEXT, date(2026, 1, 1)),
        (["a", 1], None, '["a",1]'),
        ({"a": None}, None, '{"a":null}'),
    ],
)  # fmt: skip
def test_a_cell_has_the_type_of_its_value(
    value: Any, kind: PropertyType | None, expected: Any
) -> None:
    found = cell_value(value, kind, MADRID)
    assert (found, type(found)) == (expected, type(expected))
    cell = sheet_of(workbook([[value, 1, 2]], kinds=[kind, None, None]))["A2"]
    if isinstance(expected, date) and not isinstance(expected, datetime):
        assert cell.is_date
        assert cell.number_format == "yyyy-mm-dd"
        expected = datetime.fromisoformat(expected.isoformat())
    assert cell.value == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_a_moment_near_1900_may_fall_before_it_in_a_zone() -> None:
    moment = datetime(1900, 1, 1, tzinfo=UTC)
    assert cell_value(moment, None, NEW_YORK) == "1900-01-01T00:00:00+00:00"


def test_more_rows_than_a_sheet_has_go_on_to_another() -> None:
    book = opened(workbook([[n, n, n] for n in range(7)], max_rows=4))
    assert book.sheetnames == ["Contacts", "Contacts 2", "Contacts 3"]
    values = [[row[0] for row in sheet.values] for sheet in book.worksheets]
    assert values == [["a", 0, 1, 2], ["a", 3, 4, 5], ["a", 6]]


def test_a_table_without_rows_has_its_header() -> None:
    sheet = sheet_of(workbook([]))
    assert [[cell.value for cell in row] for row in sheet.rows] == [["a", "b", "c"]]
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "A2"


def test_a_workbook_that_is_abandoned_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pages = ([[n, n, n]] for n in range(1_000))
    parts = write_workbook("Contacts", ["a", "b", "c"], [None] * 3, pages, MADRID)
    assert [next(parts), next(parts)] == [b"", b""]
    assert list(tmp_path.iterdir())
    parts.close()
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_of_which_a_row_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pages = ([[1 // n, 1, 1]] for n in (1, 0))
    with pytest.raises(ZeroDivisionError):
        list(write_workbook("Contacts", ["a", "b", "c"], [None] * 3, pages, MADRID))
    assert list(tmp_path.iterdir()) == []

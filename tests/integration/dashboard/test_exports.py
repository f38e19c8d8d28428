"""Exports as files: what is in a workbook and in a CSV file; no browser."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from customcrm.crm.records import CONTACT_RULES
from customcrm.operations.records import create_records
from tests.integration.dashboard.desk import ORIGIN, House, house


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("exports")
    with house(folder) as one:
        yield one


def exported(crm: House, query: str, noun: str = "contact") -> bytes:
    answer = crm.browser("member").get(f"/view/export/{noun}?{query}")
    assert answer.status_code == 200
    return answer.content


def rows_of(file: bytes) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(file))
    (sheet,) = book.worksheets
    assert {cell.data_type for row in sheet.rows for cell in row} <= {
        "s",
        "inlineStr",
        "n",
        "b",
        "d",
    }
    return list(sheet.values)


def test_an_export_for_people_is_a_workbook_with_typed_cells(crm: House) -> None:
    theirs = {
        "externalId": "typed",
        "lastName": "Typedcells",
        "phone": "+34600111222",
        "score": 7,
        "formula": "=1+1",
        "injected": "Acme;=cmd|'/C calc'!A0",
        "since": "2026-01-31",
        "moment": "2026-07-01T23:30:00Z",
        "long": "x" * 40_000,
        "control": "a\x01b",
    }
    create_records(crm.store, CONTACT_RULES, [theirs], ORIGIN)
    crm.store.project_pending()
    names = [name for name in theirs if name not in {"externalId", "lastName"}]
    columns = "".join(f"&col={name}" for name in [*names, "created"])
    answer = crm.browser("member").get(f"/view/export/contact?q=typedcells&format=excel{columns}")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert re.search(r'"contacts-\d{4}-\d\d-\d\d\.xlsx"', answer.headers["content-disposition"])
    header, line = rows_of(answer.content)
    assert header == ("id", "name", *names, "created")
    found = dict(zip(header, line, strict=True))
    assert found["phone"] == "+34600111222"
    assert found["score"] == 7
    assert (found["formula"], found["injected"]) == (theirs["formula"], theirs["injected"])
    assert str(found["since"]) == "2026-01-31 00:00:00"
    assert isinstance(found["moment"], datetime)
    assert isinstance(found["created"], datetime)
    assert found["long"] == "x" * 32_766 + "…"
    assert found["control"] == "a_x0001_b"


def test_a_property_of_texts_stays_text_in_a_workbook(crm: House) -> None:
    admin = crm.browser("admin")
    theirs = {"externalId": "texts", "lastName": "Alltexts", "serial": "2026-01-31", "sum": "42"}
    create_records(crm.store, CONTACT_RULES, [theirs], ORIGIN)
    crm.store.project_pending()
    for name, kind in (("serial", "text"), ("sum", "number")):
        form = {**admin.form, "kind": "contact", "name": name, "type": kind}
        assert admin.post("/view/property", form).status_code == 303
    query = "q=alltexts&format=excel&col=serial&col=sum"
    _, line = rows_of(admin.get(f"/view/export/contact?{query}").content)
    assert line[2:] == ("2026-01-31", 42)


def test_a_workbook_is_longer_than_a_page(crm: House) -> None:
    many = [{"externalId": f"sheet-{n}", "lastName": "Longsheet"} for n in range(450)]
    create_records(crm.store, CONTACT_RULES, many, ORIGIN)
    crm.store.project_pending()
    assert len(set(rows_of(exported(crm, "q=longsheet&format=excel")))) == 451


def test_tasks_are_a_workbook_too(crm: House) -> None:
    browser = crm.browser("member")
    browser.post("/view/tasks", {**browser.form, "subject": "=1+1", "due": "2020-01-02"})
    _, line = rows_of(exported(crm, "state=overdue&format=excel", "task"))
    assert line[1] == "=1+1"
    assert isinstance(line[4], datetime)


TEXTS = ["=1+1", "+34600111222", "-", "@x", 'say "hi"', "a;b,c", "two\nlines", "\tx", " x ", "007"]


def test_a_csv_file_quotes_every_field_and_marks_none(crm: House) -> None:
    theirs = {f"p{n}": text for n, text in enumerate(TEXTS)}
    record = {"externalId": "csv", "lastName": "Quotedfields", **theirs, "n": 1, "yes": True}
    create_records(crm.store, CONTACT_RULES, [record], ORIGIN)
    crm.store.project_pending()
    columns = "&".join(f"col={name}" for name in [*theirs, "n", "yes", "none"])
    told = exported(crm, f"q=quotedfields&{columns}").decode()
    header, line = csv.reader(io.StringIO(told, newline=""))
    assert header == ["id", "name", *theirs, "n", "yes", "none"]
    assert line[2:] == [*TEXTS, "1", "yes", ""]
    assert told.startswith('"id","name","p0"')
    assert told.endswith(',"1","yes",""\r\n')

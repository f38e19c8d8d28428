"""That docs/reference/api.md is as the contract says is held true by tests/unit/test_docs.py."""

import runpy
import sys

import pytest

from customcrm.contract.openapi import REASONS
from customcrm.contract.operations import OPERATIONS
from customcrm.contract.reference import Entry, chapters, markdown

ENTRIES = {entry.operation.name: entry for chapter in chapters() for entry in chapter.entries}


def rows(entry: Entry, *, answer: bool = False) -> dict[str, tuple[str, bool]]:
    """The type of each field, and whether it is required."""
    table = entry.response if answer else entry.request
    return {row.name: (row.type, row.required) for row in table}


def test_each_group_has_one_chapter_in_the_order_of_the_table() -> None:
    titles = [chapter.title for chapter in chapters()]
    assert titles == list(dict.fromkeys(one.group for one in OPERATIONS))


def test_every_operation_has_one_entry_with_all_its_statuses() -> None:
    assert [entry.operation for entry in ENTRIES.values()] == list(OPERATIONS)
    for entry in ENTRIES.values():
        assert entry.statuses == [(s, REASONS[s]) for s in entry.operation.statuses]


def test_a_request_lists_its_fields_those_of_its_items_behind_their_own() -> None:
    fields = rows(ENTRIES["create_contacts"])
    assert fields["contacts"] == ("array", True)
    assert fields["contacts[].externalId"] == ("string or number", True)
    assert "contacts[].linkedinUrl" in fields
    assert rows(ENTRIES["create_task"])["dueDate"] == ("string or null", False)
    assert rows(ENTRIES["create_activity"])["direction"] == ("string or null", False)


def test_an_answer_lists_its_fields_a_bare_array_those_of_its_items() -> None:
    assert rows(ENTRIES["list_users"], answer=True)["[].name"] == ("string", True)
    assert rows(ENTRIES["create_task"], answer=True)["id"] == ("string", True)
    results = rows(ENTRIES["update_contacts"], answer=True)
    assert results["results[].success"] == ("boolean", True)


def test_the_page_has_a_heading_for_every_operation() -> None:
    page = markdown()
    for one in OPERATIONS:
        assert f"\n### {one.method} {one.path}\n" in page
    assert page.endswith("|\n")
    assert "  |" not in page


def test_running_the_module_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    del sys.modules["customcrm.contract.reference"]
    runpy.run_module("customcrm.contract.reference", run_name="__main__")
    assert capsys.readouterr().out == markdown()

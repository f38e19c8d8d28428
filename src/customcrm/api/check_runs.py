"""Handlers of the extension for `customcrm check`: no part of Enginy's contract."""

from typing import Final

from customcrm.api.desk import Asked, Desk, Reply
from customcrm.contract.check_runs import CleanCheckRun
from customcrm.contract.reading import read_message
from customcrm.crm.records import Kind
from customcrm.operations import check_runs


def read_check_runs(desk: Desk, _: Asked) -> Reply:
    """GET /check-runs."""
    return Reply(check_runs.read_check_runs(desk.backend))


def clean_check_run(desk: Desk, asked: Asked) -> Reply:
    """POST /check-runs/{id}/clean."""
    message, _ = read_message(CleanCheckRun, asked.body)
    rules = [desk.rule_book.rules(kind) for kind in Kind]
    return Reply(
        check_runs.clean_check_run(desk.backend, rules, asked.path["id"], message, asked.origin)
    )


EXTENSION_HANDLERS: Final = {
    handler.__name__: handler for handler in (read_check_runs, clean_check_run)
}
"""The handler of each operation of the extension, by its name."""

"""Every setting, error code and command has a heading in the reference, and no heading is stale."""

import re
from dataclasses import fields
from pathlib import Path

from customcrm.api.failures import INTERNAL
from customcrm.cli import Commands
from customcrm.contract.reference import markdown
from customcrm.errors import CrmError, OperatorError, PeopleError, WorkError
from customcrm.settings import PREFIX, Settings
from customcrm.web.http_protocol import REFUSALS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def headings(page: str) -> set[str]:
    return set(re.findall(r"^## (.+)$", (REFERENCE / page).read_text(), re.MULTILINE))


def error_codes(kind: type[CrmError] = CrmError) -> set[str]:
    """The codes of all errors that a client can meet: those at the leaves of the tree."""
    others = OperatorError | PeopleError | WorkError
    below = [each for each in kind.__subclasses__() if not issubclass(each, others)]
    below = [
        each
        for each in kind.__subclasses__()
        if not issubclass(each, OperatorError | PeopleError | WorkError)
    ]
    return set().union(*map(error_codes, below)) if below else {kind.code}


def commands() -> set[str]:
    found: set[str] = set()
    for name, lazy in Commands.commands_by_name.items():
        command = lazy.load(name)
        below = getattr(command, "commands", {})
        found |= {f"customcrm {name} {each}" for each in below} or {f"customcrm {name}"}
    return found


def test_every_setting_has_a_heading() -> None:
    assert headings("settings.md") == {PREFIX + field.name.upper() for field in fields(Settings)}


def test_every_error_code_has_a_heading() -> None:
    of_connections = {failure.code for failure in REFUSALS.values()}
    assert headings("errors.md") == error_codes() | of_connections | {INTERNAL.code}


def test_every_command_has_a_heading() -> None:
    assert headings("commands.md") == commands()


def test_the_reference_of_the_api_is_as_the_contract_says() -> None:
    assert (REFERENCE / "api.md").read_text() == markdown(), (
        "make it anew: python -m customcrm.contract.reference > docs/reference/api.md"
    )


def test_no_link_between_the_pages_is_broken() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    ]
    assert len(links) > len(pages) / 2
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []

"""What holds for all checks, however many there are."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from customcrm.checker import checks
from customcrm.checker.check import Check, Group
from customcrm.checker.checks import CHECKS
from customcrm.checker.reference import markdown

FOLDER = Path(str(checks.__file__)).parent
ROOT = Path(__file__).parents[3]
LANGUAGES = ["Python", "Node", "PHP", "Go"]
EVERY = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def module_of(check: Check) -> str:
    """The module of a check, guessed from its id: `tasks.read.answers` is in `tasks/`."""
    noun, *rest = check.id.split(".")
    group = check.group.lower()
    parts = rest if noun in {"contacts", "companies", group} else [noun, *rest]
    return f"{group}.{'_'.join(parts).replace('-', '_')}"


@EVERY
def test_its_file_can_be_guessed_from_its_id(check: Check) -> None:
    module = import_module(f"customcrm.checker.checks.{module_of(check)}")
    declared = getattr(module, module_of(check).rpartition(".")[2])
    assert check in (declared if isinstance(declared, tuple) else [declared])


def test_there_is_no_file_without_a_check() -> None:
    modules = {
        f"{path.parent.name}.{path.stem}"
        for path in FOLDER.glob("*/*.py")
        if path.stem != "__init__"
    }
    assert modules == {module_of(check) for check in CHECKS}


def test_ids_are_stable_words_and_come_once() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if not re.fullmatch(r"[a-z-]+(\.[a-z0-9-]+)+", one)] == []


def test_ids_that_baselines_and_selections_may_name_still_exist() -> None:
    published = (Path(__file__).parent / "published_ids.txt").read_text().split()
    assert len(published) > 170
    assert set(published) <= {check.id for check in CHECKS}


def test_they_stand_in_the_order_of_their_groups() -> None:
    groups = [check.group for check in CHECKS]
    assert groups == sorted(groups, key=list(Group).index)
    assert set(groups) == set(Group)


@EVERY
def test_it_says_in_sentences_what_must_hold_why_and_how_to_mend_it(check: Check) -> None:
    for text in (check.rule, check.why):
        assert text.endswith("."), text
    assert check.mend.rstrip('"').endswith((".", "}", "]", ")")), check.mend
    for text in (check.rule, check.why, check.mend):
        assert "{record" not in text
        assert "  " not in text


@EVERY
def test_its_code_is_in_four_languages_if_in_any(check: Check) -> None:
    assert list(check.code) in ([], LANGUAGES)
    assert all(len(line) <= 100 for lines in check.code.values() for line in lines.splitlines())


def test_the_page_of_the_checks_is_as_they_say() -> None:
    assert (ROOT / "docs" / "reference" / "checks.md").read_text() == markdown(), (
        "make it anew: python -m customcrm.checker.reference > docs/reference/checks.md"
    )
    headings = re.findall(r"^### (.+)$", markdown(), re.MULTILINE)
    assert headings == [check.id for check in CHECKS]


def test_code_about_companies_does_not_speak_of_contacts() -> None:
    about = [one for one in CHECKS if one.id.startswith("companies.") and one.code]
    assert len(about) > 15
    for one in about:
        assert set(one.code) == {"Python", "Node", "PHP", "Go"}
        for lines in one.code.values():
            assert not re.search("contact|email|companys", lines, re.IGNORECASE), one.id

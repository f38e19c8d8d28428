"""One class name has one meaning in the style sheet."""

import re
from collections import defaultdict
from importlib.resources import files

import pytest

SHEET = files("customcrm.dashboard").joinpath("static/app.css").read_text()


def declared_twice(sheet: str) -> set[str]:
    """Return the class names for which two rules of one block set the same property.

    Only selectors that are a single class name count: `.pick`, not `.rows .pick`.
    """
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    twice: set[str] = set()
    block = ""
    for at_rule, selectors, body, end in re.findall(
        r"(@[^{};]+)\{|([^{}@]+)\{([^{}]*)\}|(\})", sheet
    ):
        block = at_rule.strip() if at_rule else "" if end else block
        properties = {line.split(":")[0].strip() for line in body.split(";") if ":" in line}
        for selector in map(str.strip, selectors.split(",")):
            if re.fullmatch(r"\.[\w-]+", selector):
                if properties & seen[block, selector]:
                    twice.add(selector)
                seen[block, selector] |= properties
    return twice


def test_no_class_name_is_declared_twice() -> None:
    assert declared_twice(SHEET) == set()


@pytest.mark.parametrize(
    ("sheet", "twice"),
    [
        (".pick { width: auto; } .pick, .all { display: block; width: 1rem; }", {".pick"}),
        (".pick { width: auto; } .pick { color: red; }", set()),
        (".pick { width: auto; } .rows .pick { width: 1rem; }", set()),
        (".pick { width: auto; } @media print { .pick { width: 1rem; } }", set()),
        ("@media print { .pick { width: 0; } .pick { width: 1rem; } }", {".pick"}),
        (".pick { width: auto; } /* .pick { width: 0; } */", set()),
    ],
)
def test_finds_class_names_declared_twice(sheet: str, twice: set[str]) -> None:
    assert declared_twice(sheet) == twice

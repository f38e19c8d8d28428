"""Places in a JSON value."""

from typing import Any

import pytest

from customcrm.checker.places import MISSING, at

VALUE = {
    "results": [{"id": "a", "n": {"x": 1}}, {"id": "b.c-1", "n": None}],
    "empty": [],
}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("", VALUE),
        ("empty", []),
        ("results[0].n.x", 1),
        ("results[1].n", None),
        ("results[id=b.c-1].n", None),
        ("results[id=a]", VALUE["results"][0]),
        ("results[2]", MISSING),
        ("results[id=z].n", MISSING),
        ("results.id", MISSING),
        ("empty[0].x", MISSING),
        ("nothing.x[0]", MISSING),
        ("results[0].n.x.y", MISSING),
        ("results[0][0]", MISSING),
    ],
)
def test_it_finds_what_is_there_and_says_what_is_not(place: str, found: Any) -> None:
    assert at(VALUE, place) == found


@pytest.mark.parametrize("value", [None, 1, "text", [], [[1]], MISSING])
def test_any_value_can_be_asked(value: Any) -> None:
    assert at(value, "results[id=a].x") is MISSING

"""What was said under which id of a record that others were merged into."""

from typing import Any

import pytest

from customcrm.crm.layers import (
    Layers,
    alone,
    joined,
    parted,
    values_of,
    whispered,
)
from customcrm.crm.layers import said as said_with


def two(first: dict[str, Any], second: dict[str, Any], *taken: str) -> Layers:
    return joined(alone("a", first), alone("b", second), taken)


def said(layers: Layers, under: str, values: dict[str, Any]) -> Layers:
    return said_with(layers, under, values, values_of(layers))


def test_what_would_fill_an_id_is_kept_for_it_alone() -> None:
    layers = whispered(two({"title": "CEO"}, {"city": " "}), "b", {"title": "CTO", "city": "Vigo"})
    assert values_of(layers)["title"] == "CEO"
    assert values_of(parted(layers, ["b"])[1]) == {"title": "CTO", "city": "Vigo"}
    assert whispered(layers, "b", {"title": "CFO"}) is layers


def test_one_has_what_it_says() -> None:
    assert values_of(alone("a", {"title": "CEO", "level": 0})) == {"title": "CEO", "level": 0}


def test_the_survivors_word_stands_unless_the_other_one_is_taken() -> None:
    first, second = {"title": "CEO", "city": "Vigo"}, {"title": "CTO", "level": 1}
    kept = {"title": "CEO", "city": "Vigo"}
    assert values_of(two(first, second)) == kept
    assert values_of(two(first, second, "level")) == {**kept, "level": 1}
    assert values_of(two(first, second, "title"))["title"] == "CTO"


@pytest.mark.parametrize("under", ["a", "b"])
def test_the_latest_word_counts_whosever_it_is(under: str) -> None:
    layers = said(two({"title": "CEO"}, {"title": "CTO"}), under, {"title": "CFO", "level": 1})
    assert values_of(layers) == {"title": "CFO", "level": 1}


def test_nobody_is_given_a_blank() -> None:
    layers = two({"level": None}, {"title": " ", "level": " "})
    assert values_of(layers) == {}
    assert values_of(parted(layers, ["b"])[1]) == {"title": " ", "level": " "}


def test_each_part_keeps_its_own_words() -> None:
    layers = two({"title": "CEO", "level": 1}, {"title": "CTO"}, "title")
    layers = said(layers, "b", {"city": "Lugo", "level": None})
    layers = said(layers, "a", {"size": 3})

    assert values_of(layers) == {"title": "CTO", "city": "Lugo", "size": 3}
    mine, theirs = parted(layers, ["b"])
    assert values_of(mine) == {"title": "CEO", "level": 1, "size": 3}
    assert values_of(theirs) == {"title": "CTO", "city": "Lugo"}


def test_the_side_that_wins_stays_the_winner_when_a_part_of_it_leaves() -> None:
    layers = said(two({"title": "CEO"}, {"title": "CTO"}), "b", {"title": "CFO"})
    layers = joined(layers, said(alone("c", {}), "c", {"title": "boss"}), ())
    assert values_of(layers)["title"] == "CFO"
    assert values_of(parted(layers, ["b"])[0])["title"] == "CEO"


def test_what_says_nothing_new_changes_nothing() -> None:
    layers = two({"title": "CEO", "level": 1}, {"title": "CEO"})
    for under in ("a", "b"):
        assert said(layers, under, {"title": "CEO", "size": None}) is layers
    # In JSON, true is not 1.
    assert values_of(said(layers, "a", {"level": True}))["level"] is True


def test_what_stands_already_is_still_a_word_under_another_id() -> None:
    layers = said(two({"title": "CEO"}, {"title": "CTO"}), "b", {"title": "CEO"})
    assert values_of(parted(layers, ["b"])[1]) == {"title": "CEO"}


def test_nothing_is_changed_in_place() -> None:
    first, second = alone("a", {"title": "CEO"}), alone("b", {"title": "CTO"})
    before = repr((first, second))
    said(joined(first, second, ["title"]), "a", {"title": None})
    assert repr((first, second)) == before

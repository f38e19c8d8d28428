"""Which checks a run consists of."""

import pytest

from customcrm.checker.checks import CHECKS
from customcrm.checker.selection import BadSelection, choose


def ids(only: list[str], skip: list[str]) -> list[str]:
    return [check.id for check in choose(CHECKS, only, skip)]


def test_without_a_word_it_is_all_of_them() -> None:
    assert ids([], []) == [check.id for check in CHECKS]


@pytest.mark.parametrize("pattern", ["tasks.read", "tasks.read.*"])
def test_a_beginning_or_a_pattern_means_several(pattern: str) -> None:
    assert ids([pattern], []) == ["tasks.read.answers", "tasks.read.unknown-id"]


def test_a_group_and_a_level_mean_their_members() -> None:
    assert {check.group for check in choose(CHECKS, ["syncs"], [])} == {"Syncs"}
    assert {check.level for check in choose(CHECKS, ["MUST"], [])} == {"MUST"}


def test_they_keep_their_order_and_come_once() -> None:
    assert ids(["health.says-ok", "Connects", "health.answers"], ["auth"]) == [
        "health.answers",
        "health.says-ok",
        "answers.are-json",
    ]


@pytest.mark.parametrize("pattern", ["nonsense", "", "healt", "contacts.create.answers.x"])
@pytest.mark.parametrize("skip", [True, False])
def test_a_pattern_that_means_nothing_is_told(pattern: str, *, skip: bool) -> None:
    with pytest.raises(BadSelection, match=f"'{pattern}'"):
        ids([] if skip else [pattern], [pattern] if skip else [])


def test_it_is_told_if_no_check_is_left() -> None:
    with pytest.raises(BadSelection, match="No check is left"):
        ids(["Tasks"], ["tasks"])

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.dashboard.desk import Toast, Undo
from customcrm.dashboard.toasts import MAX_SEALED, MAX_TEXT, SECONDS, opened, sealed

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
OURS, OTHERS = "a" * 64, "b" * 64
DONE = Toast("Task completed", Undo("/view/task/t/reopen", {"back": "/view/tasks?q=é"}))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_TEXT)


@given(TEXTS)
def test_what_is_said_comes_as_it_was(text: str) -> None:
    toast = DONE._replace(text=text)
    assert opened(sealed(toast, OURS, NOW), OURS, NOW) == toast


def test_nobody_else_says_anything() -> None:
    value = sealed(DONE, OURS, NOW)
    assert opened(value, OTHERS, NOW) is None
    assert opened(value, "", NOW) is None
    told, _, signature = value.partition(".")
    assert opened(f"{told}.{signature[:-1]}", OURS, NOW) is None
    assert opened(f"{told[:-4]}.{signature}", OURS, NOW) is None


@pytest.mark.parametrize("value", ["", ".", "x", "é.é", "." + "0" * 64, "a" * 10_000])
def test_what_nobody_has_made_says_nothing(value: str) -> None:
    assert opened(value, OURS, NOW) is None


def test_what_is_old_is_said_no_more() -> None:
    value = sealed(DONE, OURS, NOW)
    assert opened(value, OURS, NOW + timedelta(seconds=SECONDS - 1)) == DONE
    assert opened(value, OURS, NOW + timedelta(seconds=SECONDS + 1)) is None
    assert opened(value, OURS, NOW - timedelta(seconds=1)) is None


def test_a_browser_keeps_all_of_it() -> None:
    long = Toast("é" * 1_000, Undo("/view/tasks", {"ids": "x" * 4_000}))
    value = sealed(long, OURS, NOW)
    assert len(value) <= MAX_SEALED
    assert opened(value, OURS, NOW) == Toast("é" * MAX_TEXT)

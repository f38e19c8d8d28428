"""Failures that are expected, and the files that list them."""

from pathlib import Path

import pytest

from customcrm.checker.baseline import BadBaseline, read_baseline

KNOWN = {"health.answers", "tasks.read.answers"}


def written(directory: Path, text: str) -> Path:
    path = directory / "baseline.toml"
    path.write_text(text)
    return path


def test_it_reads_ids_with_reasons(tmp_path: Path) -> None:
    path = written(tmp_path, '# later\n"tasks.read.answers" = "not built yet"\n')
    assert read_baseline(path, KNOWN) == {"tasks.read.answers": "not built yet"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tasks.read.answers", "is not TOML"),
        ('"tasks.read.answer" = "x"', "there is no check 'tasks.read.answer'"),
        ('"health.answers" = ""', "health.answers needs a reason"),
        ('"health.answers" = 7', "health.answers needs a reason"),
        ('tasks.read.answers = "unquoted"', "there is no check 'tasks'"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadBaseline, match=said):
        read_baseline(written(tmp_path, text), KNOWN)


def test_it_says_that_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadBaseline, match="cannot be read: No such file"):
        read_baseline(tmp_path / "none.toml", KNOWN)


def test_it_does_not_read_a_novel(tmp_path: Path) -> None:
    with pytest.raises(BadBaseline, match="larger than 1 MB"):
        read_baseline(written(tmp_path, "#" * 1_000_001), KNOWN)

"""Failures that are expected: a file that lists them, each with its reason.

"contacts.create.same-external-id-again" = "duplicates are merged at night"
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 1_000_000


class BadBaseline(ValueError):
    """A baseline that cannot be read, or that says nothing of use; says why."""


def read_baseline(path: Path, known: Collection[str]) -> Mapping[str, str]:
    """The checks that are expected to fail, with the reason of each.

    Args:
        path: a TOML file: an id on the left, the reason on the right.
        known: the ids that there are.

    Raises:
        BadBaseline: it cannot be read, names a check that does not exist, or gives no reason.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadBaseline(f"{path} is larger than {MAX_BYTES // 1_000_000} MB")
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadBaseline(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadBaseline(
            f'{path} is not TOML of the form "check.id" = "reason": {error}'
        ) from error
    for check_id, reason in listed.items():
        if check_id not in known:
            raise BadBaseline(f"{path}: there is no check {check_id!r}; --list shows them all")
        if not isinstance(reason, str) or not reason.strip():
            raise BadBaseline(f"{path}: {check_id} needs a reason, in quotes")
    return listed

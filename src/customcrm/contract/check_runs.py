"""Extension of ours: what runs of `customcrm check` leave behind, and how that is removed.

Enginy knows nothing of it. Any server may offer it; the checker asks for it and does without it.
"""

import re
from typing import Final
from zlib import crc32

from msgspec import Struct

from customcrm.contract.operations import Operation
from customcrm.contract.values import Identifiers

RUN: Final = re.compile(r"check-[0-9a-f]{6,32}")
"""The name of a run. All that the run writes is named `<run>-<number>`."""

_LEAST_NUMBER: Final = 900_000_000_000


def number_of(run: str) -> int:
    """Return the one external id of a run that is a number, for the check of numbers as ids."""
    return _LEAST_NUMBER + crc32(run.encode())


def belongs_to(run: str, external_id: str) -> bool:
    """Whether an external id can be one of a run's."""
    return external_id.startswith(f"{run}-") or external_id == str(number_of(run))


class CheckRuns(Struct, rename="camel"):
    """Whether there are contacts or companies that no run has made."""

    other_records: bool


class CleanCheckRun(Struct, rename="camel"):
    """What a run may have made: external ids of contacts and companies, and ids of the rest."""

    external_ids: Identifiers
    tasks: Identifiers
    activities: Identifiers


class CleanedCheckRun(Struct):
    """How much was removed."""

    contacts: int
    companies: int
    tasks: int
    activities: int


EXTENSIONS: Final = (
    Operation(
        "read_check_runs", "GET", "/check-runs", "Check runs",
        "Say whether there are records that no check has made",
        "`otherRecords` is true if there is a contact or a company that no run of "
        "`customcrm check` has made. Nothing of any record is returned.",
        None, CheckRuns, documented=False,
    ),
    Operation(
        "clean_check_run", "POST", "/check-runs/{id}/clean", "Check runs",
        "Remove what a check has made",
        "Moves to the bin the contacts, companies and tasks that the run has made, and removes its "
        "activities. What anything else has touched is left alone.",
        CleanCheckRun, CleanedCheckRun, writes=True, documented=False,
    ),
)  # fmt: skip
"""Operations that are ours, and no part of the contract."""

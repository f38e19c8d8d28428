"""The sentences that several reports share."""

from collections.abc import Mapping

from customcrm.checker.check import Level
from customcrm.checker.events import Checked, RunEnded, RunStarted, Status


def count_line(ended: RunEnded) -> str:
    """Return the totals: `168 passed, 3 failed (1 MUST, 2 SHOULD), 4 not offered, 1 skipped`."""
    failed = ended.count(Status.FAIL)
    levels = [f"{ended.count(Status.FAIL, level)} {level}" for level in Level]
    by_level = ", ".join(each for each in levels if not each.startswith("0 "))
    advice = ended.count(Status.ADVICE)
    return (
        f"{ended.count(Status.PASS)} passed, {failed} failed{f' ({by_level})' if by_level else ''}"
        f"{f', {advice} optional not offered' if advice else ''}"
        f", {ended.count(Status.SKIP)} skipped"
    )


def verdict(ended: RunEnded) -> str:
    """Whether the target conforms, in a sentence."""
    if ended.lost:
        return f"Broken off: {ended.lost}."
    stale = sum(one.is_stale for one in ended.results)
    if stale:
        checks = "check in the baseline passes" if stale == 1 else "checks in the baseline pass"
        return f"{stale} {checks} now: remove {'it' if stale == 1 else 'them'} from the baseline."
    faults = sum(one.is_fault for one in ended.results)
    if faults:
        return f"Does not conform: {faults} {'check' if faults == 1 else 'checks'} must be fixed."
    if all(one.status is Status.SKIP for one in ended.results):
        return "Nothing was checked."
    return "Conforms."


def left_line(started: RunStarted, ended: RunEnded) -> str:
    """What the run has left behind, and by which name it can be found.

    A request whose answer never came may have left something behind as well.
    """
    left = ended.left_behind
    removed = f" Removed again: {_kinds(ended.removed)}." if ended.removed else ""
    if not left and ended.lost and not started.read_only and not ended.removed:
        return f"What may have been left behind is named {started.mark}-…."
    if not left:
        return f"Nothing was left behind.{removed}"
    why = f" Not cleaned: {ended.not_cleaned}." if ended.not_cleaned else ""
    return f"Left behind, all named {started.mark}-…: {_kinds(left)}.{removed}{why}"


def _kinds(counts: Mapping[str, int]) -> str:
    """Say how many of each kind: `2 contacts, 1 company`."""
    return ", ".join(
        f"{count} {kind if count > 1 else _one(kind)}" for kind, count in counts.items()
    )


def _one(kind: str) -> str:
    return {"companies": "company", "activities": "activity"}.get(kind, kind.removesuffix("s"))


def note(result: Checked) -> str:
    """What is to be said beside a result: why it was skipped, or that its failure was expected."""
    if result.is_stale:
        return f"in the baseline, but passes now: {result.reason}"
    if result.expected:
        return f"in the baseline: {result.reason}"
    return result.reason

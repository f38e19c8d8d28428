"""The report in the terminal, printed while the run goes on.

A server that is right fits on one screen: what passes, what is optional and what was skipped is
counted, and a recommendation that is not followed takes one line. `verbose` prints all of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from rich.console import Console
from rich.text import Text

from customcrm.checker.check import Level
from customcrm.checker.events import Checked, Event, RunEnded, RunStarted, Status
from customcrm.checker.expectations import Broken
from customcrm.checker.reports.words import count_line, left_line, note, verdict

_INDENT: Final = " " * 16
_NARROWEST: Final = 30
_LONGEST_CURL: Final = 2_000

MAX_WARNINGS: Final = 3
"""Recommendations of one group that get a line of their own, unless `verbose`."""

_STYLES: Final = {
    Status.PASS: "green",
    Status.FAIL: "red",
    Status.ADVICE: "dim",
    Status.SKIP: "dim",
}
_SIGNS: Final = {Status.PASS: "✓", Status.FAIL: "✗", Status.ADVICE: "·", Status.SKIP: "○"}
_WARNING: Final = "!"


class Terminal:
    """Printer of a run's events.

    Args:
        console: where to.
        verbose: whether every check gets its own line, and every finding its details.
        hint: what a run that only reads says besides, such as how to let it write.
    """

    def __init__(self, console: Console, *, verbose: bool = False, hint: str = "") -> None:
        self._console = console
        self._verbose = verbose
        self._hint = hint

    def follow(self, events: Iterable[Event]) -> Iterator[Event]:
        """Print events as they come, and yield them again."""
        waiting: list[Checked] = []
        started: RunStarted | None = None
        for event in events:
            if isinstance(event, Checked):
                if waiting and waiting[0].check.group != event.check.group:
                    self._group(waiting)
                    waiting = []
                waiting.append(event)
            elif isinstance(event, RunStarted):
                started = event
                self._head(event)
            else:
                self._group(waiting)
                self._end(started, event)
            yield event

    def _head(self, started: RunStarted) -> None:
        mode = ", reading only" if started.read_only else ""
        count = len(started.checks)
        self._console.print(
            Text.assemble(
                (started.target.base_url, "bold"),
                f"  {count} check{'' if count == 1 else 's'}{mode}",
            )
        )
        if started.read_only and self._hint:
            self._say(self._hint, "dim")
        self._console.print()

    def _group(self, results: Sequence[Checked]) -> None:
        if not results:
            return
        status = _status_of(results)
        line = f"{_sign_of(results, status)} {results[0].check.group:<11} {_summary_of(results)}"
        self._say(line, _style_of(results, status))
        if self._verbose:
            for result in results:
                self._result(result)
            return
        for result in results:
            if result.is_fault:
                self._result(result)
        self._warnings([one for one in results if one.status is Status.FAIL and not one.is_fault])
        if status is not Status.SKIP:
            self._skipped(results)

    def _warnings(self, results: Sequence[Checked]) -> None:
        """Print what failed and does not decide, a line for each rule, and the rest as a number."""
        rules: dict[str, list[Checked]] = {}
        for result in results:
            rules.setdefault(_rule_of(result), []).append(result)
        grouped = list(rules.items())
        for rule, same in grouped[:MAX_WARNINGS]:
            name = rule if len(same) > 1 else same[0].check.id
            text = note(same[0]) or same[0].check.rule
            line = f"    {_WARNING} {name}  {same[0].check.level}  {text}"
            self._say(_cut(line, self._width()), "yellow")
        if rest := sum(len(same) for _, same in grouped[MAX_WARNINGS:]):
            self._say(f"    {_WARNING} {rest} more; -v shows them", "yellow")

    def _skipped(self, results: Sequence[Checked]) -> None:
        reasons = Counter(one.reason for one in results if one.status is Status.SKIP)
        if reasons:
            why = f": {next(iter(reasons))}" if len(reasons) == 1 else "; -v says why"
            line = f"    {_SIGNS[Status.SKIP]} {reasons.total()} skipped{why}"
            self._say(_cut(line, self._width()), "dim")

    def _width(self) -> int:
        return max(self._console.width, 2 * _NARROWEST)

    def _say(self, line: str, style: str = "") -> None:
        """Print a line unwrapped, so that it can be copied in one piece."""
        self._console.print(Text(line, style), soft_wrap=True)

    def _result(self, result: Checked) -> None:
        sign, style = _SIGNS[result.status], _STYLES[result.status]
        if result.status is Status.FAIL and not result.is_fault:
            sign, style = _WARNING, "yellow"
        beside = note(result) if result.status is not Status.FAIL else ""
        if result.status is Status.ADVICE:
            beside = beside or "not offered"
        self._say(
            f"    {sign} {result.check.id}  {result.check.level}{f'  {beside}' if beside else ''}",
            style,
        )
        if result.broken is not None:
            self._finding(result, result.broken)

    def _finding(self, result: Checked, broken: Broken) -> None:
        check = result.check
        brief = check.level is Level.MAY
        details = {"rule": check.rule, "expected": broken.expected, "got": broken.got}
        if not brief:
            details |= {"why": check.why, "fix": check.mend}
        if result.expected and result.status is Status.FAIL:
            details["note"] = note(result)
        width = max(self._console.width - len(_INDENT), _NARROWEST)
        for name, text in details.items():
            lines = wrap(text, width, break_on_hyphens=False) or [""]
            self._labelled(name, lines[0])
            for line in lines[1:]:
                self._say(f"{_INDENT}{line}")
        if not brief:
            curl = result.curl
            if len(curl) > _LONGEST_CURL:
                curl = f"{curl[:80]}… ({len(curl)} characters; --json and --html have them all)"
            self._labelled("try", curl)
        self._console.print()

    def _labelled(self, name: str, text: str) -> None:
        label = f"      {name}".ljust(len(_INDENT))
        self._console.print(Text.assemble((label, "dim"), text), soft_wrap=True)

    def _end(self, started: RunStarted | None, ended: RunEnded) -> None:
        style = "bold green" if ended.conforms else "bold red"
        self._console.print()
        self._say(f"{count_line(ended)}, in {ended.seconds:.1f} s")
        self._say(verdict(ended), style)
        if not self._verbose and ended.count(Status.FAIL) + ended.count(Status.ADVICE):
            self._say("-v shows every check; --explain CHECK shows how to fix one.", "dim")
        if started is not None:
            self._say(left_line(started, ended))


def _status_of(results: Sequence[Checked]) -> Status:
    """Return the status of a group: failed if any of it failed, skipped if nothing of it ran."""
    statuses = {result.status for result in results}
    if Status.FAIL in statuses:
        return Status.FAIL
    return Status.SKIP if statuses == {Status.SKIP} else Status.PASS


def _rule_of(result: Checked) -> str:
    """Return the pattern that means a check of either noun: `*.create.answers`."""
    noun, _, rule = result.check.id.partition(".")
    return f"*.{rule}" if noun in {"contacts", "companies"} else result.check.id


def _is_warning(results: Sequence[Checked]) -> bool:
    """Whether what failed in a group does not decide whether the target conforms."""
    return not any(result.is_fault for result in results)


def _sign_of(results: Sequence[Checked], status: Status) -> str:
    return _WARNING if status is Status.FAIL and _is_warning(results) else _SIGNS[status]


def _style_of(results: Sequence[Checked], status: Status) -> str:
    return "yellow" if status is Status.FAIL and _is_warning(results) else _STYLES[status]


def _summary_of(results: Sequence[Checked]) -> str:
    """Return how many of a group passed, and how many are optional: `38 of 40, 6 optional ...`."""
    counts = Counter(result.status for result in results)
    ran = counts[Status.PASS] + counts[Status.FAIL]
    parts = [f"{counts[Status.PASS]} of {ran}"] if ran else []
    if counts[Status.ADVICE]:
        parts.append(f"{counts[Status.ADVICE]} optional not offered")
    if parts:
        return ", ".join(parts)
    reasons = {result.reason for result in results}
    return f"skipped: {reasons.pop()}" if len(reasons) == 1 else "skipped"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"

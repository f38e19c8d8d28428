"""The report for whoever sits in front of it, told while the run goes on."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from customcrm.checker.check import Level
from customcrm.checker.events import Checked, Event, RunEnded, RunStarted, Status
from customcrm.checker.expectations import Broken
from customcrm.checker.reports.words import count_line, left_line, note, verdict

_INDENT = " " * 16
_NARROWEST = 30
_LONGEST_CURL = 2_000
_STYLES = {Status.PASS: "green", Status.FAIL: "red", Status.SKIP: "dim"}
_SIGNS = {Status.PASS: "✓", Status.FAIL: "✗", Status.SKIP: "○"}


class Terminal:
    """Prints what happens.

    Args:
        console: where to.
        verbose: whether checks that pass get a line of their own.
        can_write: whether the reader could have the run write as well.
    """

    def __init__(self, console: Console, *, verbose: bool = False, can_write: bool = True) -> None:
        self._console = console
        self._verbose = verbose
        self._can_write = can_write

    def follow(self, events: Iterable[Event]) -> Iterator[Event]:
        """Print events as they come, and hand them on."""
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
        hint = " (--write lets it write)" if self._can_write else ""
        mode = f", reading only{hint}" if started.read_only else ""
        count = len(started.checks)
        self._console.print(
            Text.assemble(
                (started.target.base_url, "bold"),
                f"  {count} check{'' if count == 1 else 's'}{mode}\n",
            )
        )

    def _group(self, results: list[Checked]) -> None:
        if not results:
            return
        ran = [one for one in results if one.status is not Status.SKIP]
        passed = sum(one.status is Status.PASS for one in ran)
        status = Status.SKIP if not ran else Status.PASS if passed == len(ran) else Status.FAIL
        said = f"{passed} of {len(ran)}" if ran else "skipped"
        name = results[0].check.group
        self._say(f"{_SIGNS[status]} {name:<11} {said}", _STYLES[status])
        for reason, same in groupby(self._told(results), key=_skipped_because):
            members = list(same)
            if reason and len(members) > 1 and not self._verbose:
                self._say(f"    {_SIGNS[Status.SKIP]} {len(members)} skipped: {reason}", "dim")
            else:
                for result in members:
                    self._result(result)

    def _told(self, results: list[Checked]) -> Iterable[Checked]:
        quiet = not self._verbose
        return (r for r in results if not (quiet and r.status is Status.PASS and not r.is_stale))

    def _say(self, line: str, style: str = "") -> None:
        """Print a line as it is: whoever copies it gets it in one piece."""
        self._console.print(Text(line, style), soft_wrap=True)

    def _result(self, result: Checked) -> None:
        style = _STYLES[result.status]
        if result.status is Status.FAIL and not result.is_fault:
            style = "yellow"
        said = note(result)
        beside = f"  {said}" if said and result.status is not Status.FAIL else ""
        self._say(
            f"    {_SIGNS[result.status]} {result.check.id}  {result.check.level}{beside}", style
        )
        if result.broken is not None:
            self._finding(result, result.broken)

    def _finding(self, result: Checked, broken: Broken) -> None:
        check = result.check
        brief = check.level is Level.MAY and not self._verbose
        told = {"rule": check.rule, "expected": broken.expected, "got": broken.got}
        if not brief:
            told |= {"why": check.why, "mend": check.mend}
        if result.expected:
            told["note"] = note(result)
        width = max(self._console.width - len(_INDENT), _NARROWEST)
        for name, text in told.items():
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
        if ended.count(Status.FAIL):
            self._say("customcrm check --explain CHECK says more, of many with code.", "dim")
        if started is not None:
            self._say(left_line(started, ended))


def _skipped_because(result: Checked) -> str:
    return result.reason if result.status is Status.SKIP else ""

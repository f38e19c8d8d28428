"""The page of all checks, made from the checks themselves."""

import sys
from collections.abc import Iterator
from itertools import groupby

from customcrm.checker.check import Check
from customcrm.checker.checks import CHECKS


def markdown() -> str:
    """The checks as a Markdown page, a heading each."""
    lines = [
        "# The checks, one by one",
        "",
        "Made from the checks themselves; a test holds it true. `customcrm check --explain ID`",
        "says the same of one. Those that are not mended by a field or a status come with code in",
        "Python, Node, PHP and Go.",
        "",
        "A MUST is documented by Enginy. A SHOULD is what its documentation implies, or what a",
        "repeat needs. A MAY is asked for by nobody, and everybody is better off with it.",
        "",
    ]
    for group, members in groupby(CHECKS, key=lambda check: check.group):
        lines += [f"## {group}", ""]
        for check in members:
            lines += _entry(check)
    return "\n".join(lines).rstrip() + "\n"


def _entry(check: Check) -> Iterator[str]:
    reads = "" if check.writes else ", reads only"
    page = check.page.rpartition("/")[2]
    yield from (f"### {check.id}", "")
    yield from (f"**{check.level}**{reads}. {check.rule}", "")
    yield from (f"{check.why} *Mend:* {check.mend} ([{page}]({check.page.url}))", "")


if __name__ == "__main__":
    sys.stdout.write(markdown())

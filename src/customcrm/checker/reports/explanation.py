"""All that is to be said of one check, and a list of all of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group as Together
from rich.console import RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from customcrm.checker.check import Check

_LEXERS = {"Python": "python", "Node": "javascript", "PHP": "php", "Go": "go"}


def explanation(check: Check) -> RenderableType:
    """Render a rule: where it is documented, why it matters, and how to fix what breaks it."""
    parts: list[RenderableType] = [
        Text(f"{check.id}", "bold"),
        Text(f"{check.group} · {check.level}", "dim"),
        Text(),
        Text(check.rule),
        Text(),
        _table(check),
    ]
    for language, lines in check.code.items():
        parts += [Text(f"\n{language}", "bold"), Padding(_code(language, lines), (0, 0, 0, 2))]
    return Together(*parts)


def _table(check: Check) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, text in (("Why", check.why), ("Fix", check.mend), ("Page", check.page.url)):
        table.add_row(Text(name, "bold"), Text(text))
    return table


def _code(language: str, lines: str) -> RenderableType:
    starts_sql = lines.lstrip().startswith(("INSERT", "SELECT"))
    lexer = "sql" if starts_sql else _LEXERS[language]
    return Syntax(lines, lexer, background_color="default", word_wrap=True)


def listing(checks: Sequence[Check]) -> Iterator[RenderableType]:
    """All checks by group, a line each."""
    for group, members in groupby(checks, key=lambda check: check.group):
        yield Text(f"\n{group}", "bold")
        table = Table.grid(padding=(0, 2))
        for check in members:
            mark = "" if check.writes else "reads only"
            table.add_row(Text(f"  {check.id}"), Text(check.level), Text(mark, "dim"))
        yield table

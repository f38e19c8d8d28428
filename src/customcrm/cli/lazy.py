"""Commands whose modules are imported when they are run, not when all of them are listed."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar, Final, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command

OPTIONS: Final[Mapping[str, Any]] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}
"""What every `Typer` of this program is made with."""


class LazyCommand(NamedTuple):
    """A command that is not imported yet.

    Attributes:
        module: below `customcrm.cli`.
        attribute: a function, or a `Typer` with commands of its own.
        help: one line for the list of commands; a test holds it equal to the command's own.
    """

    module: str
    attribute: str
    help: str

    def load(self, name: str) -> Any:
        """Import the command."""
        target = getattr(import_module(f"customcrm.cli.{self.module}"), self.attribute)
        if not isinstance(target, typer.Typer):
            function, target = target, typer.Typer(**OPTIONS)
            target.command(name)(function)
        command = get_command(target)
        command.name = name
        return command


class LazyGroup(TyperGroup):
    """A group of commands that are imported one by one."""

    commands_by_name: ClassVar[Mapping[str, LazyCommand]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in their order."""
        del ctx
        return list(self.commands_by_name)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, imported now; None if there is none of this name."""
        del ctx
        command = self.commands_by_name.get(cmd_name)
        return None if command is None else command.load(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.help) for name, each in self.commands_by_name.items()])

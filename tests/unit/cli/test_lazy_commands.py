"""A command imports what it needs, and the help imports none of the commands."""

import subprocess
import sys

import pytest

from customcrm.cli import Commands

SERVER = (
    "customcrm.api",
    "customcrm.app",
    "customcrm.dashboard",
    "customcrm.operations",
    "customcrm.settings",
    "customcrm.store",
    "customcrm.web",
    "alembic",
    "nh3",
    "phonenumbers",
    "psycopg",
    "sqlalchemy",
    "starlette",
    "uvicorn",
)
"""What only a server needs."""

OUTSIDERS = ("customcrm.checker", "customcrm.client", "customcrm.simulator", "customcrm.connector")

PROGRAM = """
import sys
sys.argv = ["customcrm", *sys.argv[1:]]
from customcrm.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    """The modules that a command line imports."""
    done = subprocess.run(  # noqa: S603 - the tests write the arguments
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout
    return set(done.stderr.splitlines())


def those_of(modules: set[str], rooms: tuple[str, ...]) -> set[str]:
    return {each for each in modules if each.startswith(tuple(f"{room}." for room in rooms))} | (
        modules & set(rooms)
    )


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_the_help_imports_no_command(arguments: tuple[str, ...]) -> None:
    modules = imported(*arguments)
    assert those_of(modules, (*SERVER, *OUTSIDERS, "jinja2", "msgspec", "rich")) == set()
    ours = {each for each in modules if each.startswith("customcrm")}
    assert ours == {"customcrm", "customcrm.cli", "customcrm.cli.lazy", "customcrm.errors"}
    assert len(modules) < 300


@pytest.mark.parametrize("command", ["check", "simulate", "connect"])
def test_what_speaks_to_a_server_imports_none(command: str) -> None:
    modules = imported(command, "--help")
    assert those_of(modules, SERVER) == set()
    assert len(modules) < 1_000


def test_a_list_of_checks_imports_no_server() -> None:
    assert those_of(imported("check", "--list"), SERVER) == set()


@pytest.mark.parametrize("command", ["backup", "restore", "migrate", "keys", "users"])
def test_administration_imports_no_web_server(command: str) -> None:
    modules = imported(command, "--help")
    rooms = ("customcrm.api", "customcrm.app", "customcrm.dashboard", "starlette", "uvicorn")
    assert those_of(modules, (*rooms, *OUTSIDERS)) == set()


@pytest.mark.parametrize("name", Commands.commands_by_name)
def test_the_list_of_commands_says_what_each_command_says(name: str) -> None:
    lazy = Commands.commands_by_name[name]
    command = lazy.load(name)
    assert command.name == name
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == lazy.help
    assert len(lazy.help) < 90


@pytest.mark.parametrize("name", Commands.commands_by_name)
def test_no_command_offers_what_it_does_not_do(name: str) -> None:
    command = Commands.commands_by_name[name].load(name)
    assert not [one for one in command.params if "completion" in (one.name or "")]

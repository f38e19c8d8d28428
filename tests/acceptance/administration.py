"""What an administrator does beside a running server, and what they can look into."""

import re
from pathlib import Path

import httpx
import psycopg
from psycopg import sql

from tests.acceptance.server import Client, Server, run_command

# Within so many seconds a running server heeds what an administrator's command has changed.
SOON = 3.0


def administer(server: Server, *arguments: str) -> str:
    """What a command prints, run beside the server on its database; it has to succeed."""
    done = run_command(*arguments, settings={"CUSTOMCRM_DATABASE_URL": server.database_url})
    if done.returncode != 0:
        raise AssertionError(f"customcrm {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def answers(server: Server, key: str | None) -> int:
    """The status of a request with this key."""
    with Client(server.url, key) as client:
        return client.send("GET", "/health").status_code


def keys_in(server: Server, text: str) -> list[str]:
    """The words of a text that open the server's door."""
    words = set(re.findall(r"[\w.~+/=-]{16,}", text))
    return [word for word in words if answers(server, word) == httpx.codes.OK]


def id_of(name: str, table: str) -> str:
    """The id of what has a name: the first word of its line."""
    lines = [line for line in table.splitlines() if name in line]
    if len(lines) != 1:
        raise AssertionError(f"{len(lines)} lines name {name} in: {table}")
    return str(re.findall(r"[\w-]+", lines[0])[0])


def contents(database_url: str) -> str:
    """Everything that a database holds, as text."""
    if database_url.startswith("sqlite:///"):
        file = Path(database_url.removeprefix("sqlite:///"))
        files = sorted(file.parent.glob(f"{file.name}*"))
        return "".join(one.read_bytes().decode("latin-1") for one in files)
    rows: list[str] = []
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchall()
        for (table,) in tables:
            query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))
            rows.extend(row for (row,) in connection.execute(query))
    return "\n".join(rows)

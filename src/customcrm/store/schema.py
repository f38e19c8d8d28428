"""Bringing a database to the schema of this version."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from customcrm.errors import DatabaseTooNew

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The migration that a database stands at; None if it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The migration that this version leads to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_revisions() -> set[str]:
    """Return every migration that this version knows."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return {script.revision for script in scripts}


def is_current(connection: Connection) -> bool:
    """Whether a database has the newest schema already."""
    return revision_of(connection) == newest_revision()


def migrate(connection: Connection) -> bool:
    """Bring a database to the newest schema, within the connection's transaction.

    Returns:
        Whether there was anything to do.

    Raises:
        DatabaseTooNew: a later version of this program made it.
    """
    current, newest = revision_of(connection), newest_revision()
    if current is not None and current not in known_revisions():
        raise DatabaseTooNew(
            f"The database is at schema {current}, which this version does not know. "
            "A later version of customcrm made it; run that one."
        )
    if current == newest:
        return False
    command.upgrade(_config(connection), "head")
    return True

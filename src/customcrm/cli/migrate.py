"""`customcrm migrate`: the schema."""

import typer

from customcrm.cli.administration import Database, administered


def migrate(database: Database = None) -> None:
    """Bring the database to the schema of this version. `serve` does the same at its start."""
    with administered(database) as store:
        changed = store.migrated
    typer.echo("The schema is up to date now." if changed else "The schema was up to date.")

"""Tasks can be deleted, and what is deleted is found by when.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

GONE = "deleted_at IS NOT NULL"


def upgrade() -> None:
    """Add the column, and the indexes of the bin; lists of tasks leave deleted ones out."""
    op.add_column("tasks", sa.Column("deleted_at", sa.BigInteger(), nullable=True))
    for column, state in (("due_at", "IS NULL"), ("completed_at", "IS NOT NULL")):
        for owner in ([], ["owner_id"]):
            columns = [*owner, column, "id"]
            name = f"ix_tasks_{'_'.join(columns)}"
            op.drop_index(name, "tasks")
            _create_index(name, "tasks", columns, f"completed_at {state} AND deleted_at IS NULL")
    for table in ("contacts", "companies", "tasks"):
        _create_index(f"ix_{table}_deleted_at_id", table, ["deleted_at", "id"], GONE)


def _create_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)

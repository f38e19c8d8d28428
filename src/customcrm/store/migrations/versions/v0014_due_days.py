"""Tasks that are due on a day, not at a moment.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

OPEN = "completed_at IS NULL AND deleted_at IS NULL"


def upgrade() -> None:
    """Add the column, and an index for each kind of open task: each is in its own two alone.

    Tasks of before stay due at a moment: whether an hour was sent with them is not known.
    """
    op.add_column("tasks", sa.Column("due_day", sa.BigInteger(), nullable=True))
    for owner in ([], ["owner_id"]):
        for column in ("due_at", "due_day"):
            columns = [*owner, column, "id"]
            name = f"ix_tasks_{'_'.join(columns)}"
            if column == "due_at":
                op.drop_index(name, "tasks")
            _create_index(name, columns, f"{OPEN} AND {column} IS NOT NULL")
        columns = [*owner, "id"]
        name = f"ix_tasks_undated_{'_'.join(columns)}"
        _create_index(name, columns, f"{OPEN} AND due_at IS NULL AND due_day IS NULL")


def _create_index(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "tasks", columns, sqlite_where=condition, postgresql_where=condition)

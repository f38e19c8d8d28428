"""Types and directions of activities that the contract does not know.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table. It is empty: until now an unknown type was refused."""
    op.create_table(
        "activity_kinds",
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("type", "direction", name=op.f("pk_activity_kinds")),
        sqlite_with_rowid=False,
    )

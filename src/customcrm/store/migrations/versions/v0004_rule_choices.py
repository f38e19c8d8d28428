"""What an admin has chosen of the rules.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "rule_choices",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=True),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_rule_choices")),
        sqlite_with_rowid=False,
    )

"""Which names are certain to be campaigns', so that commas in others are read alike.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column. No name is certain until search documents have been made anew."""
    column = sa.Column("certain", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("campaigns", column)

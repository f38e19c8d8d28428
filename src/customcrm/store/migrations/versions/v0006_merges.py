"""Merges that can be undone, duplicates with a score, and how far the search for them has come.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SCORES = {
    "email": 100,
    "linkedinUrl": 100,
    "domain": 98,
    "externalId": 95,
    "name": 90,
    "phone": 80,
}
"""How sure each reason is under which pairs were noted so far."""


def upgrade() -> None:
    """Create what is missing, and give the pairs noted so far their score."""
    for singular in ("contact", "company"):
        _extend(f"{singular}_duplicates")
    op.create_table(
        "merges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("survivor_id", sa.Text(), nullable=False),
        sa.Column("merged_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    for side in ("survivor_id", "merged_id"):
        op.create_index(op.f(f"ix_merges_{side}_at"), "merges", [side, "at"], unique=False)
    op.create_table(
        "duplicate_searches",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("looked", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("complete_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_duplicate_searches")),
        sqlite_with_rowid=False,
    )


def _extend(table: str) -> None:
    score = sa.Column("score", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    op.add_column(table, score)
    op.add_column(table, sa.Column("dismissed_at", sa.BigInteger(), nullable=True))
    op.add_column(table, sa.Column("dismissed_by", sa.Text(), nullable=True))
    noted = sa.table(table, sa.column("reason", sa.Text()), sa.column("score", sa.BigInteger()))
    op.execute(noted.update().values(score=sa.case(SCORES, value=noted.c.reason, else_=50)))
    suggested = sa.text("dismissed_at IS NULL")
    pair = ["score", "first_id", "second_id"]
    for name, columns in (("score", pair), ("reason", ["reason", *pair])):
        op.create_index(
            op.f(f"ix_{table}_{name}"),
            table,
            columns,
            unique=False,
            sqlite_where=suggested,
            postgresql_where=suggested,
        )

"""Jobs in bulk, and saved views.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_OF_A_JOB = sa.text("job_id IS NOT NULL")
_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Create the tables, and let each change of the history say which job made it."""
    op.create_table(
        "bulk_jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("left_alone", sa.BigInteger(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("runner", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_jobs")),
        sa.ForeignKeyConstraint(["undoes"], ["bulk_jobs.id"], name=op.f("fk_bulk_jobs_undoes")),
    )
    op.create_index(op.f("ix_bulk_jobs_asked_at_id"), "bulk_jobs", ["asked_at", "id"])
    op.create_index(
        "ix_bulk_jobs_open", "bulk_jobs", ["asked_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "bulk_items",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_bulk_items")),
        sa.ForeignKeyConstraint(["job_id"], ["bulk_jobs.id"], name=op.f("fk_bulk_items_job_id")),
        sqlite_with_rowid=False,
    )
    op.add_column("history", sa.Column("job_id", sa.Text(), nullable=True))
    op.create_index(
        op.f("ix_history_job_id_number"),
        "history",
        ["job_id", "number"],
        sqlite_where=_OF_A_JOB,
        postgresql_where=_OF_A_JOB,
    )
    _create_views()


def _create_views() -> None:
    op.create_table(
        "views",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_views_owner_id")),
    )
    op.create_index(op.f("ix_views_owner_id"), "views", ["owner_id"])
    shared = sa.text("shared = 1")
    op.create_index(
        "ix_views_shared", "views", ["noun"], sqlite_where=shared, postgresql_where=shared
    )
    op.create_table(
        "view_pins",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("view_id", sa.Text(), nullable=False),
        sa.Column("pinned_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "view_id", name=op.f("pk_view_pins")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_view_pins_user_id")),
        sa.ForeignKeyConstraint(["view_id"], ["views.id"], name=op.f("fk_view_pins_view_id")),
        sqlite_with_rowid=False,
    )

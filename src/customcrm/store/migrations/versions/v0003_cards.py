"""What people look at: cards, their search, tallies, and when activities happened.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

from customcrm.store.search import search_of

revision = "0003"
down_revision = "0002"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
QUARTER = 900_000_000


def upgrade() -> None:
    """Create them, and note all records that there are, so that their cards are made."""
    _activities()
    _tasks()
    op.create_table(
        "outbox",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_outbox")),
    )
    for singular in ("contact", "company"):
        _cards(singular)
    op.create_table(
        "known_names",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", ORDERED, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_known_names")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slot", "type", "direction", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
    search_of(op.get_bind()).create(op.get_bind())
    _carry_over()


def _activities() -> None:
    op.add_column(
        "activities",
        sa.Column("happened_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE activities SET happened_at = coalesce(occurred_at, created_at)")
    op.drop_index("ix_activities_contact_id_occurred_at", table_name="activities")
    op.drop_index("ix_activities_company_id_occurred_at", table_name="activities")
    for columns in (
        ["contact_id", "happened_at", "id"],
        ["company_id", "happened_at", "id"],
        ["owner_id", "happened_at", "id"],
        ["type", "direction", "happened_at", "id"],
        ["happened_at", "id"],
    ):
        op.create_index(f"ix_activities_{'_'.join(columns)}", "activities", columns)


def _tasks() -> None:
    for columns, which in (
        (["due_at", "id"], "completed_at IS NULL"),
        (["owner_id", "due_at", "id"], "completed_at IS NULL"),
        (["completed_at", "id"], "completed_at IS NOT NULL"),
        (["owner_id", "completed_at", "id"], "completed_at IS NOT NULL"),
    ):
        op.create_index(
            f"ix_tasks_{'_'.join(columns)}",
            "tasks",
            columns,
            sqlite_where=sa.text(which),
            postgresql_where=sa.text(which),
        )


def _cards(singular: str) -> None:
    table = f"{singular}_cards"
    op.create_table(
        table,
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", ORDERED, nullable=False),
        sa.Column("company", ORDERED, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("last_activity_at", sa.BigInteger(), nullable=False),
        sa.Column("last_inbound_at", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    )
    for column in ("name", "company", "created_at", "updated_at", "last_activity_at"):
        op.create_index(f"ix_{table}_{column}_number", table, [column, "number"])
    op.create_index(
        f"ix_{table}_waiting",
        table,
        ["last_inbound_at"],
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting = 1"),
    )


def _carry_over() -> None:
    for singular, plural in (("company", "companies"), ("contact", "contacts")):
        op.execute(
            f"INSERT INTO outbox (kind, record_id) SELECT '{singular}', id FROM {plural} "  # noqa: S608 - both are ours
            "WHERE deleted_at IS NULL AND merged_into IS NULL ORDER BY created_at, id"
        )
    for slot in (f"happened_at / {QUARTER}", "-1"):
        op.execute(
            "INSERT INTO tallies (kind, slot, type, direction, count) "  # noqa: S608 - as above
            f"SELECT 'activity', {slot} AS slot, type, coalesce(direction, ''), count(*) "
            "FROM activities GROUP BY 2, 3, 4"
        )

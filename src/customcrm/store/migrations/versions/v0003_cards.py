"""Cards, and everything else that lists are made from.

What is stored already is put into the outbox: its cards are made when the server runs.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FOLDED = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
QUARTER = 900_000_000
EVER = -(2**62)


def upgrade() -> None:
    """Create them, and take over what there is."""
    for kind in ("contact", "company"):
        _create_cards(f"{kind}_cards")
        _create_words(kind)
    _create_outbox()
    _create_names()
    _tell_when_activities_happened()
    _index_activities()
    _index_others()
    _fill_outbox()
    _fill_tallies()


def _create_cards(name: str) -> None:
    op.create_table(
        name,
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.Column("company_key", FOLDED, nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("last_activity", sa.BigInteger(), nullable=False),
        sa.Column("last_inbound", sa.BigInteger(), nullable=False),
        sa.Column("last_outbound", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("channels", sa.BigInteger(), nullable=False),
        sa.Column("activities", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{name}_id")),
    )
    for sort in ("created", "updated", "last_activity", "name_key", "company_key"):
        op.create_index(f"ix_{name}_{sort}", name, [sort, "number"])
    _create_index(f"ix_{name}_waiting", name, ["last_inbound", "number"], "waiting = 1")


def _create_words(kind: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {kind}_words USING fts5(words, facets, "
            f"content='{kind}_cards', content_rowid='number', "
            "tokenize='ascii', prefix='1 2 3', detail='column')"
        )
    else:
        op.execute(
            f"CREATE TABLE {kind}_words (number bigint PRIMARY KEY, vector tsvector NOT NULL)"
        )
        op.execute(f"CREATE INDEX ix_{kind}_words_vector ON {kind}_words USING gin (vector)")


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_record_id", "outbox", ["record_id"])
    op.create_table(
        "tallies",
        sa.Column("quarter", sa.BigInteger(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "noun", "type", "direction", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )


def _create_names() -> None:
    op.create_table(
        "property_names",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_property_names")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "campaigns",
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_campaigns")),
        sqlite_with_rowid=False,
    )


def _tell_when_activities_happened() -> None:
    op.add_column(
        "activities",
        sa.Column("happened_at", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.execute("UPDATE activities SET happened_at = coalesce(occurred_at, created_at)")


def _index_activities() -> None:
    story = ["happened_at", "id", "type", "direction"]
    op.drop_index("ix_activities_company_id_occurred_at", "activities")
    op.create_index("ix_activities_contact", "activities", ["contact_id", *story])
    op.create_index("ix_activities_company", "activities", ["company_id", *story])
    op.create_index("ix_activities_all", "activities", story)
    streams = ["type", "direction", "happened_at", "id"]
    op.create_index("ix_activities_type", "activities", streams)
    op.create_index("ix_activities_owner", "activities", ["owner_id", *streams])


def _index_others() -> None:
    for who in ("contact_id", "company_id"):
        op.drop_index(f"ix_tasks_{who}", "tasks")
        op.create_index(f"ix_tasks_{who}_created_at_id", "tasks", [who, "created_at", "id"])
    for column, state in (("due_at", "IS NULL"), ("completed_at", "IS NOT NULL")):
        for owner in ([], ["owner_id"]):
            columns = [*owner, column, "id"]
            name = f"ix_tasks_{'_'.join(columns)}"
            _create_index(name, "tasks", columns, f"completed_at {state}")
    op.drop_index("ix_history_record_id_number", "history")
    op.create_index("ix_history_record_id_at_number", "history", ["record_id", "at", "number"])
    op.drop_index("ix_calls_at", "calls")
    pulse = ["at", "operation", "status", "received", "failed"]
    op.create_index("ix_calls_pulse", "calls", pulse)
    op.create_index("ix_calls_operation_number", "calls", ["operation", "number"])
    _create_index("ix_calls_failed", "calls", ["number"], "status >= 400 OR failed > 0")


def _create_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _fill_outbox() -> None:
    for plural in ("contacts", "companies"):
        op.execute(
            f"INSERT INTO outbox (record_id) SELECT id FROM {plural} "  # noqa: S608 - a literal
            "WHERE deleted_at IS NULL AND merged_into IS NULL ORDER BY id"
        )


def _fill_tallies() -> None:
    for quarter in (f"happened_at / {QUARTER}", EVER):
        op.execute(
            "INSERT INTO tallies (quarter, noun, type, direction, count) "  # noqa: S608 - a literal
            f"SELECT {quarter}, 'activity', type, coalesce(direction, ''), count(*) "
            "FROM activities GROUP BY 1, 2, 3, 4"
        )

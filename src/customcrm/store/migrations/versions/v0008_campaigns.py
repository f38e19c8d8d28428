"""How far each contact has come, and what campaigns count of it.

What was sent before is told its step of a sequence. All cards are made anew when the server runs.

Revision ID: 0008
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from customcrm.crm.journey import step_of

revision = "0008"
down_revision = "0007"

FOLDED = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
CHUNK = 10_000

SENT = sa.text(
    "SELECT id, subject, metadata FROM activities WHERE direction = 'OUTBOUND' AND id > :after "
    "AND (subject LIKE '%[%' OR metadata LIKE '%sequenceIndex%') ORDER BY id LIMIT :most"
)
TELL = sa.text("UPDATE activities SET step = :step WHERE id = :id")


def upgrade() -> None:
    """Create them, and have what there is counted."""
    op.add_column("activities", sa.Column("step", sa.BigInteger(), nullable=True))
    op.drop_index("ix_activities_contact", "activities")
    for chunk in _chunks():
        told = [{"id": row.id, "step": _step(row)} for row in chunk]
        known = [one for one in told if one["step"] is not None]
        if known:
            op.get_bind().execute(TELL, known)
    story = ["contact_id", "happened_at", "id", "type", "direction", "step"]
    op.create_index("ix_activities_contact", "activities", story)
    for kind in ("contact", "company"):
        _widen(f"{kind}_cards")
    op.create_table(
        "campaign_tallies",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("key", FOLDED, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "noun", "key", name=op.f("pk_campaign_tallies")),
        sqlite_with_rowid=False,
    )
    columns = ["campaign", "noun", "count"]
    op.create_index("ix_campaign_tallies_campaign_noun_count", "campaign_tallies", columns)
    for plural in ("contacts", "companies"):
        op.execute(
            f"INSERT INTO outbox (record_id) SELECT id FROM {plural} "  # noqa: S608 - a literal
            "WHERE deleted_at IS NULL AND merged_into IS NULL ORDER BY id"
        )


def _widen(cards: str) -> None:
    stages = sa.Column("stages", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column(cards, stages)
    op.add_column(cards, sa.Column("counted", sa.Text(), nullable=True))


def _chunks() -> Iterator[Sequence[Any]]:
    """What was sent and may be a step, so many at a time."""
    after = ""
    while True:
        chunk = op.get_bind().execute(SENT, {"after": after, "most": CHUNK}).all()
        if not chunk:
            return
        yield chunk
        after = chunk[-1].id


def _step(row: Any) -> int | None:
    return step_of(None if row.metadata is None else json.loads(row.metadata), row.subject)

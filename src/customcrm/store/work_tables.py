"""The tables of work in the background and of what people set up for themselves."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from customcrm.store.columns import Instant, Json
from customcrm.store.tables import METADATA

JOBS: Final = Table(
    "bulk_jobs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("deed", Json, nullable=False),
    Column("selection", Json),
    Column("actor", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("state", Text, nullable=False),
    Column("place", Json),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("left_alone", BigInteger, nullable=False),
    Column("undoes", ForeignKey("bulk_jobs.id")),
    Column("undone_by", Text),
    Column("runner", Text),
    Column("leased_until", Instant),
    Index(None, "asked_at", "id"),
)
"""Jobs in bulk, also those that have ended."""

_ENDED: Final = JOBS.c.ended_at.is_(None)
Index("ix_bulk_jobs_open", JOBS.c.asked_at, sqlite_where=_ENDED, postgresql_where=_ENDED)

ITEMS: Final = Table(
    "bulk_items",
    METADATA,
    Column("job_id", ForeignKey("bulk_jobs.id"), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("item_id", Text, nullable=False),
    PrimaryKeyConstraint("job_id", "number"),
    sqlite_with_rowid=False,
)
"""What a job has still to do. An item goes in the transaction that does it."""

DERIVATIONS: Final = Table(
    "derivations",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("noun", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("completed_at", Instant),
    Column("runner", Text),
    Column("leased_until", Instant),
    sqlite_with_rowid=False,
)
"""How far what is derived from stored data has come, by the version of the rules it follows."""

VIEWS: Final = Table(
    "views",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("owner_id", ForeignKey("users.id"), nullable=False),
    Column("noun", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("shared", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Index(None, "owner_id"),
)
"""Saved views; a deleted one keeps its row, so that it can come back."""

_SHARED: Final = VIEWS.c.shared == text("1")
Index("ix_views_shared", VIEWS.c.noun, sqlite_where=_SHARED, postgresql_where=_SHARED)

PINS: Final = Table(
    "view_pins",
    METADATA,
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("view_id", ForeignKey("views.id"), nullable=False),
    Column("pinned_at", Instant, nullable=False),
    PrimaryKeyConstraint("user_id", "view_id"),
    sqlite_with_rowid=False,
)
"""Who has which view at the side of every page."""

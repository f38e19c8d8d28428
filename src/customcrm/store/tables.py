"""Every table, alike in SQLite and PostgreSQL. `migrations/` leads there; a test compares them.

Records are never removed: a deleted one keeps its row with `deleted_at`, a merged one keeps it
with `merged_into`, so that no id is ever given twice and an old link still leads somewhere. What a
record was merged into is itself never merged: a merge takes those merged before along. Deleted
records have no match keys, nor has what was merged into them. What was merged into a living one
keeps its keys: they lead to the survivor, as its id does. The survivor's `layers` keep what was
said under each id, so that they can part again.

The tables of lists are in `card_tables.py`, those of what people set up in `work_tables.py`.
"""

from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from customcrm.crm.records import Kind
from customcrm.store.columns import Instant, Json

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")
"""A number that grows by itself: SQLite gives those only to its own INTEGER."""


FOLDED: Final = Text(collation="C").with_variant(Text(), "sqlite")
"""Text that is ordered by its code points, in every database."""

_GONE: Final = "deleted_at IS NOT NULL"
_OPEN: Final = "completed_at IS NULL AND deleted_at IS NULL"
_DUE_AT: Final = f"{_OPEN} AND due_at IS NOT NULL"
_DUE_DAY: Final = f"{_OPEN} AND due_day IS NOT NULL"
_UNDATED: Final = f"{_OPEN} AND due_at IS NULL AND due_day IS NULL"
_DONE: Final = "completed_at IS NOT NULL AND deleted_at IS NULL"

_STORY: Final = ("happened_at", "id", "type", "direction")
"""What a list of activities is ordered and filtered by."""


def _where(condition: str) -> dict[str, Any]:
    """The condition of an index on some rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class RecordTables(NamedTuple):
    """Where one kind of record is kept.

    Attributes:
        records: the records, with all their properties as one JSON object.
        external_ids: the sender's ids, several to a record.
        keys: the match keys of living records, and of those merged into them; several may share
            one.
        duplicates: pairs that may be one and the same, with the strongest reason that was found
            and how sure that is. A dismissed pair is never suggested again; one of whose two is
            deleted or merged is left out as long as that is so.
    """

    records: Table
    external_ids: Table
    keys: Table
    duplicates: Table


def _record_tables(plural: str, singular: str) -> RecordTables:
    records = Table(
        plural,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("properties", Json, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
        Column("deleted_at", Instant),
        Column("merged_into", ForeignKey(f"{plural}.id")),
        Column("layers", Json),
        Index(None, "deleted_at", "id", **_where(_GONE)),
    )
    merged = records.c.merged_into.is_not(None)
    Index(None, records.c.merged_into, sqlite_where=merged, postgresql_where=merged)
    external_ids = Table(
        f"{singular}_external_ids",
        METADATA,
        Column("external_id", Text, primary_key=True),
        Column("record_id", ForeignKey(f"{plural}.id"), nullable=False),
        Column("added_at", Instant, nullable=False),
        Index(None, "record_id"),
        sqlite_with_rowid=False,
    )
    keys = Table(
        f"{singular}_keys",
        METADATA,
        Column("kind", Text, nullable=False),
        Column("value", Text, nullable=False),
        Column("record_id", ForeignKey(f"{plural}.id"), nullable=False),
        PrimaryKeyConstraint("kind", "value", "record_id"),
        sqlite_with_rowid=False,
    )
    duplicates = Table(
        f"{singular}_duplicates",
        METADATA,
        Column("first_id", ForeignKey(f"{plural}.id"), nullable=False),
        Column("second_id", ForeignKey(f"{plural}.id"), nullable=False),
        Column("reason", Text, nullable=False),
        Column("noted_at", Instant, nullable=False),
        Column("score", BigInteger, nullable=False, server_default="0"),
        Column("dismissed_at", Instant),
        Column("dismissed_by", Text),
        PrimaryKeyConstraint("first_id", "second_id"),
        sqlite_with_rowid=False,
    )
    suggested, pair = _where("dismissed_at IS NULL"), ("score", "first_id", "second_id")
    Index(f"ix_{singular}_duplicates_score", *(duplicates.c[name] for name in pair), **suggested)
    ranked = (duplicates.c[name] for name in ("reason", *pair))
    Index(f"ix_{singular}_duplicates_reason", *ranked, **suggested)
    return RecordTables(records, external_ids, keys, duplicates)


RECORDS: Final = {
    Kind.CONTACT: _record_tables("contacts", "contact"),
    Kind.COMPANY: _record_tables("companies", "company"),
}

DOUBTFUL_RECORDS: Final = Table(
    "doubtful_records",
    METADATA,
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("dismissed_at", Instant),
    Column("dismissed_by", Text),
    PrimaryKeyConstraint("kind", "record_id"),
    sqlite_with_rowid=False,
)
"""Records that rules of an earlier version joined, and that may be two. A dismissed one is not
listed again."""

MERGES: Final = Table(
    "merges",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("survivor_id", Text, nullable=False),
    Column("merged_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", Text),
    Column("payload", Json, nullable=False),
    Index(None, "survivor_id", "at"),
    Index(None, "merged_id", "at"),
)
"""Merges, undone ones too. The payload is what taking one back needs to know."""

DUPLICATE_SEARCHES: Final = Table(
    "duplicate_searches",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("step", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("looked", BigInteger, nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("complete_at", Instant),
    sqlite_with_rowid=False,
)
"""How far the search for duplicates of each kind has come: its step, and the place within it; up to
which row of the history what changed was looked at; and when everything was looked at last."""

ASSOCIATIONS: Final = Table(
    "associations",
    METADATA,
    Column("contact_id", ForeignKey("contacts.id"), nullable=False),
    Column("company_id", ForeignKey("companies.id"), nullable=False),
    Column("properties", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("contact_id", "company_id"),
    Index(None, "company_id"),
    sqlite_with_rowid=False,
)

TASKS: Final = Table(
    "tasks",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("description", Text),
    Column("type", Text),
    Column("owner_id", Text),
    Column("due_at", Instant),
    Column("due_day", Instant),
    Column("contact_id", Text),
    Column("company_id", Text),
    Column("completed_at", Instant),
    Column("properties", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Index(None, "contact_id", "created_at", "id"),
    Index(None, "company_id", "created_at", "id"),
    Index(None, "due_at", "id", **_where(_DUE_AT)),
    Index(None, "owner_id", "due_at", "id", **_where(_DUE_AT)),
    Index(None, "due_day", "id", **_where(_DUE_DAY)),
    Index(None, "owner_id", "due_day", "id", **_where(_DUE_DAY)),
    Index("ix_tasks_undated_id", "id", **_where(_UNDATED)),
    Index("ix_tasks_undated_owner_id_id", "owner_id", "id", **_where(_UNDATED)),
    Index(None, "completed_at", "id", **_where(_DONE)),
    Index(None, "owner_id", "completed_at", "id", **_where(_DONE)),
    Index(None, "deleted_at", "id", **_where(_GONE)),
)
"""Tasks. What is due at a moment has `due_at`; what is due on a day, which is the same in every
zone, has `due_day`, the first moment of that day in UTC. The ids of contact, company and owner are
kept as sent, known or not. A deleted one keeps its row, and nothing but the bin finds it."""

ACTIVITIES: Final = Table(
    "activities",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("direction", Text),
    Column("subject", Text),
    Column("body", Text),
    Column("owner_id", Text),
    Column("occurred_at", Instant),
    Column("contact_id", Text),
    Column("company_id", Text),
    Column("metadata", Json),
    Column("properties", Json, nullable=False),
    Column("repeat_key", Text, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("happened_at", Instant, nullable=False, server_default="0"),
    Column("step", BigInteger),
    Column("excerpt", Text),
    Column("message", Json),
    Column("automatic", Text),
    Index("ix_activities_contact", "contact_id", *_STORY, "step", "automatic"),
    Index("ix_activities_company", "company_id", *_STORY),
    Index("ix_activities_all", *_STORY),
    Index("ix_activities_type", "type", "direction", "happened_at", "id"),
    Index("ix_activities_owner", "owner_id", "type", "direction", "happened_at", "id"),
)
"""Activities. The ids of contact, company and owner are kept as sent, known or not. One happened at
the earlier of `occurred_at` and `created_at`; see `crm/activity_time.py`. One that was sent may be
a `step` of a sequence. `excerpt`, `message` and `automatic` are derived from it when it is stored,
see `crm/activity_text.py`: `message` is NULL where the text is the body itself, and `excerpt` where
nothing has been derived yet."""

ACTIVITY_KINDS: Final = Table(
    "activity_kinds",
    METADATA,
    Column("type", Text, nullable=False),
    Column("direction", Text, nullable=False),
    PrimaryKeyConstraint("type", "direction"),
    sqlite_with_rowid=False,
)
"""Each pair of type and direction of activities that is not the contract's; an empty direction for
none."""

HISTORY: Final = Table(
    "history",
    METADATA,
    Column("number", SERIAL, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("old_values", Json, nullable=False),
    Column("new_values", Json, nullable=False),
    Column("job_id", Text),
    Index(None, "record_id", "at", "number"),
    Index(None, "job_id", "number", **_where("job_id IS NOT NULL")),
)
"""Every change of every contact, company, task and user. A value that was absent is absent from
`old_values`; one that was cleared is null in `new_values`. What one job changed in bulk bears its
id."""

ANSWERS: Final = Table(
    "answers",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index(None, "expires_at"),
    sqlite_with_rowid=False,
)
"""Answers kept for repeats of their requests."""

USERS: Final = Table(
    "users",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Column("sign_in_email", Text),
    Column("role", Text),
    Column("password_hash", Text),
    Column("zone", Text, nullable=False, server_default="UTC"),
)
"""Users, with a role or without. `email` is as it was written, and may be shared by old ones;
`sign_in_email` is in the one spelling that it is found in, and one living user's alone."""

_LIVING: Final = USERS.c.removed_at.is_(None)
Index(None, USERS.c.sign_in_email, unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("agent", Text, nullable=False),
    Index(None, "user_id"),
    Index(None, "seen_at"),
)
"""Who is signed in where. Of a session's secret there is only the digest."""

LINKS: Final = Table(
    "links",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("user_id", ForeignKey("users.id")),
    Column("created_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index(None, "user_id"),
)
"""One-time links. Of a link's secret there is only the digest."""

RULE_CHOICES: Final = Table(
    "rule_choices",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("chain", Json),
    Column("returned", Json),
    sqlite_with_rowid=False,
)
"""What an admin has chosen of the rules; null where the server's settings hold."""

PROPERTY_DEFINITIONS: Final = Table(
    "property_definitions",
    METADATA,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("type", Text),
    Column("choices", Json, nullable=False),
    Column("hidden", BigInteger, nullable=False),
    Column("position", BigInteger),
    Column("by_hand", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "name"),
    sqlite_with_rowid=False,
)
"""What people say of properties; a property of which nothing was said has no row."""

API_KEYS: Final = Table(
    "api_keys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

CALLS: Final = Table(
    "calls",
    METADATA,
    Column("number", SERIAL, primary_key=True),
    Column("request_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("operation", Text, nullable=False),
    Column("status", BigInteger, nullable=False),
    Column("duration_us", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("linked", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("matched", BigInteger, nullable=False),
    Column("failed", BigInteger, nullable=False),
    Column("items", Json, nullable=False),
    Index("ix_calls_pulse", "at", "operation", "status", "received", "failed"),
    Index(None, "operation", "number"),
    Index("ix_calls_failed", "number", **_where("status >= 400 OR failed > 0")),
)
"""The calls received. No bodies: they hold personal data."""

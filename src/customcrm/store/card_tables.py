"""The tables that lists are read from: cards, what they are found by, and what is counted of them.

All of it is made from the records, and can be made again.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text, text

from customcrm.crm.records import Kind
from customcrm.store.tables import FOLDED, METADATA, SERIAL


def _card_table(singular: str) -> Table:
    name = f"{singular}_cards"
    sorts = ("created", "updated", "last_activity", "name_key", "company_key")
    waiting = text("waiting = 1")
    return Table(
        name,
        METADATA,
        Column("number", SERIAL, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("name_key", FOLDED, nullable=False),
        Column("company_key", FOLDED, nullable=False),
        Column("created", BigInteger, nullable=False),
        Column("updated", BigInteger, nullable=False),
        Column("last_activity", BigInteger, nullable=False),
        Column("last_inbound", BigInteger, nullable=False),
        Column("last_outbound", BigInteger, nullable=False),
        Column("waiting", BigInteger, nullable=False),
        Column("channels", BigInteger, nullable=False),
        Column("activities", BigInteger, nullable=False),
        Column("people", BigInteger, nullable=False),
        Column("stages", BigInteger, nullable=False, server_default="0"),
        Column("counted", Text),
        Column("words", Text, nullable=False),
        Column("facets", Text, nullable=False),
        *(Index(f"ix_{name}_{sort}", sort, "number") for sort in sorts),
        Index(
            f"ix_{name}_waiting",
            "last_inbound",
            "number",
            sqlite_where=waiting,
            postgresql_where=waiting,
        ),
    )


CARDS: Final = {kind: _card_table(str(kind)) for kind in Kind}
"""What lists keep of each record that is neither deleted nor merged. Moments are microseconds, 0
for none; `channels` has a bit for each type of activity, `stages` one each for contacted, connected
and replied; `counted` is what its campaigns have counted of it. Beside each table stands one that
finds words, `contact_words` and `company_words`, of which each database has its own kind."""

OUTBOX: Final = Table(
    "outbox",
    METADATA,
    Column("number", SERIAL, primary_key=True),
    Column("record_id", Text),
    Column("type", Text),
    Column("direction", Text),
    Column("happened_at", BigInteger),
    Index(None, "record_id"),
)
"""Records whose cards must be made anew, and activities to be counted: these have a type."""

TALLIES: Final = Table(
    "tallies",
    METADATA,
    Column("quarter", BigInteger, nullable=False),
    Column("noun", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("count", BigInteger, nullable=False),
    PrimaryKeyConstraint("quarter", "noun", "type", "direction"),
    sqlite_with_rowid=False,
)
"""How much came in each quarter of an hour since 1970; in one before all time, how much ever."""

CAMPAIGN_TALLIES: Final = Table(
    "campaign_tallies",
    METADATA,
    Column("campaign", Text, nullable=False),
    Column("noun", Text, nullable=False),
    Column("key", FOLDED, nullable=False),
    Column("count", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign", "noun", "key"),
    Index(None, "campaign", "noun", "count"),
    sqlite_with_rowid=False,
)
"""How many contacts of each campaign, by its token in their facets, have what can be counted."""

PROPERTY_NAMES: Final = Table(
    "property_names",
    METADATA,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    PrimaryKeyConstraint("kind", "name"),
    sqlite_with_rowid=False,
)

CAMPAIGNS: Final = Table(
    "campaigns",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("certain", BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
"""The campaigns that records have had. A name is not certain while it may be several, separated by
commas."""

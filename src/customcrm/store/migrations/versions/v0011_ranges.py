"""Numbers and days by which lists are filtered: all cards are made anew, with their marks.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Put every record that has a card into the outbox: the server makes the cards when it runs."""
    for cards in ("contact_cards", "company_cards"):
        op.execute(f"INSERT INTO outbox (record_id) SELECT id FROM {cards} ORDER BY number")  # noqa: S608 - a literal

"""The text of messages, and which of them a machine has sent: derived when they are stored.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns. They are NULL for what is stored already, of which pages derive them."""
    for name in ("excerpt", "message", "automatic"):
        op.add_column("activities", sa.Column(name, sa.Text(), nullable=True))
    op.drop_index("ix_activities_contact_id_occurred_at", "activities")
    op.drop_index("ix_activities_contact", "activities")
    story = ["contact_id", "happened_at", "id", "type", "direction", "step", "automatic"]
    op.create_index("ix_activities_contact", "activities", story)

"""Users may sign in: roles, passwords, sessions and one-time links.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

from customcrm.crm.email import email_key

revision = "0002"
down_revision = "0001"

USERS = sa.table(
    "users",
    sa.column("id", sa.Text()),
    sa.column("email", sa.Text()),
    sa.column("created_at", sa.BigInteger()),
    sa.column("removed_at", sa.BigInteger()),
    sa.column("sign_in_email", sa.Text()),
)


def upgrade() -> None:
    """Create what is missing, and find the email that each user would sign in with."""
    op.add_column("users", sa.Column("sign_in_email", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("role", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("password_hash", sa.Text(), nullable=True))
    op.add_column(
        "users", sa.Column("zone", sa.Text(), server_default=sa.text("'UTC'"), nullable=False)
    )
    _spell_emails(op.get_bind())
    op.create_index(
        op.f("ix_users_sign_in_email"),
        "users",
        ["sign_in_email"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_sessions_digest")),
    )
    op.create_index(op.f("ix_sessions_seen_at"), "sessions", ["seen_at"], unique=False)
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_links_user_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_user_id"), "links", ["user_id"], unique=False)


def _spell_emails(connection: sa.Connection) -> None:
    """Give each email to the oldest living user that has it; others keep theirs for show only."""
    living = (
        sa.select(USERS.c.id, USERS.c.email)
        .where(USERS.c.removed_at.is_(None), USERS.c.email.is_not(None))
        .order_by(USERS.c.created_at, USERS.c.id)
    )
    owners: dict[str, str] = {}
    for user_id, email in connection.execute(living):
        spelled = email_key(email)
        if spelled is not None:
            owners.setdefault(spelled, user_id)
    for email, user_id in owners.items():
        connection.execute(
            sa.update(USERS).where(USERS.c.id == user_id).values(sign_in_email=email)
        )

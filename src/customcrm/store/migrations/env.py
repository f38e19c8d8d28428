"""How Alembic runs our migrations: on the connection it is handed, in that one's transaction."""

from alembic import context

from customcrm.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

"""What Alembic runs first. The connection, its transaction and its lock are storage.database.migrate's."""

from alembic import context

from storage.database.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()

"""How a database of an earlier version becomes one of today. Alembic runs these files; nothing else imports them."""

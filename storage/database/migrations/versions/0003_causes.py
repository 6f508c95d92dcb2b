"""Why an attempt ended as it did, in a word that can be counted and looked up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("attempts", sa.Column("cause", sa.Text(), nullable=True))

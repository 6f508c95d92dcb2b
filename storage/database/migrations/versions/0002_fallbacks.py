"""Where a source is looked for now, and how far a server's word on what changed is believed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sources", sa.Column("empty_runs", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sources", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("validators", sa.Column("unchanged_answers", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("validators", sa.Column("is_distrusted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("validators", sa.Column("offers_hash", sa.Text()))

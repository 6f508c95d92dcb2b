"""Since when a source is looked for elsewhere than at its own URL, why, and when that was tried last."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("sources", sa.Column("place_since", sa.DateTime(timezone=True)))
    op.add_column("sources", sa.Column("place_because", sa.Text()))
    op.add_column("sources", sa.Column("own_tried_at", sa.DateTime(timezone=True)))

"""When guests asked for a removal, and since when the clock can be believed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take for granted that what is hidden was asked for at its last change."""
    op.add_column("pledges", sa.Column("hidden_at", sa.Float(), nullable=True))
    op.execute("UPDATE pledges SET hidden_at = changed_at WHERE is_hidden")
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("steady_since", sa.Float(), nullable=False),
    )

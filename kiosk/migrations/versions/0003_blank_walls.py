"""Walls that somebody has blanked, and who did."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Begin with none: every wall shows photos."""
    op.create_table(
        "blanks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("is_blank", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )

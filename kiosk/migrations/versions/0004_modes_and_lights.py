"""How walls show photos, and the spotlight's schedule."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Begin with none: every wall is a mosaic, and nobody is in the light."""
    op.create_table(
        "modes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
    )
    op.create_table(
        "lights",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("pledge", sa.String(), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False, index=True),
    )

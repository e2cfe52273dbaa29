"""Who was asked for another photo, and which photo another one replaces."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Begin with nobody asked."""
    retake = sa.Column("retake", sa.String(), nullable=False, server_default="")
    op.add_column("pledges", retake)
    op.add_column("pledges", sa.Column("replaces", sa.String(), nullable=True))

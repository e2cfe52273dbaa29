"""Pledges are found by the time of day they were kept."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the index by which they are found."""
    op.create_index("pledges_by_time", "pledges", ["kept_at"], unique=False)

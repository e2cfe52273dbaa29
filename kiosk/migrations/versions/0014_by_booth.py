"""Pledges are found by their booth and the time of day they were kept."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the index by which they are found."""
    op.create_index("pledges_by_booth", "pledges", ["booth", "kept_at"], unique=False)

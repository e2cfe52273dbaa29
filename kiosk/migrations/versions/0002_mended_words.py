"""What a guest wrote beside what a volunteer mended, and acts of more than one kind."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add both columns; every act until now was a decision, and nothing was mended."""
    op.add_column("pledges", sa.Column("said", sa.String(), nullable=True))
    decided = sa.Column("kind", sa.String(), nullable=False, server_default="decided")
    op.add_column("acts", decided)

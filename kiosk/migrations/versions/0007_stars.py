"""What volunteers chose for the stage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Begin with nothing chosen."""
    none = sa.false()
    op.add_column(
        "pledges",
        sa.Column("is_starred", sa.Boolean(), nullable=False, server_default=none),
    )
    columns = ["is_starred", "decision", "number"]
    op.create_index("pledges_starred", "pledges", columns, unique=False)

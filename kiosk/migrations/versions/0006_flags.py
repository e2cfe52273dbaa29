"""Why a volunteer should look at a pledge twice."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Begin with none: what waits is looked at again when the booth starts."""
    flags = sa.Column("flags", sa.String(), nullable=False, server_default="")
    op.add_column("pledges", flags)

"""What a guest asks back is counted among the requests, and nowhere else."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Count anew what waits, is approved or private, without what is asked back."""
    op.execute(
        "UPDATE tallies SET count = (SELECT count(*) FROM pledges"
        " WHERE decision = tallies.name AND NOT is_hidden AND NOT is_withdrawn)"
        " WHERE name IN ('waiting', 'approved', 'private')"
    )

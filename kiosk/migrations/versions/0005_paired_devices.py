"""Devices that have a name, and the event with which their pairing ends."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what they are called; whoever is signed in belongs to no event, and pairs."""
    for name, kind, before in (
        ("name", sa.String(), ""),
        ("number", sa.Integer(), "0"),
        ("event", sa.String(), ""),
    ):
        column = sa.Column(name, kind, nullable=False, server_default=before)
        op.add_column("sessions", column)
    named = sa.Column("name", sa.String(), nullable=False, server_default="")
    op.add_column("one_time_links", named)

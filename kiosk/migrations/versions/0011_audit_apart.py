"""The audit in a file of its own, which no rebuild of this database touches."""

import sqlalchemy as sa
from alembic import op

from kiosk.store import audit

revision = "0011"
down_revision = "0010"

LINES = sa.text("SELECT at, who, what, about FROM audit ORDER BY id")
DEVICES = sa.text("SELECT id, name, role, number FROM sessions")


def upgrade() -> None:
    """Move every line out, and drop the table once they are on disk."""
    db = op.get_bind()
    names = {
        row.id: row.name or f"{row.role} {row.number}" for row in db.execute(DEVICES)
    }
    old = [
        audit.Line(**row._mapping, called=names.get(row.who, ""))  # noqa: SLF001  # a row's own way to be a mapping
        for row in db.execute(LINES)
    ]
    audit.carry_over(db, old)
    op.drop_table("audit")

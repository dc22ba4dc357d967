"""Begun by the slice: marketing that is held by a worker and not yet on its way is told from what may have arrived."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("outbox", sa.Column("begun_at", Moment, nullable=True))
    # What a worker of the version before held when it ended may be on its way, as far as anybody knows.
    op.execute("UPDATE outbox SET begun_at = created_at WHERE state = 'sending'")


def downgrade() -> None:
    """Take this step back."""
    op.drop_column("outbox", "begun_at")

"""Who serves what: each worker says by which platforms it sends, and a pause says when it was asked for."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    # Nothing: a worker of the version before, which does not say.
    op.add_column("workers", sa.Column("serves", sa.String(64), nullable=True))
    op.add_column("limits", sa.Column("paused_at", Moment, nullable=True))


def downgrade() -> None:
    """Take this step back."""
    op.drop_column("limits", "paused_at")
    op.drop_column("workers", "serves")

"""Holds without rewards: a referral whose goal gives nothing, or whose rewards were refused, is completed too."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

DUE = sa.text("state = 'qualified' AND completes_at IS NOT NULL")


def upgrade() -> None:
    """Apply this step."""
    op.add_column("referrals", sa.Column("completes_at", Moment, nullable=True))
    op.create_index("referrals_due_ix", "referrals", ["completes_at"], sqlite_where=DUE, postgresql_where=DUE)


def downgrade() -> None:
    """Take this step back."""
    op.drop_index("referrals_due_ix", table_name="referrals")
    op.drop_column("referrals", "completes_at")

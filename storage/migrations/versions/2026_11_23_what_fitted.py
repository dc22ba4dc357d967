"""What fitted: which of several sizes a reward has is kept with it, so that a refund need not guess.

Rewards from before say nothing of it; a refund of their purchase goes on finding it by what the reward came to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what fitted."""
    op.add_column("rewards", sa.Column("fitted", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget what fitted."""
    op.drop_column("rewards", "fitted")

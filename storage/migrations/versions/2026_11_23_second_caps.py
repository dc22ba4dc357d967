"""Further caps: room for the name of one, such as "caps.advocate.year.also.miles"."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


_SHORT, _LONG = sa.String(length=32), sa.String(length=64)


def upgrade() -> None:
    """Let names of caps be longer."""
    with op.batch_alter_table("caps") as caps:
        caps.alter_column("cap", existing_type=_SHORT, type_=_LONG, existing_nullable=False)


def downgrade() -> None:
    """Forget what was counted under the names that do not fit any more."""
    op.execute("DELETE FROM caps WHERE length(cap) > 32")
    with op.batch_alter_table("caps") as caps:
        caps.alter_column("cap", existing_type=_LONG, type_=_SHORT, existing_nullable=False)

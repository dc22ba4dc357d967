"""Appeals: what customers ask the team to decide again."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
_REFERS = {"customer_id": "customers", "decision_id": "decisions", "reward_id": "rewards"}


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("decision_id", ID, nullable=True),
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("by_platform", sa.String(length=32), nullable=True),
        sa.Column("by_subject", sa.String(length=128), nullable=True),
        sa.Column("reward_id", ID, nullable=True),
        sa.CheckConstraint("state IN ('open', 'upheld', 'overturned')", name=op.f("appeals_state_ck")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"appeals_{column}_fk"))
            for column, table in _REFERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("appeals_pk")),
        sa.UniqueConstraint("about", "outcome", name="one_appeal_per_decision"),
    )
    op.create_index("appeals_customer_ix", "appeals", ["customer_id"])
    op.create_index("appeals_open_ix", "appeals", ["asked_at"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("appeals")

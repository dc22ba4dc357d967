"""The team: its members, its conversations with customers, and notices that go to its channel."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('queued', 'sending')")
CURRENT = sa.text("state IN ('asked', 'open')")
THREADED = sa.text("thread IS NOT NULL")


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "members",
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'cashier', 'manager', 'owner')", name=op.f("members_role_ck")),
        sa.PrimaryKeyConstraint("platform", "subject", name="one_role_per_member"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("thread", sa.String(length=64), nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("opened_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.CheckConstraint("state IN ('asked', 'open', 'closed')", name=op.f("conversations_state_ck")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("conversations_customer_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("conversations_pk")),
    )
    op.create_index(
        "one_conversation_per_customer",
        "conversations",
        ["customer_id"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
    op.create_index(
        "one_conversation_per_thread",
        "conversations",
        ["thread"],
        unique=True,
        sqlite_where=THREADED,
        postgresql_where=THREADED,
    )
    op.create_index("conversations_customer_ix", "conversations", ["customer_id"])
    op.drop_index("outbox_open_ix", table_name="outbox")
    op.add_column("outbox", sa.Column("recipient", ID, nullable=True))
    op.execute("UPDATE outbox SET recipient = customer_id")
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("via", sa.String(length=32), nullable=True))
        outbox.alter_column("recipient", existing_type=ID, nullable=False)
        outbox.alter_column("customer_id", existing_type=ID, nullable=True)
        outbox.drop_constraint(op.f("outbox_kind_ck"), type_="check")
        outbox.create_check_constraint(
            op.f("outbox_kind_ck"), "kind IN ('reward', 'service', 'marketing', 'support', 'team')"
        )
    op.create_index("outbox_open_ix", "outbox", ["recipient", "number"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    """Take this step back; what was for the team alone is dropped."""
    op.drop_index("outbox_open_ix", table_name="outbox")
    op.execute("DELETE FROM outbox WHERE kind IN ('support', 'team')")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("outbox_kind_ck"), type_="check")
        outbox.create_check_constraint(op.f("outbox_kind_ck"), "kind IN ('reward', 'service', 'marketing')")
        outbox.alter_column("customer_id", existing_type=ID, nullable=False)
        outbox.drop_column("via")
        outbox.drop_column("recipient")
    op.create_index("outbox_open_ix", "outbox", ["customer_id", "number"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_table("conversations")
    op.drop_table("members")

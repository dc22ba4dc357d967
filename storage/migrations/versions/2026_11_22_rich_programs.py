"""Rich programs: caps, repeated goals, rewards of every kind, their delivery, stocks of codes, and spendings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Json, Moment, Number

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("programs", sa.Column("paused_at", Moment, nullable=True))
    op.add_column("events", sa.Column("properties", Json, server_default="{}", nullable=False))
    op.add_column("referrals", sa.Column("clicked_at", Moment, nullable=True))
    op.add_column("referrals", sa.Column("reached", Json, server_default="{}", nullable=False))
    _widen_rewards()
    _add_caps()
    _add_deliveries()
    _add_spendings()


def downgrade() -> None:
    """Take this step back; what only rich programs have given is dropped."""
    op.drop_table("spendings")
    op.drop_table("stock")
    op.drop_table("deliveries")
    op.drop_table("caps")
    _narrow_rewards()
    op.drop_column("referrals", "reached")
    op.drop_column("referrals", "clicked_at")
    op.drop_column("events", "properties")
    op.drop_column("programs", "paused_at")


def _widen_rewards() -> None:
    _drop_indexes()
    with op.batch_alter_table("rewards") as rewards:
        rewards.alter_column("referral_id", existing_type=ID, nullable=True)
        rewards.alter_column("event_id", existing_type=ID, nullable=True)
        rewards.alter_column("expires_at", existing_type=Moment, nullable=True)
        rewards.add_column(sa.Column("occasion", sa.String(length=160), nullable=True))
        rewards.add_column(sa.Column("kind", sa.String(length=16), server_default="voucher", nullable=False))
        rewards.add_column(sa.Column("delivery", sa.String(length=8), server_default="till", nullable=False))
        rewards.add_column(sa.Column("stock", sa.String(length=32), server_default="", nullable=False))
        rewards.add_column(sa.Column("option", sa.String(length=32), server_default="", nullable=False))
        rewards.add_column(sa.Column("options", Json, server_default="[]", nullable=False))
        rewards.add_column(sa.Column("spent", Number, server_default="0", nullable=False))
        rewards.add_column(sa.Column("waits_for", sa.String(length=64), nullable=True))
        rewards.add_column(sa.Column("waits_until", Moment, nullable=True))
        rewards.add_column(sa.Column("takes", Json, server_default="[]", nullable=False))
        rewards.create_unique_constraint("one_reward_per_occasion", ["program_id", "customer_id", "occasion"])
    _index("rewards_pending_ix", ["pending_until"], "state = 'pending' AND waits_for IS NULL")
    _index("rewards_waiting_ix", ["waits_until"], "state = 'pending' AND waits_for IS NOT NULL")
    _index("rewards_available_ix", ["expires_at"], "state = 'available'")
    op.create_index("rewards_customer_ix", "rewards", ["customer_id"])


def _narrow_rewards() -> None:
    _drop_indexes()
    op.drop_index("rewards_waiting_ix", table_name="rewards")
    gone = "reward_id IN (SELECT id FROM rewards WHERE referral_id IS NULL OR event_id IS NULL)"
    for table in ("ledger", "vouchers"):
        if table == "vouchers":
            op.execute(f"DELETE FROM redemptions WHERE code IN (SELECT code FROM vouchers WHERE {gone})")  # noqa: S608 - only words of ours
        op.execute(f"DELETE FROM {table} WHERE {gone}")  # noqa: S608 - only words of ours
    op.execute("DELETE FROM rewards WHERE referral_id IS NULL OR event_id IS NULL")
    # What never expires gets the last moment that fits: a century from when it was free.
    op.execute("UPDATE rewards SET expires_at = pending_until + 3155760000000000 WHERE expires_at IS NULL")
    with op.batch_alter_table("rewards") as rewards:
        rewards.drop_constraint("one_reward_per_occasion", type_="unique")
        for column in ("takes", "waits_until", "waits_for", "spent", "options", "option", "stock", "delivery", "kind"):
            rewards.drop_column(column)
        rewards.drop_column("occasion")
        rewards.alter_column("expires_at", existing_type=Moment, nullable=False)
        rewards.alter_column("event_id", existing_type=ID, nullable=False)
        rewards.alter_column("referral_id", existing_type=ID, nullable=False)
    _index("rewards_pending_ix", ["pending_until"], "state = 'pending'")
    _index("rewards_available_ix", ["expires_at"], "state = 'available'")
    op.create_index("rewards_customer_ix", "rewards", ["customer_id"])


def _drop_indexes() -> None:
    # Those over some of the rows do not survive when SQLite writes a table anew.
    for index in ("rewards_pending_ix", "rewards_available_ix", "rewards_customer_ix"):
        op.drop_index(index, table_name="rewards")


def _index(name: str, columns: list[str], condition: str) -> None:
    only: dict[str, Any] = {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
    op.create_index(name, "rewards", columns, **only)


def _add_caps() -> None:
    op.create_table(
        "caps",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("cap", sa.String(length=32), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("value", Number, nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("caps_program_id_fk")),
        sa.PrimaryKeyConstraint("program_id", "cap", "owner_id", "period", "unit", name="one_count_per_cap"),
    )
    op.create_index("caps_owner_ix", "caps", ["owner_id"])


def _add_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("delivery", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("by_platform", sa.String(length=32), nullable=True),
        sa.Column("by_subject", sa.String(length=128), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'failed')", name=op.f("deliveries_state_ck")),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name=op.f("deliveries_reward_id_fk")),
        sa.PrimaryKeyConstraint("reward_id", name="one_delivery_per_reward"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("deliveries_waiting_ix", "deliveries", ["asked_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "stock",
        sa.Column("stock", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reward_id", ID, nullable=True),
        sa.Column("loaded_at", Moment, nullable=False),
        sa.CheckConstraint("state IN ('free', 'given')", name=op.f("stock_state_ck")),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name=op.f("stock_reward_id_fk")),
        sa.PrimaryKeyConstraint("stock", "code", name="a_code_is_loaded_once"),
        sa.UniqueConstraint("reward_id", name="one_code_per_reward"),
    )
    free = sa.text("state = 'free'")
    op.create_index("stock_free_ix", "stock", ["stock", "loaded_at", "code"], sqlite_where=free, postgresql_where=free)


def _add_spendings() -> None:
    op.create_table(
        "spendings",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("amount", Number, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("spendings_amount_positive_ck")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("spendings_customer_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("spendings_pk")),
        sa.UniqueConstraint("key", name="one_spending_per_key"),
    )
    op.create_index("spendings_customer_ix", "spendings", ["customer_id"])

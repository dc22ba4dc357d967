"""Tables of what happens to a reward once it is there: deliveries, stocks of codes, spendings."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import ID, Moment, Number
from storage.schema.tables import metadata, only_where

deliveries = Table(
    "deliveries",
    metadata,
    Column("reward_id", ForeignKey("rewards.id"), nullable=False),
    Column("delivery", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", Text),
    Column("asked_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("by_platform", String(32)),
    Column("by_subject", String(128)),
    PrimaryKeyConstraint("reward_id", name="one_delivery_per_reward"),
    CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),
    # The clock and the team look for what waits, longest first.
    Index("deliveries_waiting_ix", "asked_at", **only_where("state = 'waiting'")),
)

stock = Table(
    "stock",
    metadata,
    Column("stock", String(32), nullable=False),
    Column("code", String(128), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reward_id", ForeignKey("rewards.id")),
    Column("loaded_at", Moment, nullable=False),
    PrimaryKeyConstraint("stock", "code", name="a_code_is_loaded_once"),
    UniqueConstraint("reward_id", name="one_code_per_reward"),
    CheckConstraint("state IN ('free', 'given')", name="state"),
    # The next code to give out, and how many are left.
    Index("stock_free_ix", "stock", "loaded_at", "code", **only_where("state = 'free'")),
)

spendings = Table(
    "spendings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("key", String(128), nullable=False),
    Column("unit", String(32), nullable=False),
    Column("amount", Number, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    UniqueConstraint("key", name="one_spending_per_key"),
    CheckConstraint("amount > 0", name="amount_positive"),
    Index("spendings_customer_ix", "customer_id"),
)

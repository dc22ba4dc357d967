"""Tables of how it is earned and used: events, claims, vouchers, the ledger, decisions."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.columns import ID, Json, Moment, Number
from storage.schema.tables import metadata, only_where

events = Table(
    "events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("type", String(64), nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("program_id", ForeignKey("programs.id")),
    Column("customer_id", ForeignKey("customers.id")),
    Column("referral_id", ForeignKey("referrals.id")),
    Column("amount", Number),
    Column("unit", String(32)),
    Column("refunded", Number, nullable=False, server_default="0"),
    Column("refers_to", String(128)),
    Column("state", String(16), nullable=False),
    Column("occurred_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("answer", Json, nullable=False, server_default="{}"),
    # Only those that a rule of the program looks at.
    Column("properties", Json, nullable=False, server_default="{}"),
    UniqueConstraint("source", "external_id", name="an_event_counts_once"),
    CheckConstraint("state IN ('counted', 'unclaimed', 'waiting')", name="state"),
    CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
    Index("events_customer_ix", "customer_id"),
    # A purchase looks for refunds that came before it.
    Index("events_waiting_ix", "source", "refers_to", **only_where("state = 'waiting'")),
)

claims = Table(
    "claims",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("link_id", ForeignKey("links.id"), nullable=False),
    Column("click", Number),
    Column("expires_at", Moment, nullable=False),
    Column("claimed_by", ForeignKey("customers.id")),
    Column("claimed_at", Moment),
    UniqueConstraint("event_id", name="one_claim_per_purchase"),
)

vouchers = Table(
    "vouchers",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("reward_id", ForeignKey("rewards.id"), nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("redeemed_at", Moment),
    Column("redemption_key", String(128)),
    Column("cashier", String(64), nullable=False, server_default=""),
    Column("place", String(64), nullable=False, server_default=""),
    UniqueConstraint("reward_id", name="one_voucher_per_reward"),
    CheckConstraint("state IN ('live', 'redeemed', 'expired', 'revoked')", name="state"),
    Index("vouchers_live_ix", "expires_at", **only_where("state = 'live'")),
)

redemptions = Table(
    "redemptions",
    metadata,
    Column("key", String(128), nullable=False),
    Column("code", ForeignKey("vouchers.code"), nullable=False),
    PrimaryKeyConstraint("key", name="one_redemption_per_key"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("number", Number, primary_key=True),
    Column("reward_id", ForeignKey("rewards.id"), nullable=False),
    Column("step", String(64), nullable=False),
    Column("account", String(16), nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("amount", Number, nullable=False),
    Column("unit", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    # A step of a reward is booked once on each of its two accounts.
    UniqueConstraint("reward_id", "step", "account", name="a_step_is_booked_once"),
    Index("ledger_customer_ix", "customer_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("about", ID, nullable=False),
    Column("customer_id", ForeignKey("customers.id")),
    Column("trace", Json, nullable=False),
    Column("is_open", Boolean, nullable=False, server_default=false()),
    Column("at", Moment, nullable=False),
    Index("decisions_about_ix", "about"),
)

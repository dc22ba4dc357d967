"""Tables of what is given: rewards, and what is taken up of each cap."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from storage.columns import ID, Json, Moment, Number
from storage.schema.tables import metadata, only_where

rewards = Table(
    "rewards",
    metadata,
    Column("id", ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    # A prize for many referrals belongs to none of them; what it is for is its occasion, such as "milestone:five:1".
    Column("referral_id", ForeignKey("referrals.id")),
    Column("goal", String(32), nullable=False),
    Column("side", String(8), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("occasion", String(160)),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("event_id", ForeignKey("events.id")),
    Column("revision", Integer, nullable=False),
    Column("amount", Number, nullable=False),
    Column("unit", String(32), nullable=False),
    Column("kind", String(16), nullable=False, server_default="voucher"),
    Column("delivery", String(8), nullable=False, server_default="till"),
    Column("stock", String(32), nullable=False, server_default=""),
    # What may be picked, with its amounts as they were when it was granted, and which of it the reward stands for.
    Column("option", String(32), nullable=False, server_default=""),
    Column("options", Json, nullable=False, server_default="[]"),
    # Which of several sizes it was, such as "fixed" or "10%<=500": a refund lowers what went by percentage.
    Column("fitted", Text, nullable=False, server_default=""),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("spent", Number, nullable=False, server_default="0"),
    Column("pending_until", Moment, nullable=False),
    # The type of an event that must come first, and until when it is waited for.
    Column("waits_for", String(64)),
    Column("waits_until", Moment),
    # Nothing: it never expires.
    Column("expires_at", Moment),
    Column("earned_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    # What it has taken up of each cap, to be given back when it is taken back.
    Column("takes", Json, nullable=False, server_default="[]"),
    Unique("referral_id", "goal", "side", "occurrence", name="one_reward_per_goal_and_side"),
    Unique("program_id", "customer_id", "occasion", name="one_reward_per_occasion"),
    CheckConstraint(
        "state IN ('pending', 'available', 'claimed', 'redeemed', 'expired', 'denied', 'revoked')", name="state"
    ),
    Index("rewards_customer_ix", "customer_id"),
    # The clock looks for holds that have passed, for waiting that was in vain, and for rewards that have expired; most
    # rewards are none of these.
    Index("rewards_pending_ix", "pending_until", **only_where("state = 'pending' AND waits_for IS NULL")),
    Index("rewards_waiting_ix", "waits_until", **only_where("state = 'pending' AND waits_for IS NOT NULL")),
    Index("rewards_available_ix", "expires_at", **only_where("state = 'available'")),
)

caps = Table(
    "caps",
    metadata,
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    # Such as "caps.advocate.year"; all revisions of a program share what is taken up of it.
    Column("cap", String(64), nullable=False),
    # A customer's id, or empty for the program's own.
    Column("owner_id", ID, nullable=False),
    # "2026", "2026-11", "2026-W47", "2026-11-22", "lifetime", or the id of the friend it is about.
    Column("period", String(32), nullable=False),
    # The unit of the value; empty where only the number counts.
    Column("unit", String(32), nullable=False),
    Column("count", Integer, nullable=False),
    Column("value", Number, nullable=False),
    PrimaryKeyConstraint("program_id", "cap", "owner_id", "period", "unit", name="one_count_per_cap"),
    # When two records are joined, what was taken up moves with the one that is kept.
    Index("caps_owner_ix", "owner_id"),
)

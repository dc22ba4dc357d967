"""Tables of the team: who belongs to it, its conversations with customers, and what it is asked to decide again."""

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

from storage.columns import ID, Moment
from storage.schema.tables import metadata, only_where

members = Table(
    "members",
    metadata,
    Column("platform", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("role", String(16), nullable=False),
    Column("added_at", Moment, nullable=False),
    PrimaryKeyConstraint("platform", "subject", name="one_role_per_member"),
    CheckConstraint("role IN ('viewer', 'cashier', 'manager', 'owner')", name="role"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("platform", String(32), nullable=False),
    # "asked" holds a question until its customer says whether a human should see it.
    Column("state", String(16), nullable=False),
    Column("question", Text, nullable=False, server_default=""),
    Column("thread", String(64)),
    Column("asked_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    CheckConstraint("state IN ('asked', 'open', 'closed')", name="state"),
    # One conversation at a time: what a customer writes goes to one thread.
    Index("one_conversation_per_customer", "customer_id", unique=True, **only_where("state IN ('asked', 'open')")),
    # A reply of the team is known by the thread it stands in.
    Index("one_conversation_per_thread", "thread", unique=True, **only_where("thread IS NOT NULL")),
    Index("conversations_customer_ix", "customer_id"),
)

appeals = Table(
    "appeals",
    metadata,
    Column("id", ID, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    # The reward, event or referral that was decided on, and the code of the decision.
    Column("about", ID, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("decision_id", ForeignKey("decisions.id")),
    Column("platform", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("asked_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("by_platform", String(32)),
    Column("by_subject", String(128)),
    # What was given for it.
    Column("reward_id", ForeignKey("rewards.id")),
    # A decision is looked at again once: whoever asks twice is told how the first time stands.
    UniqueConstraint("about", "outcome", name="one_appeal_per_decision"),
    CheckConstraint("state IN ('open', 'upheld', 'overturned')", name="state"),
    Index("appeals_customer_ix", "customer_id"),
    # The team's list of what waits, longest first.
    Index("appeals_open_ix", "asked_at", **only_where("state = 'open'")),
)

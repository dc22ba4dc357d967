"""Tables of the team: who belongs to it, and its conversations with customers."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text

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

"""Tables of what must leave, what must happen, and who does it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import ID, Json, Moment, Number
from storage.schema.tables import metadata, only_where

outbox = Table(
    "outbox",
    metadata,
    Column("number", Number, primary_key=True),
    # A customer's id, "team" for the team's channel, or the id of a support conversation for its thread there.
    Column("recipient", ID, nullable=False),
    Column("customer_id", ForeignKey("customers.id")),
    Column("via", String(32)),
    Column("key", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("message", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("reason", String(32)),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    UniqueConstraint("key", name="a_notice_leaves_once"),
    CheckConstraint("state IN ('queued', 'sending', 'sent', 'unknown', 'suppressed', 'failed')", name="state"),
    CheckConstraint("kind IN ('reward', 'service', 'marketing', 'support', 'team')", name="kind"),
    # The sender looks for what waits or was left behind, in order, for each recipient.
    Index("outbox_open_ix", "recipient", "number", **only_where("state IN ('queued', 'sending')")),
)

slots = Table(
    "slots",
    metadata,
    Column("job", String(32), nullable=False),
    Column("slot", String(32), nullable=False),
    Column("cursor", String(64), nullable=False, server_default=""),
    Column("done_at", Moment),
    PrimaryKeyConstraint("job", "slot", name="a_slot_happens_once"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Moment, nullable=False),
)

parked = Table(
    "parked",
    metadata,
    Column("platform", String(32), nullable=False),
    Column("number", String(64), nullable=False),
    Column("error", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("platform", "number", name="an_update_is_parked_once"),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

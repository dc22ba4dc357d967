"""Tables of who is who: the only ones that identify a person."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    false,
    true,
)

from storage.columns import ID, Json, Moment
from storage.schema.tables import metadata, only_where

customers = Table(
    "customers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("first_name", String(64), nullable=False, server_default=""),
    Column("language", String(16)),
    Column("zone", String(64)),
    Column("attributes", Json, nullable=False, server_default="{}"),
    Column("shows_name", Boolean, nullable=False, server_default=false()),
    Column("on_board", Boolean, nullable=False, server_default=true()),
    Column("wants_notices", Boolean, nullable=False, server_default=true()),
    Column("reminders_asked_at", Moment),
    Column("reminders_agreed_at", Moment),
    Column("news_agreed_at", Moment),
    # When not to be woken: the business's hours where it is empty, "off", or hours such as "23:00-07:00".
    Column("quiet", String(16)),
    Column("stopped_at", Moment),
    Column("customer_since", Moment),
    Column("merged_into", ForeignKey("customers.id")),
    Column("created_at", Moment, nullable=False),
    # The weekly leaderboard walks those who agreed, in order of id.
    Index("customers_agreed_ix", "id", **only_where("reminders_agreed_at IS NOT NULL")),
    # A campaign is planned for those who agreed to news, in order of id. It holds all that planning asks of a customer:
    # finding the rows of a million in the order of their ids takes as long as writing as many notices.
    Index(
        "customers_news_ix",
        *("id", "zone", "quiet", "news_agreed_at", "stopped_at", "merged_into"),
        **only_where("news_agreed_at IS NOT NULL"),
    ),
)

identities = Table(
    "identities",
    metadata,
    Column("platform", String(32), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("is_reachable", Boolean, nullable=False, server_default=true()),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("platform", "subject", name="one_customer_per_identity"),
    # Where somebody can be written to, the oldest chat first, is answered without their rows.
    Index("identities_customer_ix", "customer_id", "created_at", "platform", "is_reachable"),
)

merges = Table(
    "merges",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kept_id", ForeignKey("customers.id"), nullable=False),
    Column("merged_id", ForeignKey("customers.id"), nullable=False),
    Column("way", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("moved", Json, nullable=False, server_default="{}"),
    CheckConstraint("kept_id <> merged_id", name="two_records"),
    CheckConstraint("state IN ('asked', 'declined', 'merged', 'undone')", name="state"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("person", LargeBinary(16), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("person", "hour", name="suggestions_pk"),
)

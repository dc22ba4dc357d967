"""Tables of sharing and joining: links, shares, clicks, referrals."""

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
    Text,
    UniqueConstraint,
    true,
)

from storage.columns import ID, Json, Moment, Number
from storage.schema.tables import metadata, only_where

links = Table(
    "links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("advocate_id", ForeignKey("customers.id"), nullable=False),
    Column("code", String(8), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_main", Boolean, nullable=False, server_default=true()),
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    # What the advocate says to friends; empty means our words. The moment says since when we wait for them.
    Column("words", Text, nullable=False, server_default=""),
    Column("words_asked_at", Moment),
    UniqueConstraint("code", name="one_link_per_code"),
    # After a merge a customer may own two links; one of them is shown.
    Index("one_main_link", "program_id", "advocate_id", unique=True, **only_where("is_main")),
    Index("links_advocate_ix", "advocate_id"),
)

shares = Table(
    "shares",
    metadata,
    # The platform's name for one card that was sent; a repeated update names it again.
    Column("mark", String(64), nullable=False),
    Column("link_id", ForeignKey("links.id"), nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("mark", name="a_share_counts_once"),
    Index("shares_link_ix", "link_id"),
)

clicks = Table(
    "clicks",
    metadata,
    # Numbers grow with time, so rows are appended. No further index: one would cost 20 to 37 % of the redirect's speed.
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("link_id", ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", String(16), nullable=False),
    Column("visitor", LargeBinary(16), nullable=False),
    Column("is_counted", Boolean, nullable=False),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("link_id", ForeignKey("links.id"), nullable=False),
    Column("advocate_id", ForeignKey("customers.id"), nullable=False),
    Column("friend_id", ForeignKey("customers.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("click", Number),
    Column("clicked_at", Moment),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("joined_at", Moment, nullable=False),
    Column("qualify_by", Moment, nullable=False),
    Column("qualified_at", Moment),
    Column("completes_at", Moment),
    Column("completed_at", Moment),
    Column("ended_at", Moment),
    # For each goal: how often it stands reached, how often it ever was, and for which times it is not any more.
    Column("reached", Json, nullable=False, server_default="{}"),
    UniqueConstraint("program_id", "friend_id", name="one_advocate_per_friend"),
    CheckConstraint("advocate_id <> friend_id", name="not_themselves"),
    CheckConstraint("state IN ('joined', 'qualified', 'completed', 'ineligible')", name="state"),
    # An advocate's /status lists theirs, newest first.
    Index("referrals_advocate_ix", "program_id", "advocate_id", "joined_at"),
    # The leaderboard of a period counts the completed ones since its start.
    Index("referrals_completed_ix", "program_id", "completed_at", **only_where("state = 'completed'")),
    Index("referrals_friend_ix", "friend_id"),
    Index("referrals_due_ix", "completes_at", **only_where("state = 'qualified' AND completes_at IS NOT NULL")),
)

"""The tables, their constraints by name, and their indexes with the reason for each."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.columns import Json, Moment, Number

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ck": "%(table_name)s_%(constraint_name)s_ck",
    }
)

_ID = String(24)

# --- the program -------------------------------------------------------------------------------------------------

programs = Table(
    "programs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("is_running", Boolean, nullable=False, server_default=false()),
    # One program runs at a time.
    Index(
        "one_running_program",
        "is_running",
        unique=True,
        sqlite_where=text("is_running"),
        postgresql_where=text("is_running"),
    ),
)

revisions = Table(
    "revisions",
    metadata,
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("applied_at", Moment, nullable=False),
    PrimaryKeyConstraint("program_id", "number", name="revisions_pk"),
)

# --- who is who: the only tables that identify a person -----------------------------------------------------------

customers = Table(
    "customers",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("first_name", String(64), nullable=False, server_default=""),
    Column("language", String(16)),
    Column("zone", String(64)),
    Column("attributes", Json, nullable=False, server_default="{}"),
    Column("shows_name", Boolean, nullable=False, server_default=false()),
    Column("on_board", Boolean, nullable=False, server_default=true()),
    Column("wants_notices", Boolean, nullable=False, server_default=true()),
    Column("reminders_asked_at", Moment),
    Column("reminders_agreed_at", Moment),
    Column("stopped_at", Moment),
    Column("customer_since", Moment),
    Column("merged_into", ForeignKey("customers.id")),
    Column("created_at", Moment, nullable=False),
    # The weekly leaderboard walks those who agreed, in order of id.
    Index(
        "customers_agreed_ix",
        "id",
        sqlite_where=text("reminders_agreed_at IS NOT NULL"),
        postgresql_where=text("reminders_agreed_at IS NOT NULL"),
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
    Index("identities_customer_ix", "customer_id"),
)

merges = Table(
    "merges",
    metadata,
    Column("id", _ID, primary_key=True),
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

# --- sharing and joining -----------------------------------------------------------------------------------------

links = Table(
    "links",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("advocate_id", ForeignKey("customers.id"), nullable=False),
    Column("code", String(8), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_main", Boolean, nullable=False, server_default=true()),
    Column("visits", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("code", name="one_link_per_code"),
    # After a merge a customer may own two links; one of them is shown.
    Index(
        "one_main_link",
        "program_id",
        "advocate_id",
        unique=True,
        sqlite_where=text("is_main"),
        postgresql_where=text("is_main"),
    ),
    Index("links_advocate_ix", "advocate_id"),
)

clicks = Table(
    "clicks",
    metadata,
    # Numbers grow with time, so rows are appended. No further index: one would cost 20 to 37 % of the redirect's speed.
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("link_id", _ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", String(16), nullable=False),
    Column("visitor", LargeBinary(16), nullable=False),
    Column("is_counted", Boolean, nullable=False),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("link_id", ForeignKey("links.id"), nullable=False),
    Column("advocate_id", ForeignKey("customers.id"), nullable=False),
    Column("friend_id", ForeignKey("customers.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("click", Number),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("joined_at", Moment, nullable=False),
    Column("qualify_by", Moment, nullable=False),
    Column("qualified_at", Moment),
    Column("completed_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("program_id", "friend_id", name="one_advocate_per_friend"),
    CheckConstraint("advocate_id <> friend_id", name="not_themselves"),
    CheckConstraint("state IN ('joined', 'qualified', 'completed', 'ineligible')", name="state"),
    # An advocate's /status lists theirs, newest first.
    Index("referrals_advocate_ix", "program_id", "advocate_id", "joined_at"),
    # The leaderboard of a period counts the completed ones since its start.
    Index(
        "referrals_completed_ix",
        "program_id",
        "completed_at",
        sqlite_where=text("state = 'completed'"),
        postgresql_where=text("state = 'completed'"),
    ),
    Index("referrals_friend_ix", "friend_id"),
)

# --- events, rewards, vouchers, the ledger -----------------------------------------------------------------------

events = Table(
    "events",
    metadata,
    Column("id", _ID, primary_key=True),
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
    UniqueConstraint("source", "external_id", name="an_event_counts_once"),
    CheckConstraint("state IN ('counted', 'unclaimed', 'waiting')", name="state"),
    CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
    Index("events_customer_ix", "customer_id"),
    # A purchase looks for refunds that came before it.
    Index(
        "events_waiting_ix",
        "source",
        "refers_to",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
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

rewards = Table(
    "rewards",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("program_id", ForeignKey("programs.id"), nullable=False),
    Column("referral_id", ForeignKey("referrals.id"), nullable=False),
    Column("goal", String(32), nullable=False),
    Column("side", String(8), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("event_id", ForeignKey("events.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("amount", Number, nullable=False),
    Column("unit", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(32)),
    Column("pending_until", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("earned_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("referral_id", "goal", "side", "occurrence", name="one_reward_per_goal_and_side"),
    CheckConstraint(
        "state IN ('pending', 'available', 'claimed', 'redeemed', 'expired', 'denied', 'revoked')", name="state"
    ),
    Index("rewards_customer_ix", "customer_id"),
    # The clock looks for holds that have passed and for rewards that have expired; most rewards are neither.
    Index(
        "rewards_pending_ix",
        "pending_until",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "rewards_available_ix",
        "expires_at",
        sqlite_where=text("state = 'available'"),
        postgresql_where=text("state = 'available'"),
    ),
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
    Index(
        "vouchers_live_ix", "expires_at", sqlite_where=text("state = 'live'"), postgresql_where=text("state = 'live'")
    ),
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
    Column("id", _ID, primary_key=True),
    Column("about", _ID, nullable=False),
    Column("customer_id", ForeignKey("customers.id")),
    Column("trace", Json, nullable=False),
    Column("is_open", Boolean, nullable=False, server_default=false()),
    Column("at", Moment, nullable=False),
    Index("decisions_about_ix", "about"),
)

# --- what must leave, what must happen, and who does it ----------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("number", Number, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
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
    CheckConstraint("kind IN ('reward', 'service', 'marketing')", name="kind"),
    # The sender looks for what waits or was left behind, in order, for each recipient.
    Index(
        "outbox_open_ix",
        "customer_id",
        "number",
        sqlite_where=text("state IN ('queued', 'sending')"),
        postgresql_where=text("state IN ('queued', 'sending')"),
    ),
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

"""Tables of what must leave: the outbox, what the team sends to many, within which limits, and who sends it."""

from sqlalchemy import (
    Boolean,
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

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", ID, primary_key=True),
    Column("state", String(16), nullable=False),
    # Kept once, here: the notices of a campaign have no message of their own.
    Column("message", Json, nullable=False),
    Column("segment", Json, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    # The last customer who was planned for, in order of id.
    Column("cursor", String(64), nullable=False, server_default=""),
    # How many notices came to which end. A million rows are not counted to say how far a campaign is.
    Column("planned", Integer, nullable=False, server_default="0"),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("unknown", Integer, nullable=False, server_default="0"),
    Column("suppressed", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    # The platform's number of the message that shows the team how far it is.
    Column("progress", String(64)),
    # When that message last said the truth; it has said the last word once this is later than the end.
    Column("told_at", Moment),
    Column("asked_by", String(128), nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("planned_at", Moment),
    Column("ended_at", Moment),
    CheckConstraint("state IN ('planned', 'running', 'paused', 'cancelled', 'done')", name="state"),
)

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
    # 0 for rewards, support and the team, 1 for service, 2 for marketing; kept, for an index begins with it.
    Column("priority", Integer, nullable=False, server_default="1"),
    # By which platform it goes as far as is known: corrected by whoever finds that it goes by another.
    Column("lane", String(32), nullable=False, server_default="anywhere"),
    Column("campaign_id", ForeignKey("campaigns.id")),
    Column("message", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    # Which claim holds it, and until when. A claim that was followed by another settles nothing any more.
    Column("fence", String(32)),
    Column("lease_until", Moment),
    # Since when marketing of that claim may be on its way; what is held and was not begun surely did not arrive.
    Column("begun_at", Moment),
    Column("reason", String(32)),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    # The week of its reader in which it was counted as marketing: claimed again, it is not counted twice.
    Column("week", String(10)),
    UniqueConstraint("key", name="a_notice_leaves_once"),
    CheckConstraint("state IN ('queued', 'sending', 'sent', 'unknown', 'suppressed', 'failed')", name="state"),
    CheckConstraint("kind IN ('reward', 'voucher', 'service', 'marketing', 'support', 'team')", name="kind"),
    # What is due, in the order in which it is claimed: of a million rows the first are found at once.
    Index(
        "outbox_due_ix",
        "lane",
        "priority",
        "not_before",
        "number",
        **only_where("state = 'queued' AND campaign_id IS NULL"),
    ),
    # The same for each campaign by itself, so that a paused one is not walked through.
    Index(
        "outbox_campaign_ix",
        "campaign_id",
        "lane",
        "not_before",
        "number",
        **only_where("state = 'queued' AND campaign_id IS NOT NULL"),
    ),
    # Whether somebody is to hear something else before.
    Index("outbox_open_ix", "recipient", "number", **only_where("state IN ('queued', 'sending')")),
    # What was being sent when its worker died.
    Index("outbox_sending_ix", "lease_until", **only_where("state = 'sending'")),
)

consents = Table(
    "consents",
    metadata,
    Column("number", Number, primary_key=True),
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    Column("what", String(32), nullable=False),
    # Which words were shown, and in which version; and where they were shown.
    Column("words", String(64), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    # The newest entry about a thing is the one that holds.
    Index("consents_customer_ix", "customer_id", "what", "number"),
)

marketing_weeks = Table(
    "marketing_weeks",
    metadata,
    Column("customer_id", ForeignKey("customers.id"), nullable=False),
    # A week of the business, such as "2026-W47".
    Column("week", String(10), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("customer_id", "week", name="one_count_per_week"),
)

limits = Table(
    "limits",
    metadata,
    # The platform whose token it is; every process that sends with it takes its slices from this row.
    Column("name", String(32), primary_key=True),
    # Until when the token's time is given away, and until when the platform wants to be left alone.
    Column("next_at", Moment, nullable=False),
    Column("paused_until", Moment, nullable=False),
    # When that was asked for: the pause is over after so long, wherever a clock was set to since.
    Column("paused_at", Moment),
)

workers = Table(
    "workers",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("host", String(128), nullable=False),
    Column("started_at", Moment, nullable=False),
    # When it last found its loop turning, and when it last settled anything.
    Column("seen_at", Moment, nullable=False),
    Column("settled_at", Moment),
    # The lanes it sends by, with a comma between; nothing where a worker of an older version does not say.
    Column("serves", String(64)),
)

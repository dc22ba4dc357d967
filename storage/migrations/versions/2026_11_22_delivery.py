"""Delivery: priorities, lanes and fences for what waits; campaigns, consents, limits and workers."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Json, Moment, Number

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DUE = sa.text("state = 'queued' AND campaign_id IS NULL")
OF_CAMPAIGNS = sa.text("state = 'queued' AND campaign_id IS NOT NULL")
SENDING = sa.text("state = 'sending'")
OPEN = sa.text("state IN ('queued', 'sending')")
MARKETING = sa.text("kind = 'marketing' AND state IN ('sent', 'unknown')")

_PRIORITIES = """
    UPDATE outbox SET priority = CASE kind WHEN 'service' THEN 1 WHEN 'marketing' THEN 2 ELSE 0 END
"""
_CHAT = """
    SELECT platform FROM identities
    WHERE customer_id = outbox.customer_id AND is_reachable AND platform IN ('telegram', 'slack')
"""
_LANES = f"""
    UPDATE outbox SET lane = CASE WHEN kind = 'team' THEN 'team' ELSE coalesce(
        ({_CHAT} AND platform = outbox.via LIMIT 1), ({_CHAT} ORDER BY created_at LIMIT 1), 'anywhere'
    ) END
    WHERE state IN ('queued', 'sending')
"""  # noqa: S608 - both parts stand here
# What was agreed to before consents were recorded: that it was, and when, is all that is known.
_AGREED = """
    INSERT INTO consents (customer_id, what, words, channel, given, at)
    SELECT id, 'marketing', 'before-records', 'before-records', TRUE, reminders_agreed_at FROM customers
    WHERE reminders_agreed_at IS NOT NULL ORDER BY reminders_agreed_at, id
"""


def upgrade() -> None:
    """Apply this step."""
    _add_campaigns()
    op.drop_index("outbox_open_ix", table_name="outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("priority", sa.Integer(), server_default="1", nullable=False))
        outbox.add_column(sa.Column("lane", sa.String(length=32), server_default="anywhere", nullable=False))
        outbox.add_column(sa.Column("campaign_id", ID, nullable=True))
        outbox.add_column(sa.Column("expires_at", Moment, nullable=True))
        outbox.add_column(sa.Column("fence", sa.String(length=32), nullable=True))
        outbox.create_foreign_key(op.f("outbox_campaign_id_fk"), "campaigns", ["campaign_id"], ["id"])
    op.execute(_PRIORITIES)
    op.execute(_LANES)
    _index("outbox_due_ix", ["lane", "priority", "not_before", "number"], where=DUE)
    _index("outbox_campaign_ix", ["campaign_id", "lane", "not_before", "number"], where=OF_CAMPAIGNS)
    _index("outbox_open_ix", ["recipient", "number"], where=OPEN)
    _index("outbox_sending_ix", ["lease_until"], where=SENDING)
    _index("outbox_marketing_ix", ["customer_id", "settled_at"], where=MARKETING)
    _add_consents()
    op.create_table(
        "limits",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("paused_until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("limits_pk")),
    )
    op.create_table(
        "workers",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=128), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("workers_pk")),
    )


def downgrade() -> None:
    """Take this step back; what a campaign has not sent is dropped, for its message is."""
    for table in ("workers", "limits", "consents"):
        op.drop_table(table)
    for index in ("outbox_marketing_ix", "outbox_sending_ix", "outbox_open_ix", "outbox_campaign_ix", "outbox_due_ix"):
        op.drop_index(index, table_name="outbox")
    op.execute("DELETE FROM outbox WHERE campaign_id IS NOT NULL")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("outbox_campaign_id_fk"), type_="foreignkey")
        for column in ("fence", "expires_at", "campaign_id", "lane", "priority"):
            outbox.drop_column(column)
    _index("outbox_open_ix", ["recipient", "number"], where=OPEN)
    op.drop_table("campaigns")


def _add_campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("message", Json, nullable=False),
        sa.Column("segment", Json, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("cursor", sa.String(length=64), server_default="", nullable=False),
        *(
            sa.Column(count, sa.Integer(), server_default="0", nullable=False)
            for count in ("planned", "sent", "unknown", "suppressed", "failed")
        ),
        sa.Column("progress", sa.String(length=64), nullable=True),
        sa.Column("asked_by", sa.String(length=128), server_default="", nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("planned_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'running', 'paused', 'cancelled', 'done')", name=op.f("campaigns_state_ck")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("campaigns_pk")),
    )


def _add_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("number", Number, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("consents_customer_id_fk")),
        sa.PrimaryKeyConstraint("number", name=op.f("consents_pk")),
    )
    op.create_index("consents_customer_ix", "consents", ["customer_id", "what", "number"])
    op.execute(_AGREED)


def _index(name: str, columns: list[str], *, where: sa.TextClause) -> None:
    op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)

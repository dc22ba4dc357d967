"""Peace: quiet hours, consent to news, how much marketing somebody had in a week, and notices about vouchers."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KIND = "kind IN ('reward', 'voucher', 'service', 'marketing', 'support', 'team')"
_KIND_BEFORE = "kind IN ('reward', 'service', 'marketing', 'support', 'team')"


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("customers") as customers:
        customers.add_column(sa.Column("news_agreed_at", Moment, nullable=True))
        customers.add_column(sa.Column("quiet", sa.String(length=16), nullable=True))
    agreed = sa.text("news_agreed_at IS NOT NULL")
    planned = ["id", "zone", "quiet", "news_agreed_at", "stopped_at", "merged_into"]
    op.create_index("customers_news_ix", "customers", planned, sqlite_where=agreed, postgresql_where=agreed)
    op.drop_index("identities_customer_ix", table_name="identities")
    op.create_index("identities_customer_ix", "identities", ["customer_id", "created_at", "platform", "is_reachable"])
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.add_column(sa.Column("told_at", Moment, nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("week", sa.String(length=10), nullable=True))
        outbox.drop_constraint(op.f("outbox_kind_ck"), type_="check")
        outbox.create_check_constraint(op.f("outbox_kind_ck"), _KIND)
    op.create_table(
        "marketing_weeks",
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("week", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("marketing_weeks_customer_id_fk")),
        sa.PrimaryKeyConstraint("customer_id", "week", name="one_count_per_week"),
    )
    # What was agreed to so far were reminders and the weekly leaderboard: nobody was asked about news.
    op.execute("UPDATE consents SET what = 'reminders' WHERE what = 'marketing'")


def downgrade() -> None:
    """Take this step back."""
    op.execute("UPDATE consents SET what = 'marketing' WHERE what = 'reminders'")
    op.execute("DELETE FROM consents WHERE what = 'news'")
    op.drop_table("marketing_weeks")
    op.execute("UPDATE outbox SET kind = 'reward' WHERE kind = 'voucher'")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("outbox_kind_ck"), type_="check")
        outbox.create_check_constraint(op.f("outbox_kind_ck"), _KIND_BEFORE)
        outbox.drop_column("week")
    op.drop_index("identities_customer_ix", table_name="identities")
    op.create_index("identities_customer_ix", "identities", ["customer_id"])
    op.drop_index("customers_news_ix", table_name="customers")
    # In place in both databases: a table that others refer to cannot be written anew.
    for table, column in (("campaigns", "told_at"), ("customers", "quiet"), ("customers", "news_agreed_at")):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")

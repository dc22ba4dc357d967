"""The first schema: the whole loop from a shared link to a redeemed reward."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Json, Moment, Number

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "clicks",
        sa.Column("number", Number, autoincrement=False, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("visitor", sa.LargeBinary(length=16), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("clicks_pk")),
    )
    op.create_table(
        "customers",
        sa.Column("id", ID, nullable=False),
        sa.Column("first_name", sa.String(length=64), server_default="", nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("attributes", Json, server_default="{}", nullable=False),
        sa.Column("shows_name", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("on_board", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("wants_notices", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("reminders_asked_at", Moment, nullable=True),
        sa.Column("reminders_agreed_at", Moment, nullable=True),
        sa.Column("stopped_at", Moment, nullable=True),
        sa.Column("customer_since", Moment, nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["customers.id"], name=op.f("customers_merged_into_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("customers_pk")),
    )
    op.create_index(
        "customers_agreed_ix",
        "customers",
        ["id"],
        unique=False,
        sqlite_where=sa.text("reminders_agreed_at IS NOT NULL"),
        postgresql_where=sa.text("reminders_agreed_at IS NOT NULL"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("facts_pk")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("leases_pk")),
    )
    op.create_table(
        "parked",
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("error", sa.String(length=128), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("platform", "number", name="an_update_is_parked_once"),
    )
    op.create_table(
        "programs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_running", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("programs_pk")),
    )
    op.create_index(
        "one_running_program",
        "programs",
        ["is_running"],
        unique=True,
        sqlite_where=sa.text("is_running"),
        postgresql_where=sa.text("is_running"),
    )
    op.create_table(
        "slots",
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.String(length=32), nullable=False),
        sa.Column("cursor", sa.String(length=64), server_default="", nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("job", "slot", name="a_slot_happens_once"),
    )
    op.create_table(
        "suggestions",
        sa.Column("person", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", "hour", name="suggestions_pk"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("trace", Json, nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("decisions_customer_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("decisions_pk")),
    )
    op.create_index("decisions_about_ix", "decisions", ["about"], unique=False)
    op.create_table(
        "identities",
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("is_reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("identities_customer_id_fk")),
        sa.PrimaryKeyConstraint("platform", "subject", name="one_customer_per_identity"),
    )
    op.create_index("identities_customer_ix", "identities", ["customer_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("advocate_id", ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_main", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("visits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["advocate_id"], ["customers.id"], name=op.f("links_advocate_id_fk")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("links_program_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("links_pk")),
        sa.UniqueConstraint("code", name="one_link_per_code"),
    )
    op.create_index("links_advocate_ix", "links", ["advocate_id"], unique=False)
    op.create_index(
        "one_main_link",
        "links",
        ["program_id", "advocate_id"],
        unique=True,
        sqlite_where=sa.text("is_main"),
        postgresql_where=sa.text("is_main"),
    )
    op.create_table(
        "merges",
        sa.Column("id", ID, nullable=False),
        sa.Column("kept_id", ID, nullable=False),
        sa.Column("merged_id", ID, nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("moved", Json, server_default="{}", nullable=False),
        sa.CheckConstraint("state IN ('asked', 'declined', 'merged', 'undone')", name=op.f("merges_state_ck")),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("merges_two_records_ck")),
        sa.ForeignKeyConstraint(["kept_id"], ["customers.id"], name=op.f("merges_kept_id_fk")),
        sa.ForeignKeyConstraint(["merged_id"], ["customers.id"], name=op.f("merges_merged_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("merges_pk")),
    )
    op.create_table(
        "outbox",
        sa.Column("number", Number, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("message", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", Moment, nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.CheckConstraint("kind IN ('reward', 'service', 'marketing')", name=op.f("outbox_kind_ck")),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'unknown', 'suppressed', 'failed')", name=op.f("outbox_state_ck")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("outbox_customer_id_fk")),
        sa.PrimaryKeyConstraint("number", name=op.f("outbox_pk")),
        sa.UniqueConstraint("key", name="a_notice_leaves_once"),
    )
    op.create_index(
        "outbox_open_ix",
        "outbox",
        ["customer_id", "number"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_table(
        "revisions",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("applied_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("revisions_program_id_fk")),
        sa.PrimaryKeyConstraint("program_id", "number", name="revisions_pk"),
    )
    op.create_table(
        "tokens",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("tokens_customer_id_fk")),
        sa.PrimaryKeyConstraint("hash", name=op.f("tokens_pk")),
    )
    op.create_table(
        "referrals",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("advocate_id", ID, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("click", Number, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("joined_at", Moment, nullable=False),
        sa.Column("qualify_by", Moment, nullable=False),
        sa.Column("qualified_at", Moment, nullable=True),
        sa.Column("completed_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('joined', 'qualified', 'completed', 'ineligible')", name=op.f("referrals_state_ck")
        ),
        sa.CheckConstraint("advocate_id <> friend_id", name=op.f("referrals_not_themselves_ck")),
        sa.ForeignKeyConstraint(["advocate_id"], ["customers.id"], name=op.f("referrals_advocate_id_fk")),
        sa.ForeignKeyConstraint(["friend_id"], ["customers.id"], name=op.f("referrals_friend_id_fk")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("referrals_link_id_fk")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("referrals_program_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("referrals_pk")),
        sa.UniqueConstraint("program_id", "friend_id", name="one_advocate_per_friend"),
    )
    op.create_index("referrals_advocate_ix", "referrals", ["program_id", "advocate_id", "joined_at"], unique=False)
    op.create_index(
        "referrals_completed_ix",
        "referrals",
        ["program_id", "completed_at"],
        unique=False,
        sqlite_where=sa.text("state = 'completed'"),
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index("referrals_friend_ix", "referrals", ["friend_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("referral_id", ID, nullable=True),
        sa.Column("amount", Number, nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("refunded", Number, server_default="0", nullable=False),
        sa.Column("refers_to", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("occurred_at", Moment, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("answer", Json, server_default="{}", nullable=False),
        sa.CheckConstraint("state IN ('counted', 'unclaimed', 'waiting')", name=op.f("events_state_ck")),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("events_amount_not_negative_ck")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("events_customer_id_fk")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("events_program_id_fk")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("events_referral_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("events_pk")),
        sa.UniqueConstraint("source", "external_id", name="an_event_counts_once"),
    )
    op.create_index("events_customer_ix", "events", ["customer_id"], unique=False)
    op.create_index(
        "events_waiting_ix",
        "events",
        ["source", "refers_to"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "claims",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("click", Number, nullable=True),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("claimed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["claimed_by"], ["customers.id"], name=op.f("claims_claimed_by_fk")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("claims_event_id_fk")),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("claims_link_id_fk")),
        sa.PrimaryKeyConstraint("hash", name=op.f("claims_pk")),
        sa.UniqueConstraint("event_id", name="one_claim_per_purchase"),
    )
    op.create_table(
        "rewards",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("referral_id", ID, nullable=False),
        sa.Column("goal", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("amount", Number, nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("pending_until", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("earned_at", Moment, nullable=False),
        sa.Column("claimed_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'available', 'claimed', 'redeemed', 'expired', 'denied', 'revoked')",
            name=op.f("rewards_state_ck"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("rewards_customer_id_fk")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("rewards_event_id_fk")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("rewards_program_id_fk")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("rewards_referral_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("rewards_pk")),
        sa.UniqueConstraint("referral_id", "goal", "side", "occurrence", name="one_reward_per_goal_and_side"),
    )
    op.create_index(
        "rewards_available_ix",
        "rewards",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'available'"),
        postgresql_where=sa.text("state = 'available'"),
    )
    op.create_index("rewards_customer_ix", "rewards", ["customer_id"], unique=False)
    op.create_index(
        "rewards_pending_ix",
        "rewards",
        ["pending_until"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "ledger",
        sa.Column("number", Number, nullable=False),
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("amount", Number, nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("ledger_customer_id_fk")),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name=op.f("ledger_reward_id_fk")),
        sa.PrimaryKeyConstraint("number", name=op.f("ledger_pk")),
        sa.UniqueConstraint("reward_id", "step", "account", name="a_step_is_booked_once"),
    )
    op.create_index("ledger_customer_ix", "ledger", ["customer_id"], unique=False)
    op.create_table(
        "vouchers",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("redeemed_at", Moment, nullable=True),
        sa.Column("redemption_key", sa.String(length=128), nullable=True),
        sa.Column("cashier", sa.String(length=64), server_default="", nullable=False),
        sa.Column("place", sa.String(length=64), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('live', 'redeemed', 'expired', 'revoked')", name=op.f("vouchers_state_ck")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("vouchers_customer_id_fk")),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name=op.f("vouchers_reward_id_fk")),
        sa.PrimaryKeyConstraint("code", name=op.f("vouchers_pk")),
        sa.UniqueConstraint("reward_id", name="one_voucher_per_reward"),
    )
    op.create_index(
        "vouchers_live_ix",
        "vouchers",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )
    op.create_table(
        "redemptions",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["vouchers.code"], name=op.f("redemptions_code_fk")),
        sa.PrimaryKeyConstraint("key", name="one_redemption_per_key"),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("redemptions")
    op.drop_index(
        "vouchers_live_ix",
        table_name="vouchers",
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )
    op.drop_table("vouchers")
    op.drop_index("ledger_customer_ix", table_name="ledger")
    op.drop_table("ledger")
    op.drop_index(
        "rewards_pending_ix",
        table_name="rewards",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index("rewards_customer_ix", table_name="rewards")
    op.drop_index(
        "rewards_available_ix",
        table_name="rewards",
        sqlite_where=sa.text("state = 'available'"),
        postgresql_where=sa.text("state = 'available'"),
    )
    op.drop_table("rewards")
    op.drop_table("claims")
    op.drop_index(
        "events_waiting_ix",
        table_name="events",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("events_customer_ix", table_name="events")
    op.drop_table("events")
    op.drop_index("referrals_friend_ix", table_name="referrals")
    op.drop_index(
        "referrals_completed_ix",
        table_name="referrals",
        sqlite_where=sa.text("state = 'completed'"),
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.drop_index("referrals_advocate_ix", table_name="referrals")
    op.drop_table("referrals")
    op.drop_table("tokens")
    op.drop_table("revisions")
    op.drop_index(
        "outbox_open_ix",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.drop_table("outbox")
    op.drop_table("merges")
    op.drop_index(
        "one_main_link", table_name="links", sqlite_where=sa.text("is_main"), postgresql_where=sa.text("is_main")
    )
    op.drop_index("links_advocate_ix", table_name="links")
    op.drop_table("links")
    op.drop_index("identities_customer_ix", table_name="identities")
    op.drop_table("identities")
    op.drop_index("decisions_about_ix", table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("suggestions")
    op.drop_table("slots")
    op.drop_index(
        "one_running_program",
        table_name="programs",
        sqlite_where=sa.text("is_running"),
        postgresql_where=sa.text("is_running"),
    )
    op.drop_table("programs")
    op.drop_table("parked")
    op.drop_table("leases")
    op.drop_table("facts")
    op.drop_index(
        "customers_agreed_ix",
        table_name="customers",
        sqlite_where=sa.text("reminders_agreed_at IS NOT NULL"),
        postgresql_where=sa.text("reminders_agreed_at IS NOT NULL"),
    )
    op.drop_table("customers")
    op.drop_table("clicks")

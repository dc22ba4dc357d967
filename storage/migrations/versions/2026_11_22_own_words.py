"""Own words: what an advocate says to friends in words of their own, and how often they sent their card."""

import sqlalchemy as sa
from alembic import op

from storage.columns import ID, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("links", sa.Column("words", sa.Text(), server_default="", nullable=False))
    op.add_column("links", sa.Column("words_asked_at", Moment, nullable=True))
    op.create_table(
        "shares",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("shares_link_id_fk")),
        sa.PrimaryKeyConstraint("mark", name="a_share_counts_once"),
    )
    op.create_index("shares_link_ix", "shares", ["link_id"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("shares")
    op.drop_column("links", "words_asked_at")
    op.drop_column("links", "words")

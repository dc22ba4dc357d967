"""Tables of the leaderboard: what referrals add up to, kept so that a place costs the same among a million."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import ID
from storage.schema.tables import metadata

# No foreign keys in these two: they only repeat what the referrals say, and a key would lock a customer's row for it.
scores = Table(
    "scores",
    metadata,
    Column("program_id", String(32), nullable=False),
    # "all", a month such as "2026-11", or a week such as "2026-W47".
    Column("period", String(10), nullable=False),
    Column("advocate_id", ID, nullable=False),
    Column("score", Integer, nullable=False),
    Column("on_board", Boolean, nullable=False),
    PrimaryKeyConstraint("program_id", "period", "advocate_id", name="one_score_per_period"),
    # The first ten are the last ten of this.
    Index("scores_board_ix", "program_id", "period", "on_board", "score", "advocate_id"),
    # Who leaves the board leaves it in every period.
    Index("scores_advocate_ix", "advocate_id"),
)

score_counts = Table(
    "score_counts",
    metadata,
    Column("program_id", String(32), nullable=False),
    Column("period", String(10), nullable=False),
    # How many on the board have a score, at level 0; how many have one of 64 neighbouring scores, at level 1; of 4,096
    # at level 2. So a place is the sum of at most 63 rows of each of the lower levels and the few at the top.
    Column("level", Integer, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("advocates", Integer, nullable=False),
    PrimaryKeyConstraint("program_id", "period", "level", "bucket", name="one_count_per_bucket"),
)

"""Scores: kept beside the referrals instead of counted anew, and filled from what is there."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from referrals.periods import PERIODS, period_key
from storage.columns import ID, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A million referrals are counted in some hundred steps, none of which holds more than these in memory.
_BATCH = 5000

_COMPLETED = sa.text(
    "SELECT r.id, r.program_id, r.advocate_id, r.completed_at, v.zone FROM referrals r"
    " JOIN revisions v ON v.program_id = r.program_id AND v.number = r.revision"
    " WHERE r.state = 'completed' AND r.completed_at IS NOT NULL AND r.id > :after ORDER BY r.id LIMIT :most"
).columns(completed_at=Moment)
_SCORED = sa.text(
    "INSERT INTO scores (program_id, period, advocate_id, score, on_board)"
    " VALUES (:program, :period, CAST(:advocate AS VARCHAR), :score,"
    " (SELECT on_board FROM customers WHERE id = CAST(:advocate AS VARCHAR)))"
    " ON CONFLICT (program_id, period, advocate_id) DO UPDATE SET score = scores.score + excluded.score"
)
_COUNTED = sa.text(
    "INSERT INTO score_counts (program_id, period, level, bucket, advocates)"
    " SELECT program_id, period, :level, score / :width, count(*) FROM scores WHERE on_board AND score > 0"
    " GROUP BY program_id, period, score / :width"
)


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "scores",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("advocate_id", ID, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("on_board", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("program_id", "period", "advocate_id", name="one_score_per_period"),
    )
    op.create_table(
        "score_counts",
        sa.Column("program_id", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("advocates", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("program_id", "period", "level", "bucket", name="one_count_per_bucket"),
    )
    _fill(op.get_bind())
    op.create_index("scores_board_ix", "scores", ["program_id", "period", "on_board", "score", "advocate_id"])
    op.create_index("scores_advocate_ix", "scores", ["advocate_id"])


def downgrade() -> None:
    """Take this step back; the referrals still say it all."""
    op.drop_table("score_counts")
    op.drop_table("scores")


def _fill(connection: sa.Connection) -> None:
    after = ""
    while rows := connection.execute(_COMPLETED, {"after": after, "most": _BATCH}).all():
        counted = Counter(key for row in rows for key in _keys(row))
        connection.execute(_SCORED, [_score(key, number) for key, number in counted.items()])
        after = rows[-1].id
    for level in range(3):
        connection.execute(_COUNTED, {"level": level, "width": 64**level})


def _keys(row: Any) -> Iterator[tuple[str, str, str]]:
    zone = ZoneInfo(row.zone)
    for period in PERIODS:
        yield row.program_id, period_key(period, row.completed_at, zone), row.advocate_id


def _score(key: tuple[str, str, str], number: int) -> Mapping[str, object]:
    program, period, advocate = key
    return {"program": program, "period": period, "advocate": advocate, "score": number}

"""Tables of the program and its revisions."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text, false

from storage.columns import Moment
from storage.schema.tables import metadata, only_where

programs = Table(
    "programs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("is_running", Boolean, nullable=False, server_default=false()),
    Column("paused_at", Moment),  # since when no new referrals are taken
    # One program runs at a time.
    Index("one_running_program", "is_running", unique=True, **only_where("is_running")),
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

"""Tables of what must happen, who does it, and small facts."""

from sqlalchemy import Column, PrimaryKeyConstraint, String, Table, Text

from storage.columns import Moment
from storage.schema.tables import metadata

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

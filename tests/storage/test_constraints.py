"""Constraints: what must be unique is so by name in both databases, and refuses what no handler should try."""

import pytest
from sqlalchemy import CheckConstraint, Connection, UniqueConstraint, insert, inspect
from sqlalchemy.exc import IntegrityError

from storage import schema
from storage.connect import Database
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB

# The invariants of DESIGN.md that a name stands for.
PROMISED = {
    "one_customer_per_identity",
    "one_link_per_code",
    "one_main_link",
    "one_advocate_per_friend",
    "one_running_program",
    "an_event_counts_once",
    "one_claim_per_purchase",
    "one_reward_per_goal_and_side",
    "one_voucher_per_reward",
    "one_redemption_per_key",
    "a_step_is_booked_once",
    "a_notice_leaves_once",
    "a_slot_happens_once",
    "an_update_is_parked_once",
}


async def test_every_promise_has_its_name_in_the_database(database: Database) -> None:
    async with database.migrating() as connection:
        found = await connection.run_sync(names)
    assert found >= PROMISED
    assert found >= {str(name) for name in declared()}


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("referrals", {"friend_id": "advocate"}),
        ("referrals", {"state": "nonsense"}),
        ("rewards", {"state": "nonsense"}),
        ("outbox", {"kind": "nonsense"}),
        ("events", {"amount": -1}),
        ("links", {"advocate_id": "cus_nobody"}),
        ("merges", {"merged_id": "kept"}),
    ],
)
async def test_what_cannot_be_is_refused(talk: Dialogue, table: str, values: dict[str, object]) -> None:
    await talk.earns(ALICE, BOB)
    at, alice = talk.clock.now(), await talk.id_of(ALICE)
    if table == "merges":
        row = {"id": "mrg_1", "kept_id": alice, "way": "token", "state": "asked", "asked_at": at}
        values = {"merged_id": alice}
    else:
        [first, *_] = await talk.rows(schema.metadata.tables[table])
        row = dict(first._mapping) | {"id": "another"}
        row |= {"external_id": "2", "code": "22222222", "key": "2", "is_main": False, "occurrence": 2}
        row = {name: value for name, value in row.items() if name in schema.metadata.tables[table].c}
        row.pop("number", None)
        values = {name: row["advocate_id"] if value == "advocate" else value for name, value in values.items()}
    with pytest.raises(IntegrityError):
        await inserted(talk, table, row | values)


async def test_the_error_of_a_constraint_repeats_no_secret(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    row = {
        "platform": "telegram",
        "subject": "secret-4711",
        "customer_id": "cus_nobody",
        "created_at": talk.clock.now(),
    }
    with pytest.raises(IntegrityError) as caught:
        await inserted(talk, "identities", row)
    assert "parameters hidden" in str(caught.value)


async def inserted(talk: Dialogue, table: str, row: dict[str, object]) -> None:
    """Insert a row as it is."""
    async with talk.database.migrating() as connection:
        await connection.execute(insert(schema.metadata.tables[table]).values(**row))


def names(connection: Connection) -> set[str]:
    """Read the name of every constraint and index."""
    inspector = inspect(connection)
    found: set[str | None] = set()
    for table in inspector.get_table_names():
        found |= {index["name"] for index in inspector.get_indexes(table)}
        found |= {unique["name"] for unique in inspector.get_unique_constraints(table)}
        found |= {check["name"] for check in inspector.get_check_constraints(table)}
        found.add(inspector.get_pk_constraint(table)["name"])
    return {str(name) for name in found}


def declared() -> set[object]:
    """List the names that the schema gives."""
    found: set[object] = set()
    for table in schema.metadata.tables.values():
        found |= {index.name for index in table.indexes}
        found |= {rule.name for rule in table.constraints if isinstance(rule, CheckConstraint | UniqueConstraint)}
        found.add(table.primary_key.name)
    return found

"""Parking: an update that failed three times is set aside once, and waits for the team."""

from handlers.events import UpdateParked
from storage.schema import decisions, parked
from tests.dialogue import Dialogue


async def test_an_update_is_parked_once_and_shown_to_the_team(talk: Dialogue) -> None:
    for _ in range(2):
        await talk.tells(UpdateParked, platform="telegram", update="12345", error="ZeroDivisionError")
    [row] = await talk.rows(parked)
    assert (row.platform, row.number, row.error) == ("telegram", "12345", "ZeroDivisionError")
    [decision] = await talk.rows(decisions)
    assert decision.is_open
    assert decision.about == "12345"


async def test_a_long_error_is_cut(talk: Dialogue) -> None:
    await talk.tells(UpdateParked, platform="telegram", update="1" * 60, error="x" * 999)
    [row] = await talk.rows(parked)
    assert len(row.error) == 128

"""Choosing: notifications, the name shown, the leaderboard and reminders, each one tap away."""

import pytest

from handlers.events import SettingChosen
from tests.dialogue import Dialogue
from tests.people import ALICE, MALLORY


async def test_the_panel_says_how_everything_stands(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await talk.says(ALICE, "/settings")
    assert "News about friends who join: on" in heard.text
    assert "Reminders and weekly leaderboard: off" in heard.text
    assert "On the leaderboard: yes" in heard.text
    assert "Others see: a pseudonym" in heard.text
    assert not heard.outcome.answers[0].in_place


@pytest.mark.parametrize(
    ("button", "field", "wanted"),
    [
        ("Turn news about friends off", "wants_notices", False),
        ("Leave the leaderboard", "on_board", False),
        ("Show my first name", "shows_name", True),
    ],
)
async def test_a_tap_changes_one_setting_and_back(talk: Dialogue, *, button: str, field: str, wanted: bool) -> None:
    await talk.says(ALICE, "/start")
    before = await talk.customer(ALICE)
    changed = await talk.taps(ALICE, await talk.says(ALICE, "/settings"), button)
    assert changed.outcome.toast is not None
    after = await talk.customer(ALICE)
    assert getattr(after, field) is wanted
    [same] = [tap for tap in changed.buttons if tap.about.startswith(button_of(field))]
    await talk.tells(SettingChosen, by=ALICE, choice=same.about)
    assert await talk.customer(ALICE) == before


async def test_reminders_are_agreed_to_and_declined(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    on = await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Turn reminders on")
    assert "Reminders and weekly leaderboard: on" in on.text
    off = await talk.taps(ALICE, on, "Turn reminders off")
    assert "Reminders and weekly leaderboard: off" in off.text
    # Whoever has decided is not asked again.
    assert len((await talk.says(ALICE, "/share")).outcome.answers) == 1


@pytest.mark.parametrize("choice", ["", "nonsense", "notices:maybe", "x" * 64])
async def test_an_unknown_choice_changes_nothing(talk: Dialogue, choice: str) -> None:
    await talk.says(ALICE, "/start")
    before = await talk.customer(ALICE)
    heard = await talk.tells(SettingChosen, by=ALICE, choice=choice)
    assert heard.key == "choosing.panel"
    assert await talk.customer(ALICE) == before


async def test_a_stranger_is_told_how_to_begin(talk: Dialogue) -> None:
    assert (await talk.says(MALLORY, "/settings")).key == "standing.not-started"
    assert (await talk.tells(SettingChosen, by=MALLORY, choice="board:off")).key == "standing.not-started"
    assert not (await talk.counts())["customers"]


def button_of(field: str) -> str:
    """Name the choice that changes a field."""
    return {"wants_notices": "notices", "on_board": "board", "shows_name": "name"}[field]

"""Helping: what the bot can do, what it did not understand, and buttons it no longer knows."""

import pytest

from handlers.events import OldButtonTapped
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, MALLORY, OLGA


async def test_help_explains_the_program_and_every_command(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/help")
    for word in ("Corner Café", "€10", "€5", "/share", "/status", "/rewards", "/top", "/settings", "/stop"):
        assert word in heard.text
    assert heard.buttons


async def test_help_names_to_the_team_what_is_for_the_team(talk: Dialogue) -> None:
    await talk.has_team()
    assert "/grapevine stats" in (await talk.says(OLGA, "/help")).text
    assert "stats" not in (await talk.says(ALICE, "/help")).text


@pytest.mark.parametrize(
    "words", ["my cat is asleep", "how does gravity work?", "🦊🦊🦊", "مرحبا", "x" * 4000, " ", "1234"]
)
async def test_what_is_no_code_is_met_kindly_and_leaves_no_row(talk: Dialogue, words: str) -> None:
    before = await talk.counts()
    heard = await talk.says(MALLORY, words)
    assert heard.key == "helping.not-understood"
    assert heard.buttons
    assert await talk.counts() == before


async def test_an_old_button_leads_on(talk: Dialogue) -> None:
    heard = await talk.tells(OldButtonTapped, by=BOB)
    assert heard.key == "helping.old-button"
    assert heard.buttons
    assert not (await talk.counts())["customers"]

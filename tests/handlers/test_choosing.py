"""Choosing: notifications, the name shown, the leaderboard and reminders, each one tap away."""

from dataclasses import replace

import pytest

from handlers.events import SettingChosen
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, MALLORY

POLYGLOT = replace(ALICE, language="es-MX", languages=("en", "es"))


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


async def test_a_language_is_chosen_where_there_is_a_choice(talk: Dialogue) -> None:
    await talk.says(POLYGLOT, "/start")
    panel = await talk.says(POLYGLOT, "/settings")
    assert "Language:" in panel.text
    assert [tap.about for tap in panel.buttons if tap.about.startswith("language:")] == ["language:en"]
    chosen = await talk.taps(POLYGLOT, panel, "English")
    assert chosen.outcome.language == "en"
    assert chosen.outcome.toast is not None
    assert chosen.outcome.toast.key == "choosing.toast-language"
    assert [tap.about for tap in chosen.buttons if tap.about.startswith("language:")] == ["language:es"]
    # What was chosen stays, whatever the app on their phone speaks.
    assert (await talk.says(replace(POLYGLOT, language="es"), "/start")).outcome.language == "en"
    back = await talk.taps(POLYGLOT, chosen, "Español")
    assert back.outcome.language == "es"


async def test_whoever_reads_none_of_our_languages_is_offered_all(talk: Dialogue) -> None:
    reader_of_none = replace(POLYGLOT, language="tlh")
    await talk.says(reader_of_none, "/start")
    panel = await talk.says(reader_of_none, "/settings")
    assert [tap.about for tap in panel.buttons if "language" in tap.about] == ["language:en", "language:es"]


@pytest.mark.parametrize("languages", [(), ("en",)])
async def test_one_language_is_no_choice(talk: Dialogue, languages: tuple[str, ...]) -> None:
    alice = replace(ALICE, languages=languages)
    await talk.says(alice, "/start")
    panel = await talk.says(alice, "/settings")
    assert "Language" not in panel.text
    assert not [tap for tap in panel.buttons if "language" in tap.about]


@pytest.mark.parametrize("choice", ["language:", "language:tlh", "language:en:es", "language:EN"])
async def test_a_language_that_we_do_not_speak_is_not_chosen(talk: Dialogue, choice: str) -> None:
    await talk.says(POLYGLOT, "/start")
    before = await talk.customer(POLYGLOT)
    assert (await talk.tells(SettingChosen, by=POLYGLOT, choice=choice)).key == "choosing.panel"
    assert await talk.customer(POLYGLOT) == before


async def test_news_that_comes_later_knows_the_language(talk: Dialogue) -> None:
    """A notice has nobody's app to ask: what the app said when they came is kept."""
    await talk.says(POLYGLOT, "/start")
    await talk.brings(POLYGLOT, BOB)
    found = await talk.customer(POLYGLOT)
    assert found is not None
    assert found.language == "es-MX"


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


# What a person who reads English on a Spanish phone may write, and codes that nobody has until there were too many.
SAID = (
    *("/start", "/start r_K7QM2X4R", "/start r_!!!!", "/share", "/status", "/rewards", "/top", "/settings", "/help"),
    *("/nonsense", "hello", "how much do I get?", "I want a human", "/slack", "qwertz", "/stop"),
    *(f"7QM2X4R{letter}" for letter in "ABCDEFGHJKMNPQRSTUVWXYZ"),
)


async def test_whatever_is_said_is_answered_in_the_language_chosen(talk: Dialogue) -> None:
    await talk.says(POLYGLOT, "/start")
    await talk.taps(POLYGLOT, await talk.says(POLYGLOT, "/settings"), "English")
    heard = {words: await talk.says(POLYGLOT, words) for words in SAID}
    assert {words for words in SAID if heard[words].outcome.language != "en"} == set()
    assert {"unknown-code", "too-many-codes"} <= {each.refused for each in heard.values()}

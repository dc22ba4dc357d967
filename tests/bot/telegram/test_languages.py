"""People are answered in the language of their app, or the one they chose; the menu speaks each language we ship."""

from pathlib import Path
from typing import Any

import pytest

from handlers.events import Joined, SettingsAsked
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Message
from tests.bot.telegram.stage import Stage
from tests.messages.made_up import MADE_UP, narrow_words, wide, write_texts

ANA, LAYLA = 1101, 1102
WELCOME = Message(key="home.button-get-link")
NEWS = Message(key="supporting.heard-picture", values={"name": "ليلى"})


@pytest.mark.parametrize(
    ("app", "chosen", "said"),
    [
        ("es", None, "🎁 Quiero mi enlace"),
        ("es-419", None, "🎁 Quiero mi enlace"),
        ("tlh", None, "🎁 Get my link"),
        (None, None, "🎁 Get my link"),
        ("en", "es", "🎁 Quiero mi enlace"),
        ("es", "en", "🎁 Get my link"),
    ],
)
async def test_what_was_chosen_beats_the_app(stage: Stage, app: str | None, chosen: str | None, said: str) -> None:
    await stage.edge().start()
    stage.peer.add_person(ANA, "Ana", language_code=app)
    stage.script.on(Joined, Outcome(answers=(WELCOME,), language=chosen))
    stage.peer.press_start(ANA)
    assert (await stage.peer.next_message(ANA)).words == said


async def test_the_settings_know_which_languages_there_are(stage: Stage) -> None:
    await stage.edge().start()
    stage.peer.add_person(ANA, "Ana", language_code="es")
    stage.peer.press_start(ANA)
    stage.peer.send_text(ANA, "/settings")
    await stage.until(lambda: stage.script.heard(SettingsAsked))
    [asked] = stage.script.heard(SettingsAsked)
    assert asked.by.languages == stage.catalog.languages
    assert asked.by.language == "es"


async def test_a_right_to_left_name_stays_where_it_is(stage: Stage) -> None:
    await stage.edge().start()
    stage.peer.add_person(ANA, "Ana", language_code="es")
    stage.script.on(Joined, Outcome(answers=(NEWS,)))
    stage.peer.press_start(ANA)
    assert (await stage.peer.next_message(ANA)).words == "\u2068ليلى\u2069: una imagen"


async def test_a_new_language_has_a_menu_and_answers_without_touching_code(stage: Stage, tmp_path: Path) -> None:
    stage.catalog = Catalog.load(write_texts(tmp_path))
    await stage.edge().start()
    stage.peer.add_person(LAYLA, "Layla", language_code=MADE_UP)
    stage.script.on(Joined, Outcome(answers=(WELCOME,)))
    stage.peer.press_start(LAYLA)
    assert (await stage.peer.next_message(LAYLA)).words == f"🎁 {wide('Get my link')}"
    await stage.until(lambda: _set_in(stage, "setMyShortDescription", MADE_UP))
    [menu] = _set_in(stage, "setMyCommands", MADE_UP)
    assert not narrow_words(" ".join(command["description"] for command in menu["commands"]))
    [described] = _set_in(stage, "setMyDescription", MADE_UP)
    assert not narrow_words(described["description"])


async def test_a_language_that_telegram_has_no_menu_for_is_spoken_all_the_same(stage: Stage, tmp_path: Path) -> None:
    """Telegram keeps menus by the two letters of ISO 639-1 alone."""
    stage.catalog = Catalog.load(write_texts(tmp_path, "qya"))
    await stage.edge().start()
    stage.peer.add_person(LAYLA, "Layla", language_code="qya")
    stage.script.on(Joined, Outcome(answers=(WELCOME,)))
    stage.peer.press_start(LAYLA)
    assert (await stage.peer.next_message(LAYLA)).words == f"🎁 {wide('Get my link')}"
    await stage.until(lambda: any(call.method == "setMyShortDescription" for call in stage.peer.calls))
    assert not any(call.parameters.get("language_code") for call in stage.peer.calls)


def _set_in(stage: Stage, method: str, language: str) -> list[dict[str, Any]]:
    calls = [call.parameters for call in stage.peer.calls if call.method == method]
    return [parameters for parameters in calls if parameters.get("language_code") == language]

"""People are answered in the language that Slack knows them by, or the one they chose, in every place of the app."""

from pathlib import Path

import pytest

from bot.playground.slack.peer import SAM
from handlers.events import HelpAsked, HomeOpened
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Act, Message
from tests.bot.slack.stage import Stage
from tests.messages.made_up import MADE_UP, narrow_words, write_texts

MENU = Message(key="home.more", buttons=((Act(label="home.button-get-link", action="share"),),))
NEWS = Message(key="supporting.heard-picture", values={"name": "ليلى"})


async def test_home_speaks_the_chosen_language(stage: Stage) -> None:
    await stage.edge().start()
    stage.script.on(HomeOpened, Outcome(answers=(MENU,), language="es"))
    home = await stage.home(SAM)
    assert "Más que ver y elegir:" in home.words
    assert home.labels == ["🎁 Quiero mi enlace", "Tengo un código"]


async def test_a_command_is_answered_in_it_too(stage: Stage) -> None:
    await stage.edge().start()
    stage.script.on(HelpAsked, Outcome(answers=(MENU,), language="es-MX"))
    stage.peer.command(SAM, "nonsense")
    message = await stage.peer.next_message(SAM)
    assert "No conozco «nonsense»" in message.words
    assert "Más que ver y elegir:" in message.words


async def test_a_right_to_left_name_stays_where_it_is(stage: Stage) -> None:
    await stage.edge().start()
    stage.script.on(HelpAsked, Outcome(answers=(NEWS,), language="es"))
    stage.peer.command(SAM, "help")
    assert "*\u2068ليلى\u2069*: una imagen" in (await stage.peer.next_message(SAM)).words


@pytest.mark.parametrize("language", [MADE_UP, "qya"])
async def test_a_new_language_is_spoken_without_touching_code(stage: Stage, tmp_path: Path, language: str) -> None:
    stage.catalog = Catalog.load(write_texts(tmp_path, language))
    await stage.edge().start()
    stage.script.on(HomeOpened, Outcome(answers=(MENU,), language=language))
    stage.script.on(HelpAsked, Outcome(answers=(MENU,), language=language))
    home = await stage.home(SAM)
    assert not narrow_words(" ".join((home.words, *home.labels)))
    stage.peer.command(SAM, "help")
    assert not narrow_words((await stage.peer.next_message(SAM)).words)

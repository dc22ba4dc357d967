"""Consent: written down with the words that were read, given and taken back, safe against second taps."""

import re
from typing import Any

import pytest

from handlers.consenting import OLD_QUESTION, WORDS
from handlers.events import Person, SettingChosen
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Command, Values
from storage.schema import consents
from tests.architecture.sources import ROOT
from tests.dialogue import ADDRESSES, UTC_READER, Dialogue
from tests.people import ALICE, SAM

SPANISH = Person(identity=ALICE.identity, first_name="Alice", language="es-MX", languages=("en", "es"))


async def test_the_question_is_answered_once_for_everything(talk: Dialogue) -> None:
    heard = await talk.says(SPANISH, "/share")
    await talk.taps(SPANISH, heard, "Yes, please")
    await talk.taps(SPANISH, heard, "Yes, please")
    assert await written(talk) == [
        ("reminders", "sharing.ask-for-news@1/es", "telegram", True),
        ("news", "sharing.ask-for-news@1/es", "telegram", True),
    ]
    alice = await talk.customer(SPANISH)
    assert alice is not None
    assert alice.reminders_agreed_at == alice.news_agreed_at == talk.clock.now()


async def test_since_when_somebody_agreed_does_not_change_with_a_second_tap(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/share")
    await talk.taps(ALICE, heard, "Yes, please")
    agreed_at = talk.clock.now()
    talk.later(days=3)
    await talk.taps(ALICE, heard, "Yes, please")
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.news_agreed_at == agreed_at
    assert len(await written(talk)) == 2


async def test_a_no_is_an_answer_too_and_is_written_once(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/share")
    for _ in range(2):
        await talk.taps(ALICE, heard, "No, thanks")
    assert [(what, given) for what, _, _, given in await written(talk)] == [("reminders", False), ("news", False)]


async def test_each_kind_is_ended_by_itself_and_stop_ends_both(talk: Dialogue) -> None:
    await talk.taps(SAM, await talk.says(SAM, "/share"), "Yes, please")
    ended = await talk.tells(SettingChosen, by=SAM, choice="news:end")
    again = await talk.tells(SettingChosen, by=SAM, choice="news:end")
    assert ended.key == again.key == "choosing.news-ended"
    assert not ended.outcome.answers[0].in_place  # the message it stood under stays to be read
    sam = await talk.customer(SAM)
    assert sam is not None
    assert (sam.news_agreed_at, sam.reminders_agreed_at) == (None, talk.clock.now())
    await talk.says(SAM, "/stop")
    assert (await written(talk))[2:] == [
        ("news", "broadcasting.button-no-more@1/default", "slack", False),
        ("reminders", "leaving.stopped@1/default", "slack", False),
    ]


async def test_a_question_of_before_there_were_news_means_what_it_said(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await talk.tells(SettingChosen, by=ALICE, choice="reminders:yes")
    assert heard.key == "choosing.reminders-agreed"
    assert await written(talk) == [("reminders", f"{OLD_QUESTION}@1/default", "telegram", True)]


async def test_the_settings_show_and_change_both(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    on = await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Turn news and offers on")
    assert "News and offers: on" in on.text
    assert "Reminders and weekly leaderboard: off" in on.text
    off = await talk.taps(ALICE, on, "Turn news and offers off")
    assert "News and offers: off" in off.text
    assert [(what, given) for what, _, _, given in await written(talk)] == [("news", True), ("news", False)]


@pytest.mark.parametrize("key", sorted(WORDS))
def test_the_words_of_each_version_are_kept(key: str, catalog: Catalog) -> None:
    """Whoever changes what is agreed to gives it the next number, and keeps the words of before in docs/consents.md."""
    page = re.sub(r"\s+", " ", (ROOT / "docs" / "consents.md").read_text(encoding="utf-8").replace("\n> ", "\n"))
    for language in catalog.languages:
        commands = {name: Command(name) for name in ("settings", "rewards", "start")}
        values: Values = {"program": "PROGRAM", **commands}
        said = catalog.text(key, values, Reader(language, UTC_READER.zone), markup=Markup.PLAIN, address=ADDRESSES.of)
        assert f"`{key}@{WORDS[key]}/{language}` {' '.join(said.split())}" in page


async def written(talk: Dialogue) -> list[tuple[str, str, str, bool]]:
    """Read what was written down, in order."""
    rows: list[Any] = sorted(await talk.rows(consents), key=lambda row: row.number)
    return [(row.what, row.words, row.channel, bool(row.given)) for row in rows]

"""Inline mode: somebody chooses a chat for their card, is shown their own and nobody else's, and sends it."""

import pytest
from pydantic import SecretStr

from bot.cli.doctor import examine_telegram
from bot.settings import Settings
from bot.telegram.edge import TelegramEdge
from handlers.events import CardAsked, CardSent, ShareAsked
from handlers.outcome import Outcome
from messages.message import QR, Message, Open, Phrase, Said, Share, ShareLink
from tests.bot.playground.house import BEN, MAYA, TOKEN
from tests.bot.telegram.stage import READER, Stage, says

LINK = ShareLink("K7QM2X4R")
CARD = Message(
    key="sharing.card-for-friends",
    values={"words": Said("Their <b>pie</b> is worth the walk."), "link": LINK, "code": "K7QM2X4R"},
    picture=QR(LINK),
    buttons=((Open(label="sharing.button-open", link=LINK),),),
)
OFFERED = {"title": Phrase("commands.share"), "about": Phrase("commands.status")}
HERS = Outcome(answers=(CARD,), reply=OFFERED)
NOBODYS = Outcome(reply={"invite": Phrase("sharing.inline-start")}, refused="no-link")


def asked(stage: Stage) -> list[dict[str, object]]:
    return [call.parameters for call in stage.peer.calls if call.method == "answerInlineQuery"]


async def test_a_card_is_the_askers_own_and_kept_for_nobody(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(CardAsked, HERS, NOBODYS)
    hers = stage.peer.inline_query(MAYA, "pie")
    await stage.peer.wait_for(lambda: hers.answer)
    his = stage.peer.inline_query(BEN, "pie")
    await stage.peer.wait_for(lambda: his.answer)
    assert [event.by.identity.subject for event in stage.script.heard(CardAsked)] == [str(MAYA), str(BEN)]
    assert hers.answer
    assert his.answer
    (card,) = hers.answer.results
    assert card.text.plain.startswith("Their <b>pie</b> is worth the walk.")
    assert "/r/K7QM2X4R" in card.text.plain
    assert (card.title, card.description) == ("My link, code and QR to share", "How my invitations are doing")
    assert his.answer.results == ()
    assert his.answer.button == {"text": "Get a link of your own to share", "start_parameter": "share"}
    for answered in asked(stage):
        assert str(answered["is_personal"]).lower() == "true"
        assert str(answered["cache_time"]) == "0"


async def test_a_picture_that_telegram_knows_comes_along(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(CardAsked, HERS)
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.peer.person(MAYA).started)
    await edge.sender.send(str(MAYA), CARD, reader=READER)
    shown = (await stage.peer.next_message(MAYA)).photo
    query = stage.peer.inline_query(MAYA)
    await stage.peer.wait_for(lambda: query.answer)
    assert query.answer
    assert query.answer.results[0].photo == shown
    assert query.answer.results[0].reply_markup == {
        "inline_keyboard": [[{"text": "🎁 Open the invitation", "url": stage.addresses().of(LINK)}]]
    }


async def test_a_picture_that_telegram_has_let_go_of_is_left_out(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(CardAsked, HERS)
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.peer.person(MAYA).started)
    await edge.sender.send(str(MAYA), CARD, reader=READER)
    stage.peer.faults.add("answerInlineQuery", status=400)
    query = stage.peer.inline_query(MAYA)
    await stage.peer.wait_for(lambda: query.answer)
    assert query.answer
    assert query.answer.results[0].photo is None


async def test_a_card_that_was_sent_is_told_with_its_mark(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(CardAsked, HERS)
    query = stage.peer.inline_query(MAYA)
    await stage.peer.wait_for(lambda: query.answer)
    sent = stage.peer.choose_inline_result(MAYA, query)
    await stage.until(lambda: stage.script.heard(CardSent))
    (event,) = stage.script.heard(CardSent)
    assert (event.by.identity.subject, event.mark) == (str(MAYA), sent.result.result_id)
    again = stage.peer.inline_query(MAYA)
    await stage.peer.wait_for(lambda: again.answer)
    assert again.answer
    assert again.answer.results[0].result_id != sent.result.result_id


async def test_an_answer_that_comes_too_late_is_no_trouble(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(CardAsked, HERS)
    query = stage.peer.inline_query(MAYA)
    query.made_at = float("-inf")
    await stage.until(lambda: asked(stage))
    assert query.answer is None
    assert stage.parked == []


async def test_whoever_starts_from_there_wants_to_share(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(ShareAsked, says("commands.share"))
    stage.peer.press_start(MAYA, "share")
    await stage.peer.next_message(MAYA)
    (event,) = stage.script.heard(ShareAsked)
    assert event.started


@pytest.mark.parametrize("has_inline", [True, False])
async def test_sharing_chooses_a_chat_only_where_the_bot_has_inline_mode(stage: Stage, *, has_inline: bool) -> None:
    stage.peer.has_inline_mode = has_inline
    edge = stage.edge()
    await edge.start()
    send = Share(label="sharing.button-send", link=LINK, text=Phrase("commands.short-description"))
    rendered = edge.sender.render(Message(key="commands.share", buttons=((send,),)), READER)
    (button,) = rendered.keyboard.to_dict()["inline_keyboard"][0] if rendered.keyboard else ({},)
    assert ("switch_inline_query_chosen_chat" in button) is has_inline
    assert ("url" in button) is not has_inline
    if not has_inline:
        assert button["url"].startswith(f"{stage.playground.share_sheet}?url=http%3A%2F%2F")
        assert "%20" in button["url"]
        assert "+" not in button["url"]


async def test_the_doctor_names_inline_mode_that_is_off(stage: Stage) -> None:
    settings = Settings(_env_file=None, telegram_token=SecretStr(TOKEN), telegram_api_url=stage.api_url)
    assert await examine_telegram(settings) is None
    stage.peer.has_inline_mode = False
    said = await examine_telegram(settings) or ""
    assert said.startswith("note: inline mode is off")
    assert "/setinlinefeedback" in said
    assert TOKEN not in said

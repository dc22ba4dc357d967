"""People talk to the bot through a strict Telegram, and are answered."""

import asyncio
from datetime import timedelta

import pytest

from bot.telegram import answering
from bot.telegram.edge import TelegramEdge
from handlers.events import (
    BotBlocked,
    BotUnblocked,
    ContactShared,
    HelpAsked,
    Joined,
    OldButtonTapped,
    ShareAsked,
    StatusAsked,
    TextWritten,
    TopAsked,
)
from handlers.outcome import Outcome
from messages.message import QR, Act, AskPhone, Copy, Message, Open, Phrase, Share, ShareLink
from tests.bot.playground.house import BEN, MAYA
from tests.bot.telegram.stage import Stage, says

pytestmark = pytest.mark.usefixtures("edge")

HOME = Message(
    key="commands.description",
    buttons=(
        (Act(label="commands.status", action="status", style="primary"),),
        (Act(label="commands.top", action="top", about="week"),),
    ),
)
STATUS = Message(key="commands.status", in_place=True, buttons=((Act(label="commands.help", action="help"),),))


async def test_start_is_answered(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    stage.peer.press_start(MAYA, "r_K7QM2X4R_2Lk9aQ")
    message = await stage.peer.next_message(MAYA)
    assert message.labels == ["How my invitations are doing", "Who brings the most friends"]
    (joined,) = stage.script.heard(Joined)
    assert (joined.code, joined.click, joined.by.identity.subject) == ("K7QM2X4R", "2Lk9aQ", str(MAYA))
    assert joined.by.first_name == "Maya"


async def test_answers_come_in_order(stage: Stage) -> None:
    answers = tuple(Message(key=f"commands.{name}") for name in ("start", "share", "status", "rewards"))
    stage.script.on(Joined, Outcome(answers=answers))
    stage.peer.press_start(MAYA)
    words = [(await stage.peer.next_message(MAYA)).words for _ in answers]
    assert words == [
        "Begin, or start again",
        "My link, code and QR to share",
        "How my invitations are doing",
        "What I have earned",
    ]


async def test_a_text_is_no_command_and_an_unknown_command_asks_for_help(stage: Stage) -> None:
    stage.peer.press_start(MAYA)
    stage.peer.send_text(MAYA, "K7QM2X4R")
    stage.peer.send_text(MAYA, "/nothing")
    stage.peer.send_text(MAYA, "/SHARE")
    await stage.until(lambda: len(stage.script.events) == 4)
    assert [type(event) for event in stage.script.events] == [Joined, TextWritten, HelpAsked, ShareAsked]


async def test_a_tap_is_answered_in_place(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    stage.script.on(StatusAsked, Outcome(answers=(STATUS,), toast=Phrase("commands.rewards")))
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    stage.peer.tap(MAYA, message.message_id)
    await stage.until(lambda: message.edit_date is not None)
    assert message.words == "How my invitations are doing"
    assert message.labels == ["How it all works"]
    assert [answer.text for answer in stage.peer.callback_answers] == ["What I have earned"]


async def test_a_tap_that_changes_nothing_is_answered_all_the_same(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(STATUS,)))
    stage.script.on(HelpAsked, Outcome(answers=(STATUS,)), says("commands.help"))
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    stage.peer.tap(MAYA, message.message_id)
    stage.peer.tap(MAYA, message.message_id)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert len(stage.peer.callback_answers) == 2
    assert message.edit_date is None


async def test_who_taps_many_times_in_a_moment_gets_the_picture_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOMENT_SECONDS", 3600.0)  # however slow the machine is
    share = Message(key="commands.share", picture=QR(ShareLink("K7QM2X4R")), buttons=HOME.buttons)
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    stage.script.on(StatusAsked, Outcome(answers=(share,)))
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    for _ in range(3):
        stage.peer.tap(MAYA, message.message_id)
    await stage.until(lambda: len(stage.peer.callback_answers) == 3)
    assert (await stage.peer.next_message(MAYA)).photo
    stage.clock.move(timedelta(hours=2))
    stage.peer.tap(MAYA, message.message_id)
    assert (await stage.peer.next_message(MAYA)).photo
    assert [answer.text for answer in stage.peer.callback_answers] == ["", *["⬆️ It is just above."] * 2, ""]


async def test_a_picture_cannot_become_a_text_so_the_answer_follows_it(stage: Stage) -> None:
    share = Message(key="commands.share", picture=QR(ShareLink("K7QM2X4R")), buttons=HOME.buttons)
    stage.script.on(Joined, Outcome(answers=(share,)))
    stage.script.on(StatusAsked, Outcome(answers=(STATUS,)))
    stage.peer.press_start(MAYA)
    picture = await stage.peer.next_message(MAYA)
    assert picture.photo
    stage.peer.tap(MAYA, picture.message_id)
    assert (await stage.peer.next_message(MAYA)).words == "How my invitations are doing"
    assert picture.caption.plain == "My link, code and QR to share"


async def test_a_button_of_an_old_message_is_answered_kindly(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    stage.script.on(OldButtonTapped, says("commands.help"))
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    stage.peer.tap_data(MAYA, message.message_id, "button-of-last-year:1")
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert len(stage.peer.callback_answers) == 1


async def test_a_tap_too_old_to_be_acknowledged_still_counts(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    gate = asyncio.Event()
    stage.script.on(StatusAsked, gate)
    stage.script.on(TopAsked, says("commands.top"))
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    stage.peer.tap(MAYA, message.message_id, row=0)
    stage.peer.tap(MAYA, message.message_id, row=1)
    stage.peer.expire_callbacks()
    gate.set()
    assert (await stage.peer.next_message(MAYA)).words == "Who brings the most friends"
    assert stage.peer.callback_answers == []


async def test_asking_for_a_phone_and_putting_the_keyboard_away(stage: Stage) -> None:
    asking = Message(key="commands.settings", buttons=((AskPhone(label="commands.share"),),))
    stage.script.on(Joined, Outcome(answers=(asking,)))
    stage.script.on(ContactShared, says("commands.rewards"), Outcome(answers=(HOME,)))
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    keyboard = stage.peer.person(MAYA).keyboard
    assert keyboard
    assert keyboard["keyboard"] == [[{"text": "My link, code and QR to share", "request_contact": True}]]
    assert keyboard["one_time_keyboard"]
    stage.peer.share_contact(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "What I have earned"
    assert stage.peer.person(MAYA).keyboard is None
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    # Somebody else's contact; and an answer with buttons of its own, so that a word must come before it.
    stage.peer.share_contact(MAYA, of_user_id=BEN)
    assert (await stage.peer.next_message(MAYA)).words == "Your number has arrived."
    assert stage.peer.person(MAYA).keyboard is None
    assert (await stage.peer.next_message(MAYA)).labels
    own, other = stage.script.heard(ContactShared)
    assert (own.own, other.own) == (True, False)
    assert own.phone == "+491515551001"


async def test_a_block_is_heard_and_its_end(stage: Stage) -> None:
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    stage.peer.block(MAYA)
    await stage.until(lambda: stage.script.heard(BotBlocked))
    stage.peer.unblock(MAYA)
    await stage.until(lambda: stage.script.heard(BotUnblocked))


async def test_an_answer_to_someone_who_blocked_us_meanwhile_is_given_up(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.script.on(Joined, gate, says("commands.help"))
    stage.peer.press_start(MAYA)
    stage.peer.send_text(MAYA, "hello")
    stage.script.on(TextWritten, Outcome(answers=(HOME, HOME)))
    stage.peer.block(MAYA)
    gate.set()
    await stage.until(lambda: stage.script.heard(BotBlocked))
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert [call.method for call in stage.peer.calls].count("sendMessage") == 1
    assert not stage.parked


async def test_a_flood_wait_is_waited_out(stage: Stage) -> None:
    stage.script.on(Joined, says("commands.help"))
    stage.peer.faults.add("sendMessage", status=429, retry_after=1)
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"


async def test_an_answer_that_may_have_arrived_is_not_said_twice(stage: Stage) -> None:
    stage.script.on(Joined, says("commands.help"), says("commands.top"))
    stage.peer.faults.add("sendMessage", after_delivery=True, hold=0.0)
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "Who brings the most friends"
    assert len(stage.script.events) == 2


async def test_an_answer_that_cannot_be_written_does_not_repeat_the_fact(stage: Stage) -> None:
    # A place no reader can be in fails after the commit: a defect of ours, but the transaction stands.
    stage.script.on(Joined, Outcome(answers=(HOME,), zone="Nowhere/Never"))
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.script.events and not stage.peer.mailbox.waiting)
    assert len(stage.script.events) == 1
    assert not stage.parked


async def test_groups_channels_and_bots_are_not_answered(stage: Stage) -> None:
    maya = {"id": MAYA, "is_bot": False, "first_name": "Maya"}
    robot = {"id": 77, "is_bot": True, "first_name": "Robot"}
    group = {"id": -5, "type": "group", "title": "Friends"}
    private = {"id": 77, "type": "private", "first_name": "Robot"}
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}], "text": "/start", "date": 1}
    put = stage.peer.mailbox.put
    put("message", {"message_id": 900, "chat": group, "from": maya, **command})
    put("message", {"message_id": 901, "chat": private, "from": robot, **command})
    put("message", {"message_id": 902, "chat": group, "from": maya, "date": 1, "text": "hello"})
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert stage.script.events == []


async def test_anything_else_in_a_private_chat_gets_help_once(stage: Stage) -> None:
    stage.script.on(HelpAsked, says("commands.help"))
    stage.script.on(TextWritten, says("commands.top"))
    stage.peer.press_start(MAYA)
    maya = {"id": MAYA, "is_bot": False, "first_name": "Maya"}
    said = {"chat": {"id": MAYA, "type": "private", "first_name": "Maya"}, "from": maya, "date": 1}
    video = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    place = {"latitude": 52.5, "longitude": 13.4}
    put = stage.peer.mailbox.put
    put("message", {"message_id": 900, **said, "location": place})
    for number in range(901, 911):
        put("message", {"message_id": number, **said, "video": video, "media_group_id": "album"})
    put("message", {"message_id": 911, **said, "pinned_message": {"message_id": 1, **said, "text": "x"}})
    stage.peer.send_text(MAYA, "and now a text")
    words = [(await stage.peer.next_message(MAYA)).words for _ in range(3)]
    assert words == ["How it all works", "How it all works", "Who brings the most friends"]


async def test_a_button_tapped_by_somebody_else_answers_them_in_their_own_chat(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(HOME,)))
    stage.script.on(StatusAsked, Outcome(answers=(STATUS,)))
    stage.peer.press_start(BEN)
    await stage.peer.next_message(BEN)
    stage.peer.press_start(MAYA)
    message = await stage.peer.next_message(MAYA)
    ben = stage.peer.person(BEN).as_user()
    shown = stage.peer.message_json(stage.peer.person(MAYA), message)
    tap = {"id": "5", "from": ben, "chat_instance": "1", "message": shown, "data": "status:"}
    stage.peer.mailbox.put("callback_query", tap)
    assert (await stage.peer.next_message(BEN)).words == "How my invitations are doing"
    assert message.edit_date is None
    (asked,) = stage.script.heard(StatusAsked)
    assert asked.by.identity.subject == str(BEN)


async def test_the_choice_of_a_chat_the_copy_and_the_page(stage: Stage) -> None:
    link = ShareLink("K7QM2X4R")
    buttons = (
        (Copy(label="commands.share", what=link),),
        (Share(label="commands.top", link=link, text=Phrase("commands.short-description")),),
        (Open(label="commands.help", link=link),),
    )
    stage.script.on(Joined, Outcome(answers=(Message(key="commands.share", buttons=buttons),)))
    stage.peer.press_start(MAYA)
    copy, share, page = [row[0] for row in (await stage.peer.next_message(MAYA)).buttons]
    address = stage.addresses().of(link)
    assert copy["copy_text"] == {"text": address}
    assert page["url"] == address
    assert share["switch_inline_query_chosen_chat"]["allow_user_chats"]


async def test_the_menu_is_set_from_the_table_in_every_language(stage: Stage, edge: TelegramEdge) -> None:
    def count(method: str, since: int = 0) -> int:
        return sum(call.method == method for call in stage.peer.calls[since:])

    spoken = len(stage.catalog.languages)
    await stage.until(lambda: count("setMyShortDescription") == spoken)
    set_menus = [call.parameters for call in stage.peer.calls if call.method == "setMyCommands"]
    commands = {menu.get("language_code"): menu["commands"] for menu in set_menus}
    assert set(commands) == {None, "es"}
    assert {tuple(command["command"] for command in menu)[:3] for menu in commands.values()} == {
        ("start", "share", "status")
    }
    assert commands[None][1]["description"] == "My link, code and QR to share"
    assert commands["es"][1]["description"] == "Mi enlace, código y QR para compartir"
    before = len(stage.peer.calls)
    await edge.stop()
    again = stage.edge()
    await again.start()
    await stage.until(lambda: count("getMyShortDescription", before) == spoken)
    assert not [call.method for call in stage.peer.calls[before:] if call.method.startswith("setMy")]

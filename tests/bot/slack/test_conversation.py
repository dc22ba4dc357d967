"""People talk to the app through a strict Slack, by command, button, words, Home and modal, and are answered."""

import pytest

from bot.playground.slack.faults import Details
from bot.playground.slack.peer import CAROL, OWNER, SAM, TEAM_CHANNEL, TESS, XENA
from bot.slack.edge import SlackEdge
from handlers.events import (
    ClaimOpened,
    DecisionHandled,
    HelpAsked,
    HomeOpened,
    HumanAsked,
    Introduced,
    Joined,
    OldButtonTapped,
    PictureSent,
    RewardsAsked,
    ShareAsked,
    SignInOpened,
    StatsAsked,
    StatusAsked,
    TeamReplied,
    TextWritten,
)
from handlers.outcome import Notice, NoticeKind, Outcome
from messages.message import QR, Act, AskPhone, Bars, Code, Copy, Message, Open, Phrase, Share, ShareLink, Table
from tests.bot.slack.stage import PNG, READER, Stage
from tests.bot.telegram.stage import says

pytestmark = pytest.mark.usefixtures("edge")

LINK = ShareLink("K7QM2X4R")
MENU = Message(
    key="commands.description",
    buttons=(
        (Act(label="commands.status", action="status", style="primary"),),
        (Act(label="commands.top", action="top", about="week"), AskPhone(label="commands.share")),
    ),
)
STATUS = Message(key="commands.status", in_place=True, buttons=((Act(label="commands.help", action="help"),),))
WENT_ON = Outcome(
    notices=(Notice(to="cus_1", message=Message(key="commands.help"), kind=NoticeKind.SUPPORT, key="reply:1"),)
)
SHARING = Message(
    key="commands.share",
    picture=QR(LINK),
    buttons=(
        (Copy(label="commands.status", what=Code("K7QM2X4R")),),
        (Share(label="commands.top", link=LINK, text=Phrase("commands.short-description")),),
        (Open(label="commands.help", link=LINK), Act(label="commands.rewards", action="rewards")),
    ),
)


async def test_a_command_is_answered_in_its_acknowledgement_for_its_giver_alone(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(MENU,)))
    delivery = stage.peer.command(SAM, "join K7QM2X4R", channel=None)
    message = await stage.peer.next_message(SAM)
    assert message.is_ephemeral
    assert message.labels == ["How my invitations are doing", "Who brings the most friends"]
    assert not stage.asked("response_url")
    await stage.peer.settled(delivery)
    assert delivery.answer["text"].startswith("Bring a friend")
    (joined,) = stage.script.heard(Joined)
    assert (joined.code, joined.by.identity.subject) == ("K7QM2X4R", "T0CAFE.U0SAM")
    assert joined.by.elsewhere == ("telegram",)
    assert not joined.by.is_external


async def test_every_command_has_its_event(stage: Stage) -> None:
    texts = {
        "": HelpAsked,
        "help": HelpAsked,
        " SHARE ": ShareAsked,
        "join `K7QM2X4R`": Joined,
        "join c_token": ClaimOpened,
        "join l_token": SignInOpened,
        "start": Joined,
        "rewards please": RewardsAsked,
        "human": HumanAsked,
        "stats week": StatsAsked,
    }
    for text in texts:
        stage.peer.command(SAM, text)
        await stage.peer.settled()
    heard = [type(event) for event in stage.script.events if not isinstance(event, Introduced)]
    assert heard == list(texts.values())
    (asked,) = stage.script.heard(StatsAsked)
    assert asked.period == "week"
    assert [joined.code for joined in stage.script.heard(Joined)] == ["K7QM2X4R", None]


async def test_an_unknown_word_is_named_above_the_help(stage: Stage) -> None:
    stage.script.on(HelpAsked, says("commands.help"))
    stage.peer.command(SAM, "dance <!channel> *now*")
    message = await stage.peer.next_message(SAM)
    assert message.words == "I do not know “dance”. Here is what I can do:\nHow it all works"
    assert not message.pings


async def test_further_answers_follow_in_order(stage: Stage) -> None:
    answers = tuple(Message(key=f"commands.{name}") for name in ("start", "share", "status"))
    stage.script.on(Joined, Outcome(answers=answers))
    stage.peer.command(SAM, "join K7QM2X4R")
    words = [(await stage.peer.next_message(SAM)).words for _ in answers]
    assert words == ["Begin, or start again", "My link, code and QR to share", "How my invitations are doing"]


async def test_a_picture_is_uploaded_once_and_shown_to_those_who_see_and_hear(stage: Stage) -> None:
    stage.script.on(ShareAsked, Outcome(answers=(SHARING,)))
    stage.peer.command(SAM, "share")
    first = await stage.peer.next_message(SAM)
    (picture,) = first.pictures
    assert picture["alt_text"] == "QR code of the invitation link with the code K7QM2X4R"
    assert "QR code" in first.text
    await stage.peer.settled()
    second = stage.peer.command(TESS, "share")
    shown = await stage.peer.next_message(TESS)
    assert shown.pictures[0]["slack_file"] == picture["slack_file"]
    await stage.peer.settled(second)
    assert second.answer["blocks"]
    assert len(stage.asked("files.completeUploadExternal")) == 1


async def test_ready_words_stand_where_other_chats_open_a_sheet(stage: Stage) -> None:
    stage.script.on(ShareAsked, Outcome(answers=(SHARING,)))
    stage.peer.command(SAM, "share")
    message = await stage.peer.next_message(SAM)
    assert message.labels == ["How it all works", "What I have earned"]
    assert f"Share your link, bring a friend, and you both get a reward.\n{stage.addresses().of(LINK)}" in message.words


async def test_a_tap_below_a_private_answer_replaces_it(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(MENU,)))
    stage.script.on(StatusAsked, Outcome(answers=(STATUS,), toast=Phrase("commands.rewards")))
    stage.peer.command(SAM, "start")
    message = await stage.peer.next_message(SAM)
    stage.peer.tap(SAM, message, "How my invitations")
    await stage.peer.wait_for(lambda: message.labels == ["How it all works"])
    assert message.words == "What I have earned\nHow my invitations are doing"
    assert message.is_ephemeral


async def test_a_tap_in_the_direct_line_is_answered_there(stage: Stage) -> None:
    stage.script.on(TextWritten, Outcome(answers=(MENU,)))
    stage.script.on(StatusAsked, says("commands.rewards"))
    stage.peer.write(SAM, text="hello")
    message = await stage.peer.next_message(SAM)
    assert not message.is_ephemeral
    stage.peer.tap(SAM, message, "How my invitations")
    answer = await stage.peer.next_message(SAM)
    assert (answer.words, answer.is_ephemeral) == ("What I have earned", False)
    assert message.labels


async def test_a_button_that_opens_a_page_is_only_acknowledged(stage: Stage) -> None:
    stage.script.on(ShareAsked, Outcome(answers=(SHARING,)))
    stage.peer.command(SAM, "share")
    message = await stage.peer.next_message(SAM)
    await stage.peer.settled(stage.peer.tap(SAM, message, "How it all works"))
    assert len([event for event in stage.script.events if not isinstance(event, Introduced)]) == 1


async def test_a_button_of_last_year_is_answered_kindly(stage: Stage) -> None:
    stage.script.on(Joined, Outcome(answers=(MENU,)))
    stage.script.on(OldButtonTapped, says("commands.help"))
    stage.peer.command(SAM, "start")
    message = await stage.peer.next_message(SAM)
    button = message.buttons[0]
    for action in ("of-last-year", "act:0:", "act:0:claim", "act:1:join"):
        stage.peer.tap_element(SAM, message, {**button, "action_id": action, "value": "\x00"})
        assert (await stage.peer.next_message(SAM)).words == "How it all works"


async def test_what_people_write_arrives_as_they_wrote_it(stage: Stage) -> None:
    stage.peer.write(
        SAM, text="Does <this> & that 🎉👋🏻 hold @Tess at cafe.example.com, see https://cafe.example.com/a?b=1&c=2"
    )
    await stage.until(lambda: stage.script.heard(TextWritten))
    (written,) = stage.script.heard(TextWritten)
    assert written.text == (
        "Does <this> & that 🎉👋🏻 hold @U0TESS at cafe.example.com, see https://cafe.example.com/a?b=1&c=2"
    )
    assert written.message == stage.peer.messages(SAM)[0].ts


async def test_a_command_can_be_written_without_its_slash(stage: Stage) -> None:
    texts = {
        "Share": ShareAsked,
        "rewards": RewardsAsked,
        "join K7QM2X4R": Joined,
        "stats week": StatsAsked,
        "share it with whom?": TextWritten,
        "help me": TextWritten,
        "join us at five": TextWritten,
        "join us": TextWritten,
        "start tomorrow?": TextWritten,
        "start r_K7QM2X4R_2Lk9aQ": Joined,
        "join c_token": ClaimOpened,
        "start": Joined,
    }
    for text in texts:
        stage.peer.write(SAM, text=text)
        await stage.peer.settled()
    heard = [type(event) for event in stage.script.events if not isinstance(event, Introduced)]
    assert heard == list(texts.values())


async def test_pictures_are_passed_on_one_by_one_and_other_files_named(stage: Stage) -> None:
    stage.script.on(PictureSent, says("commands.top"))
    stage.peer.write(SAM, text="look", files=[("a.png", PNG), ("b.png", PNG), ("c.pdf", b"%PDF-1.4")])
    assert (await stage.peer.next_message(SAM)).words == "Who brings the most friends"
    assert "no other files" in (await stage.peer.next_message(SAM)).words
    first, second = stage.script.heard(PictureSent)
    assert (first.text, second.text, first.photo.name, second.photo.name) == ("look", "", "a.png", "b.png")
    assert first.message != second.message
    stage.peer.write(SAM, files=[("c.pdf", b"%PDF-1.4")])
    assert "no other files" in (await stage.peer.next_message(SAM)).words
    assert not stage.script.heard(TextWritten)


async def test_edits_deletions_and_other_apps_are_left_alone(stage: Stage) -> None:
    message = stage.peer.write(SAM, text="hello")
    stage.peer.edit(SAM, message, "hello again")
    stage.peer.delete(SAM, message)
    stage.peer.write_as_workflow(stage.peer.dm(SAM), "I am a workflow")
    await stage.peer.settled()
    assert len(stage.script.heard(TextWritten)) == 1


async def test_an_answer_to_a_thread_in_the_direct_line_stays_in_it(stage: Stage) -> None:
    stage.script.on(TextWritten, says("commands.help"))
    first = stage.peer.write(SAM, text="hello")
    await stage.peer.next_message(SAM)
    stage.peer.write(SAM, text="and this?", thread=first)
    assert (await stage.peer.next_message(SAM)).thread_ts == first.ts


async def test_somebody_new_is_introduced_once_after_their_first_words(stage: Stage) -> None:
    for _ in range(2):
        stage.peer.command(TESS, "help")
        await stage.peer.settled()
    await stage.until(lambda: stage.script.heard(Introduced))
    stage.peer.command(TESS, "help")
    await stage.peer.settled()
    (introduced,) = stage.script.heard(Introduced)
    assert (introduced.by.first_name, introduced.by.zone, introduced.by.language) == ("Tess", "Europe/London", "en-GB")
    last = stage.script.heard(HelpAsked)[-1]
    assert last.by == introduced.by
    assert len(stage.asked("users.info")) == 1


async def test_home_shows_the_page_and_a_way_in(stage: Stage) -> None:
    stage.script.on(HomeOpened, Outcome(answers=(SHARING, MENU)))
    home = await stage.home(SAM)
    assert home.labels[-1] == "I have a code"
    assert home.pictures
    stage.peer.open_home(SAM, tab="messages")
    await stage.peer.settled()
    assert len(stage.script.heard(HomeOpened)) == 1


async def test_a_tap_in_home_is_answered_in_a_modal_and_the_next_in_the_same(stage: Stage) -> None:
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)), says("commands.rewards"))
    stage.script.on(StatusAsked, Outcome(answers=(STATUS,), toast=Phrase("commands.rewards")))
    stage.script.on(HelpAsked, says("commands.help"))
    home = await stage.home(SAM)
    stage.peer.tap(SAM, home, "How my invitations")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM))
    modal = stage.modal(SAM)
    assert modal.words == "Bring a friend\nWhat I have earned\nHow my invitations are doing"
    await stage.peer.wait_for(lambda: home.words.startswith("What I have earned"))
    stage.peer.tap(SAM, modal, "How it all works")
    await stage.peer.wait_for(lambda: "How it all works" in stage.modal(SAM).words)
    assert len(stage.script.heard(HomeOpened)) >= 2


async def test_a_tap_in_home_that_comes_too_late_for_a_modal_is_answered_in_the_direct_line(stage: Stage) -> None:
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    stage.script.on(StatusAsked, says("commands.status"))
    home = await stage.home(SAM)
    stage.peer.faults.add("views.open", error="expired_trigger_id")
    stage.peer.tap(SAM, home, "How my invitations")
    assert (await stage.peer.next_message(SAM)).words == "How my invitations are doing"


async def test_a_modal_does_not_wait_for_its_picture(stage: Stage) -> None:
    stage.peer.tickets.trigger_seconds = 0.5
    stage.peer.files.processing_seconds = 1.0
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    stage.script.on(StatusAsked, Outcome(answers=(SHARING,)))
    stage.peer.tap(SAM, await stage.home(SAM), "How my invitations")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM), timeout=0.5)
    assert not stage.modal(SAM).pictures
    assert "My link" in stage.modal(SAM).words
    await stage.peer.wait_for(lambda: stage.modal(SAM).pictures)


async def test_a_code_is_typed_into_a_modal(stage: Stage) -> None:
    no = Outcome(answers=(Message(key="commands.top", lines=(Phrase("commands.stop"),)),), refused="unknown-code")
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    stage.script.on(Joined, no, Outcome(answers=(SHARING,)))
    stage.peer.tap(SAM, await stage.home(SAM), "I have a code")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM))
    stage.peer.submit(SAM, values={"code": "K7QM2X4X"})
    await stage.peer.wait_for(lambda: stage.modal(SAM).errors)
    assert stage.modal(SAM).errors == {"code": "Who brings the most friends\nNo more messages from me"}
    stage.peer.submit(SAM, values={"code": " k7qm2x4r "})
    await stage.peer.wait_for(lambda: "My link, code and QR to share" in stage.modal(SAM).words)
    await stage.peer.wait_for(lambda: stage.modal(SAM).pictures)
    assert [joined.code for joined in stage.script.heard(Joined)] == ["K7QM2X4X", "k7qm2x4r"]
    await stage.until(lambda: len(stage.script.heard(HomeOpened)) == 2)


async def test_figures_come_as_a_table_and_a_chart_with_words(stage: Stage) -> None:
    figures = Message(
        key="commands.rewards",
        table=Table(headings=(Phrase("commands.top"), Phrase("commands.stop")), rows=(("joined", 12), ("", 1200))),
        picture=Bars(title=Phrase("commands.top"), bars=(("joined", 12),), alt=Phrase("commands.help")),
    )
    stage.script.on(StatsAsked, Outcome(answers=(figures,)))
    stage.peer.command(OWNER, "stats", channel=TEAM_CHANNEL)
    message = await stage.peer.next_message(OWNER, TEAM_CHANNEL)
    (table,) = message.tables
    assert [[cell["text"] for cell in row] for row in table["rows"]][1:] == [["joined", "12"], ["–", "1,200"]]
    assert message.pictures[0]["alt_text"] == "How it all works"
    assert "joined: 12" in message.text
    assert message.is_ephemeral


async def test_replies_in_threads_of_the_team_are_heard_and_nothing_else_there(stage: Stage) -> None:
    thread = stage.peer.write(OWNER, TEAM_CHANNEL, "A question of Sam's")
    stage.peer.write(CAROL, TEAM_CHANNEL, "Yes, at *five* &amp; later", thread=thread, files=[("door.png", PNG)])
    stage.peer.write(CAROL, TEAM_CHANNEL, "// is he the one from Monday?", thread=thread, files=[("him.png", PNG)])
    stage.peer.invite(XENA, TEAM_CHANNEL)
    stage.peer.write(XENA, TEAM_CHANNEL, "I am from elsewhere", thread=thread)
    stage.peer.write_as_workflow(TEAM_CHANNEL, "a robot", thread=thread)
    await stage.peer.settled()
    (reply,) = stage.script.heard(TeamReplied)
    assert (reply.thread, reply.text) == (thread.ts, "Yes, at *five* &amp; later")
    assert [photo.name for photo in reply.photos] == ["door.png"]
    assert reply.by.identity.subject == "T0CAFE.U0CAROL"
    assert not stage.script.heard(TextWritten)


async def test_a_refused_reply_is_explained_to_its_writer_alone(stage: Stage) -> None:
    stage.script.on(TeamReplied, says("commands.help"))
    thread = stage.peer.write(OWNER, TEAM_CHANNEL, "A question of Sam's")
    stage.peer.write(CAROL, TEAM_CHANNEL, "Yes", thread=thread)
    message = await stage.peer.next_message(CAROL, TEAM_CHANNEL)
    assert (message.words, message.thread_ts, message.is_ephemeral) == ("How it all works", thread.ts, True)
    assert message not in stage.peer.messages(OWNER, TEAM_CHANNEL)


async def test_a_file_that_cannot_be_passed_on_is_named_to_whoever_replied(stage: Stage, edge: SlackEdge) -> None:
    stage.script.on(TeamReplied, WENT_ON)
    thread = await edge.team.post(Message(key="commands.help"), thread=None, reader=READER)
    await stage.peer.next_message(CAROL, TEAM_CHANNEL)
    for words in ("The form", ""):
        stage.peer.write(CAROL, TEAM_CHANNEL, words, thread=thread, files=[("form.pdf", b"%PDF-1.4")])
        message = await stage.peer.next_message(CAROL, TEAM_CHANNEL)
        assert "no other files" in message.words
        assert message.is_ephemeral
    (reply,) = stage.script.heard(TeamReplied)
    assert reply.to_us


async def test_the_teams_own_threads_are_left_alone(stage: Stage) -> None:
    thread = stage.peer.write(OWNER, TEAM_CHANNEL, "The plan for Monday")
    stage.peer.write(CAROL, TEAM_CHANNEL, "Here", thread=thread, files=[("plan.pdf", b"%PDF-1.4")])
    stage.peer.write(CAROL, TEAM_CHANNEL, thread=thread, files=[("plan.pdf", b"%PDF-1.4")])
    stage.peer.edit(CAROL, stage.peer.write(CAROL, TEAM_CHANNEL, "And here", thread=thread), "And there")
    await stage.peer.settled()
    assert not stage.asked("chat.postEphemeral")
    assert not any(reply.to_us for reply in stage.script.heard(TeamReplied))


async def test_whoever_changes_a_reply_that_went_on_is_told_that_the_change_did_not(stage: Stage) -> None:
    stage.script.on(TeamReplied, WENT_ON)
    thread = stage.peer.write(OWNER, TEAM_CHANNEL, "A question of Sam's")
    reply = stage.peer.write(CAROL, TEAM_CHANNEL, "At five", thread=thread)
    await stage.peer.settled()
    stage.peer.edit(CAROL, reply, "At six")
    message = await stage.peer.next_message(CAROL, TEAM_CHANNEL)
    assert message.words.startswith("✏️ Your change did not reach the customer")
    assert (message.is_ephemeral, message.thread_ts) == (True, thread.ts)
    assert len(stage.script.heard(TeamReplied)) == 1


async def test_a_form_that_does_not_open_is_made_up_for_in_the_direct_line(stage: Stage) -> None:
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    home = await stage.home(SAM)
    for trouble in (Details(error="expired_trigger_id"), Details(status=429, retry_after=30)):
        stage.peer.faults.add("views.open", **trouble)
        stage.peer.tap(SAM, home, "I have a code")
        assert "Please type /grapevine join and your code" in (await stage.peer.next_message(SAM)).words


async def test_a_tap_in_the_teams_channel_changes_the_post_for_all_and_answers_one(
    stage: Stage, edge: SlackEdge
) -> None:
    post = Message(
        key="commands.top",
        buttons=((Act(label="commands.status", action="handled", about="dec_1"), *MENU.buttons[0]),),
    )
    done = Message(key="commands.rewards", in_place=True)
    stage.script.on(DecisionHandled, says("commands.help"), Outcome(answers=(done,)))
    first = await edge.team.post(Message(key="commands.help"), thread=None, reader=READER)
    await edge.team.post(post, thread=first, reader=READER)
    _, message = [await stage.peer.next_message(CAROL, TEAM_CHANNEL) for _ in range(2)]
    stage.peer.tap(CAROL, message, "How my invitations")
    answer = await stage.peer.next_message(CAROL, TEAM_CHANNEL)
    assert (answer.words, answer.is_ephemeral, answer.thread_ts) == ("How it all works", True, first)
    assert message.labels
    stage.peer.tap(OWNER, message, "How my invitations")
    await stage.peer.wait_for(lambda: message.words == "What I have earned")
    assert message.thread_ts == first
    assert [event.by.identity.subject for event in stage.script.heard(DecisionHandled)] == [
        "T0CAFE.U0CAROL",
        "T0CAFE.U0OLGA",
    ]


async def test_people_from_elsewhere_are_told_apart(stage: Stage) -> None:
    stage.peer.write(XENA, text="hello")
    await stage.until(lambda: stage.script.heard(TextWritten))
    assert stage.script.heard(TextWritten)[0].by.is_external
    await stage.until(lambda: stage.script.heard(Introduced))
    stage.peer.command(XENA, "stats")
    await stage.peer.settled()
    (asked,) = stage.script.heard(StatsAsked)
    assert asked.by.is_external
    assert asked.by.identity == stage.script.heard(TextWritten)[0].by.identity

"""Support: a question reaches a human, the answer reaches the customer, and both sides know when it is over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.events import (
    BotBlocked,
    BotUnblocked,
    ConversationClosed,
    ConversationEnded,
    ConversationReopened,
    Event,
    HumanAsked,
    MergeUndone,
    Person,
    TeamReplied,
    TextWritten,
)
from handlers.passing_on import kept_words, pieces
from messages.message import Member, Photo, Said
from referrals.identity import Identity
from storage.errors import Busy
from storage.schema import conversations, outbox
from tests.dialogue import Dialogue, Heard, Told
from tests.people import ALICE, BOB, CAROL_IN_SLACK, CHLOE, MALLORY, OLGA, SAM, TESS, XENA

QUESTION = "Where is my parcel?\nI bought on Monday."


@given(st.text(max_size=9000))
def test_cutting_loses_no_word(words: str) -> None:
    parts = pieces(kept_words(words))
    assert "".join("".join(parts).split()) == "".join(kept_words(words).split())
    assert all(0 < len(part) <= 1900 for part in parts)


# --- a customer asks -------------------------------------------------------------------------------------------------


async def test_a_question_reaches_the_team_on_a_tap_and_nobody_retypes_it(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.says(ALICE, QUESTION)
    assert "Talk to a person" in heard.text
    assert not await talk.posts()
    passed_on = await talk.taps(ALICE, heard, "Talk to a person")
    assert "I have passed this on" in passed_on.text
    [post] = await talk.posts()
    for words in ("Alice", "Telegram", "Where is my parcel?", "I bought on Monday.", "Known here since 2 March 2026"):
        assert words in post.text
    assert post.message.values["said"] == Said(QUESTION)


async def test_the_team_sees_how_the_customer_stands(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.earns(ALICE, BOB)
    await talk.brings(BOB, CHLOE)
    await talk.passes(days=15)
    post = await asks(talk, BOB)
    assert "1 joined, 0 qualified, 0 completed" in post.text
    assert "Rewards ready: 1" in post.text
    assert "A customer since 2 March 2026" in post.text
    assert "Invited by Alice" in post.text


async def test_what_was_written_before_the_tap_is_passed_on_together(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "my cat is asleep")
    heard = await talk.says(ALICE, "where is my coat?")
    await talk.taps(ALICE, heard, "Talk to a person")
    [post] = await talk.posts()
    assert post.message.values["said"] == Said("my cat is asleep\n\nwhere is my coat?")


async def test_the_button_of_the_help_asks_for_the_first_words(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.taps(ALICE, await talk.says(ALICE, "/help"), "Talk to a person")
    assert heard.key == "supporting.what-is-it"
    assert (await talk.tells(HumanAsked, by=ALICE)).key == "supporting.what-is-it"
    assert not await talk.posts()
    assert (await talk.says(ALICE, "Is it open on Sunday?")).key == "supporting.passed-on-first"
    [post] = await talk.posts()
    assert "Is it open on Sunday?" in post.text


async def test_a_picture_may_come_first(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.tells(HumanAsked, by=ALICE)
    assert (await talk.sends_picture(ALICE, "receipt")).key == "supporting.passed-on-first"
    opening, picture = await talk.posts()
    assert "the picture below" in opening.text
    assert picture.message.picture == Photo("telegram", "receipt")
    assert picture.recipient == opening.recipient


async def test_who_changes_their_mind_bothers_nobody(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.tells(HumanAsked, by=ALICE)
    assert (await talk.taps(ALICE, heard, "Never mind")).key == "supporting.never-mind"
    assert (await talk.says(ALICE, "my cat is asleep")).key == "helping.not-understood-kept"
    assert (await talk.tells(ConversationEnded, by=ALICE)).key == "supporting.never-mind"
    assert (await talk.tells(ConversationEnded, by=ALICE)).key == "supporting.nothing-open"
    assert (await talk.tells(ConversationEnded, by=MALLORY)).key == "supporting.nothing-open"
    assert not await talk.posts()
    assert not await talk.rows(conversations)


async def test_without_a_team_nobody_is_promised_anything(talk: Dialogue) -> None:
    for words in ("hello", "/help"):
        assert "human" not in {button.action for button in (await talk.says(MALLORY, words)).buttons}
    assert (await talk.sends_picture(MALLORY, "cat")).key == "helping.picture"
    heard = await talk.tells(HumanAsked, by=MALLORY)
    assert "ask in the shop" in heard.text
    counts = await talk.counts()
    assert not counts["conversations"] + counts["customers"] + counts["outbox"]


async def test_a_question_that_no_human_was_asked_is_forgotten_after_a_week(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.says(ALICE, QUESTION)
    await talk.passes(days=6)
    assert await talk.rows(conversations)
    await talk.passes(days=2)
    assert not await talk.rows(conversations)
    assert (await talk.taps(ALICE, heard, "Talk to a person")).key == "supporting.what-is-it"


async def test_an_open_conversation_forgets_what_it_began_with(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, QUESTION)
    await talk.tells(HumanAsked, by=ALICE)
    await talk.passes(minutes=61)
    assert [row.question for row in await talk.rows(conversations)] == [QUESTION], "not posted yet"
    await talk.posts()
    await asks(talk, SAM)
    await talk.passes(minutes=59)
    assert sorted(row.question for row in await talk.rows(conversations)) == ["", QUESTION]
    await talk.passes(minutes=2)
    assert {(row.question, row.state) for row in await talk.rows(conversations)} == {("", "open")}


# --- while they talk -------------------------------------------------------------------------------------------------


async def test_everything_written_meanwhile_goes_to_the_thread(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    assert (await talk.says(ALICE, "It was the big cake.")).key == "supporting.passed-on"
    assert (await talk.sends_picture(ALICE, "receipt", "This is the receipt")).key == "supporting.passed-on"
    _, words, caption, picture = await talk.posts()
    assert words.text == "Alice: It was the big cake."
    assert caption.text == "Alice: This is the receipt"
    assert picture.message.picture == Photo("telegram", "receipt")
    assert {post.recipient for post in (words, caption, picture)} == {opening.recipient}


async def test_a_repeated_update_is_passed_on_once(talk: Dialogue) -> None:
    await talk.has_team()
    asked = talk.text(ALICE, QUESTION)
    await talk.taps(ALICE, await talk.hears(asked), "Talk to a person")
    more = talk.text(ALICE, "It was the big cake.")
    for event in (asked, more, more, asked, more):
        assert (await talk.hears(event)).key == "supporting.passed-on"
    assert len(await talk.posts()) == 2


async def test_the_same_words_later_are_new_words(talk: Dialogue) -> None:
    await talk.has_team()
    await asks(talk, ALICE, "Is it open?\nThanks")
    await talk.says(ALICE, "Thanks")
    talk.later(hours=2)
    await talk.says(ALICE, "Is it open?\nThanks")
    assert len(await talk.posts()) == 3


async def test_commands_and_codes_work_as_ever(talk: Dialogue) -> None:
    await talk.has_team()
    code = await talk.code_of(BOB)
    await asks(talk, ALICE)
    assert (await talk.says(ALICE, "/status")).key == "standing.nobody-yet"
    assert (await talk.says(ALICE, code)).key == "joining.invited"
    assert len(await talk.posts()) == 1


@pytest.mark.parametrize("number", ["2026-1234", "AB12CD34", "7391 2210"])
async def test_an_order_number_is_not_taken_for_a_code(talk: Dialogue, number: str) -> None:
    await talk.has_team()
    await asks(talk, ALICE)
    assert (await talk.says(ALICE, number)).key == "supporting.passed-on"
    assert number in (await talk.posts())[-1].text


async def test_a_long_story_is_passed_on_in_parts(talk: Dialogue) -> None:
    await talk.has_team()
    story = " ".join(f"word{number}" for number in range(500))
    await asks(talk, ALICE, story)
    await talk.says(ALICE, "🦊" * 4000)
    posts = await talk.posts()
    said = [str(post.message.values["said"].text) for post in posts if isinstance(post.message.values["said"], Said)]
    assert " ".join(said[:3]) == story
    assert "".join(said[3:]) == "🦊" * 4000
    assert max(map(len, said)) <= 1900


async def test_what_a_customer_writes_is_only_ever_said(talk: Dialogue) -> None:
    await talk.has_team()
    words = "<!channel> <@U0OLGA> *bold* { $name } </b>\0\ud800"
    opening = await asks(talk, ALICE, words)
    await talk.says(ALICE, f"again {words}")
    [_, again] = await talk.posts()
    assert opening.message.values["said"] == Said("<!channel> <@U0OLGA> *bold* { $name } </b>")
    assert again.message.values["said"] == Said("again <!channel> <@U0OLGA> *bold* { $name } </b>")
    assert not {"<", "*"} & set("".join(row.key for row in await talk.rows(outbox)))


async def test_a_nameless_customer_is_a_customer(talk: Dialogue) -> None:
    await talk.has_team()
    nobody = Person(identity=Identity("telegram", "77"))
    assert "from a customer, in Telegram" in (await asks(talk, nobody)).text


# --- the team answers ------------------------------------------------------------------------------------------------


async def test_a_reply_in_the_thread_reaches_the_customers_chat(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    heard = await talk.replies(CAROL_IN_SLACK, opening, "It is ready on Monday.\nSee you then!")
    assert not heard.outcome.answers
    [told] = await talk.notices_for(ALICE)
    assert told.kind == "support"
    assert "From the team" in told.text
    assert told.message.values["said"] == Said("It is ready on Monday.\nSee you then!")
    assert [row.via for row in await talk.rows(outbox) if row.kind == "support"] == ["telegram"]


async def test_words_and_pictures_arrive_in_order_and_once(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, SAM)
    reply = talk.reply(OLGA, opening, "Two pictures:", "F1", "F2")
    for _ in range(2):
        await talk.hears(reply)
    told = await talk.notices_for(SAM)
    assert [one.message.picture for one in told] == [None, Photo("slack", "F1"), Photo("slack", "F2")]
    assert [bool(one.message.buttons) for one in told] == [False, False, True]


async def test_the_answer_comes_where_the_customer_wrote_last(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    alice_in_slack = Person(identity=Identity("slack", "T0CAFE.U0ALICE"), first_name="Alice")
    async with talk.database.transaction() as store:
        await store.customers.add_identity(await talk.id_of(ALICE), alice_in_slack.identity, talk.clock.now())
    await talk.says(alice_in_slack, "I am here now.")
    await talk.replies(OLGA, opening, "Good.")
    assert [row.via for row in await talk.rows(outbox) if row.kind == "support"] == ["slack"]


async def test_only_the_team_answers(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    heard = await talk.replies(TESS, opening, "Give me your voucher!")
    assert "was not sent" in heard.text
    assert "grapevine team add slack:T0CAFE.U0TESS --role viewer" in heard.text
    assert heard.outcome.answers[-1].lines[0].values["owner"] == Member("slack", "T0CAFE.U0OLGA")
    assert not await talk.notices_for(ALICE)


async def test_a_guest_of_a_shared_channel_learns_nothing(talk: Dialogue) -> None:
    await talk.has_team()
    async with talk.database.transaction() as store:
        await store.team.set_role(XENA.identity, "owner", talk.clock.now())
    opening = await asks(talk, ALICE)
    for heard in (
        await talk.replies(XENA, opening, "hello"),
        await talk.taps(XENA, opening, "Close"),
        await talk.tells(ConversationReopened, by=XENA, conversation=opening.recipient),
    ):
        assert heard.refused == "no-access"
        assert "Olga" not in heard.text
        assert "grapevine" not in heard.text
    assert not await talk.notices_for(ALICE)
    assert (await talk.says(ALICE, "still here")).key == "supporting.passed-on"


@pytest.mark.parametrize("words", ["// he is a regular", "//", "  // note", " "])
async def test_notes_stay_inside(talk: Dialogue, words: str) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    assert not (await talk.replies(OLGA, opening, words)).text
    assert not await talk.notices_for(ALICE)


async def test_other_threads_are_none_of_our_business(talk: Dialogue) -> None:
    await talk.has_team()
    for who in (OLGA, TESS):
        heard = await talk.tells(TeamReplied, by=who, thread="1.2", message="1.3", text="lunch?")
        assert not heard.text
    assert not await talk.rows(outbox)


async def test_under_a_copy_the_team_learns_that_nobody_reads_it(talk: Dialogue) -> None:
    await talk.has_team()
    await asks(talk, ALICE)
    copy = {"thread": "1.2", "message": "1.3", "to_us": True}
    heard = await talk.tells(TeamReplied, by=OLGA, text="On its way", **copy)
    assert heard.key == "supporting.reply-in-a-copy"
    assert not (await talk.tells(TeamReplied, by=OLGA, text="// a note", **copy)).text
    assert not (await talk.tells(TeamReplied, by=TESS, text="lunch?", **copy)).text
    assert not await talk.notices_for(ALICE)


async def test_a_reply_that_is_quicker_than_our_note_of_its_thread_comes_again(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, QUESTION)
    await talk.tells(HumanAsked, by=ALICE)
    with pytest.raises(Busy):
        await talk.tells(TeamReplied, by=OLGA, thread="1.2", message="1.3", text="On its way")
    await talk.passes(minutes=2)
    assert not (await talk.tells(TeamReplied, by=OLGA, thread="1.2", message="1.3", text="On its way")).text
    assert not await talk.notices_for(ALICE)


async def test_a_long_reply_fits_the_customers_chat(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.replies(OLGA, opening, "🦊" * 5000)
    told = await talk.notices_for(ALICE)
    assert len(told) == 3
    assert max(len(one.text.encode("utf-16-le")) // 2 for one in told) <= 4096


# --- it ends ---------------------------------------------------------------------------------------------------------


async def test_the_team_closes_and_both_sides_know(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.taps(CAROL_IN_SLACK, opening, "Close")
    [told] = await talk.notices_for(ALICE)
    assert "The team has closed this conversation" in told.text
    closed = (await talk.posts())[-1]
    assert closed.message.values["member"] == Member("slack", "T0CAFE.U0CAROL")
    assert "closed already" in (await talk.taps(OLGA, opening, "Close")).text
    assert len(await talk.notices_for(ALICE)) == 1
    assert [row.question for row in await talk.rows(conversations)] == [""]


async def test_the_customer_has_no_more_questions(talk: Dialogue) -> None:
    await talk.has_team()
    await asks(talk, ALICE)
    heard = await talk.says(ALICE, "Thank you!")
    assert (await talk.taps(ALICE, heard, "That is all")).key == "supporting.ended"
    assert "Alice has all they need" in (await talk.posts())[-1].text
    assert (await talk.taps(ALICE, heard, "That is all")).key == "supporting.nothing-open"
    assert not await talk.notices_for(ALICE)


async def test_a_reply_after_closing_is_not_sent_and_says_so(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.tells(ConversationEnded, by=ALICE)
    heard = await talk.replies(OLGA, opening, "One more thing")
    assert "was not sent" in heard.text
    assert not await talk.notices_for(ALICE)
    await talk.taps(OLGA, heard, "Reopen")
    await talk.replies(OLGA, opening, "One more thing")
    reopened, reply = await talk.notices_for(ALICE)
    assert "opened your conversation again" in reopened.text
    assert "One more thing" in reply.text
    assert "reach Alice" in (await talk.posts())[-1].text
    assert "open already" in (await talk.taps(OLGA, heard, "Reopen")).text


async def test_still_there_is_answered_kindly_and_goes_on_in_the_same_thread(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.taps(OLGA, opening, "Close")
    talk.later(days=2)
    heard = await talk.says(ALICE, "Still there?")
    assert "closed on 2 March" in heard.text
    assert (await talk.taps(ALICE, heard, "Talk to a person")).key == "supporting.passed-on-first"
    again = (await talk.posts())[-1]
    assert "One more question" in again.text
    assert again.message.values["said"] == Said("Still there?")
    assert again.recipient == opening.recipient
    assert len(await talk.rows(conversations)) == 1
    await talk.replies(OLGA, opening, "Yes!")
    assert "Yes!" in (await talk.notices_for(ALICE))[-1].text


async def test_after_two_weeks_it_is_another_conversation(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.taps(OLGA, opening, "Close")
    talk.later(days=15)
    assert (await talk.says(ALICE, "my cat is asleep")).key == "helping.not-understood-kept"
    await talk.tells(HumanAsked, by=ALICE)
    posts = await talk.posts()
    assert posts[-1].recipient != opening.recipient
    heard = await talk.taps(OLGA, posts[1], "Reopen")
    assert "another conversation" in heard.text


async def test_reopening_lets_a_question_nobody_has_seen_rest(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.taps(OLGA, opening, "Close")
    await talk.says(ALICE, "a secret")
    await talk.taps(OLGA, (await talk.posts())[-1], "Reopen")
    assert [row.state for row in await talk.rows(conversations)] == ["open"]
    assert not [post for post in await talk.posts() if "secret" in post.text]
    assert (await talk.says(ALICE, "a question")).key == "supporting.passed-on"


async def test_stop_ends_it_and_the_team_knows(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    await talk.says(ALICE, "/stop")
    left = (await talk.posts())[-1]
    assert "has said stop" in left.text
    assert not left.message.buttons
    heard = await talk.replies(OLGA, opening, "But wait")
    assert "stays closed" in (await talk.taps(OLGA, heard, "Reopen")).text
    assert not await talk.notices_for(ALICE)


async def test_who_stopped_may_still_ask_and_is_answered(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "/start")
    await talk.says(ALICE, "/stop")
    talk.later(minutes=1)
    opening = await asks(talk, ALICE)
    assert "They have said stop" in opening.text
    await talk.replies(OLGA, opening, "Here is your answer.")
    [told] = await talk.notices_for(ALICE)
    assert told.kind == "support"
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.stopped_at is not None


async def test_stop_forgets_what_was_only_asked(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, QUESTION)
    await talk.says(ALICE, "/stop")
    assert not await talk.rows(conversations)


async def test_a_blocked_chat_is_told_to_the_thread(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.tells(BotBlocked, by=MALLORY)
    await asks(talk, ALICE)
    for _ in range(2):
        await talk.tells(BotBlocked, by=ALICE)
    assert len(await talk.posts()) == 2
    lost = (await talk.posts())[-1]
    assert "does not reach Alice" in lost.text
    assert "was not sent" in (await talk.replies(OLGA, lost, "hello")).text
    await talk.tells(BotUnblocked, by=ALICE)
    assert not (await talk.replies(OLGA, lost, "hello")).text
    assert len(await talk.notices_for(ALICE)) == 1


async def test_buttons_of_what_is_gone_and_of_strangers(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    for kind in (ConversationClosed, ConversationReopened):
        assert (await talk.tells(kind, by=OLGA, conversation="cnv_none")).key == "supporting.unknown"
        assert (await talk.tells(kind, by=TESS, conversation=opening.recipient)).refused == "no-access"
    assert (await talk.says(ALICE, "hello?")).key == "supporting.passed-on"


# --- one person with two records -------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["nothing", "asked", "open"])
@pytest.mark.parametrize("second", ["nothing", "asked", "open"])
async def test_a_joined_person_is_in_one_conversation_at_most(talk: Dialogue, first: str, second: str) -> None:
    await talk.has_team()
    for who, state in ((ALICE, first), (SAM, second)):
        await talk.says(who, "/start")
        await begins(talk, who, state)
        talk.later(minutes=1)
    await merges(talk, ALICE, SAM)
    going_on = [row for row in await talk.rows(conversations) if row.state != "closed"]
    wanted = max((first, second), key=("nothing", "asked", "open").index)
    assert [row.state for row in going_on] == ([] if wanted == "nothing" else [wanted])
    assert {row.customer_id for row in await talk.rows(conversations)} <= {await talk.id_of(ALICE)}
    told = [post for post in await talk.posts() if "same person" in post.text]
    assert len(told) == (first == second == "open")


async def test_a_stop_in_the_other_chat_ends_an_earlier_conversation(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "/start")
    opening = await asks(talk, SAM)
    talk.later(minutes=1)
    token = await talk.sign_in_token(await talk.id_of(ALICE))
    asked = await talk.says(SAM, f"/start l_{token}")
    await talk.says(ALICE, "/stop")
    await talk.taps(SAM, asked, "Yes, that is me")
    assert "has said stop" in (await talk.posts())[-1].text
    assert "was not sent" in (await talk.replies(OLGA, opening, "hello")).text


async def test_parting_gives_conversations_back(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "/start")
    talk.later(minutes=1)
    opening = await asks(talk, SAM)
    sam = await talk.id_of(SAM)
    merge = await merges(talk, ALICE, SAM)
    assert [row.customer_id for row in await talk.rows(conversations)] == [await talk.id_of(ALICE)]
    await talk.replies(OLGA, opening, "For Sam")
    await talk.tells(MergeUndone, merge=merge)
    assert [row.customer_id for row in await talk.rows(conversations)] == [sam]
    await talk.replies(OLGA, opening, "For Sam again")
    assert "For Sam again" in (await talk.notices_for(SAM))[-1].text


# --- at once ---------------------------------------------------------------------------------------------------------


async def test_asking_twice_at_once_opens_one_thread(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, QUESTION)
    heard = await talk.all_at_once([HumanAsked(**talk.by(ALICE)) for _ in range(10)])
    assert sorted(one.key for one in heard) == ["supporting.already"] * 9 + ["supporting.passed-on-first"]
    assert len(await talk.posts()) == 1


async def test_a_stranger_asking_twice_at_once_is_one_conversation(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.all_at_once([HumanAsked(**talk.by(ALICE)) for _ in range(5)])
    first: list[Event] = [talk.text(ALICE, f"word {number}") for number in range(5)]
    heard = await talk.all_at_once(first)
    assert sorted(one.key for one in heard) == ["supporting.passed-on"] * 4 + ["supporting.passed-on-first"]
    assert len(await talk.rows(conversations)) == 1
    assert len(await talk.posts()) == 5


async def test_two_of_the_team_close_at_once_and_the_customer_is_told_once(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    closes: list[Event] = [
        ConversationClosed(**talk.by(who), conversation=opening.recipient) for who in (OLGA, CAROL_IN_SLACK) * 4
    ]
    await talk.all_at_once([*closes, ConversationEnded(**talk.by(ALICE))])
    assert len(await talk.posts()) == 2
    assert len(await talk.notices_for(ALICE)) <= 1


async def test_writing_while_it_is_closed_loses_nothing(talk: Dialogue) -> None:
    await talk.has_team()
    for turn in range(4):
        opening = await asks(talk, BOB, f"my parcel {turn}")
        words = f"one more thing {turn}"
        race: list[Event] = [
            ConversationClosed(**talk.by(OLGA), conversation=opening.recipient),
            TextWritten(**talk.by(BOB), text=words, message=f"m{turn}"),
        ]
        await talk.all_at_once(race if turn % 2 else race[::-1])
        passed_on = [post for post in await talk.posts() if words in post.text]
        kept = [row for row in await talk.rows(conversations) if words in row.question]
        assert len(passed_on) + len(kept) == 1
        await talk.tells(ConversationEnded, by=BOB)


async def test_reopening_from_both_sides_at_once_is_one_conversation(talk: Dialogue) -> None:
    await talk.has_team()
    opening = await asks(talk, ALICE)
    for _ in range(3):
        await talk.taps(OLGA, opening, "Close")
        await talk.says(ALICE, "Still there?")
        race: list[Event] = [
            HumanAsked(**talk.by(ALICE)),
            ConversationReopened(**talk.by(OLGA), conversation=opening.recipient),
            TextWritten(**talk.by(ALICE), text="hello", message="7"),
        ]
        await talk.all_at_once(race * 2)
        assert [row.state for row in await talk.rows(conversations)] == ["open"]


async def asks(talk: Dialogue, who: Person, words: str = QUESTION) -> Told:
    """Someone asks the team; returns the last post, which opens the thread or goes on in it."""
    before = len(await talk.posts())
    await talk.taps(who, await talk.says(who, words), "Talk to a person")
    return (await talk.posts())[before]


async def begins(talk: Dialogue, who: Person, state: str) -> None:
    """Someone has a question, or has asked it, or neither."""
    if state == "asked":
        await talk.says(who, QUESTION)
    elif state == "open":
        await asks(talk, who)


async def merges(talk: Dialogue, kept: Person, other: Person) -> str:
    """The record of the second joins that of the first; returns the merge."""
    token = await talk.sign_in_token(await talk.id_of(kept))
    asked: Heard = await talk.says(other, f"/start l_{token}")
    joined = await talk.taps(other, asked, "Yes, that is me")
    assert joined.key == "merging.joined"
    return asked.buttons[0].about.partition(".")[0]

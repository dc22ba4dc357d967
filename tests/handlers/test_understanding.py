"""Understanding: people write what they want in words of their own, and get it; the rest goes to a human."""

from dataclasses import replace

import pytest

from handlers.understanding import BUTTONS, FULFIL
from messages.understanding import Wish
from referrals.program_file import preset
from storage.schema import customers, referrals, rewards, vouchers
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, MALLORY, SAM

ANA = replace(ALICE, language="es", languages=("en", "es"))


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("send me my link pls", "sharing.card"),
        ("QR CODE!!", "sharing.card"),
        ("did anna buy yet?", "standing.nobody-yet"),
        ("how are my referals", "standing.nobody-yet"),
        ("where's my voucher", "rewarding.nothing-yet"),
        ("who's first?", "leading.empty-all"),
        ("change language", "choosing.panel"),
        ("how does this work", "helping.help"),
        ("talk to someone", "supporting.nobody-there"),
        ("good morning", "understanding.hello"),
        ("thank you so much!!", "understanding.thanks"),
        ("see you later", "understanding.bye"),
        ("leave me alone", "understanding.stop"),
        ("are you a robot", "explaining.bot"),
        ("cómo invito a una amiga", "sharing.card"),
    ],
)
async def test_what_is_plainly_asked_for_is_done(talk: Dialogue, words: str, key: str) -> None:
    await talk.says(ALICE, "/start")
    assert (await talk.says(ALICE, words)).key == key


async def test_it_is_the_same_in_slack(talk: Dialogue) -> None:
    assert (await talk.says(SAM, "can I have my link?")).key == "sharing.card"
    assert (await talk.says(SAM, "how much do i get")).key == "explaining.how-much"


async def test_a_stranger_who_greets_hears_what_this_is_about_and_leaves_no_row(talk: Dialogue) -> None:
    before = await talk.counts()
    heard = await talk.says(MALLORY, "hello 👋")
    assert heard.key == "joining.welcome"
    assert "€10" in heard.text
    assert (await talk.says(MALLORY, "thanks")).key == "understanding.thanks"
    assert await talk.counts() == before


async def test_somebody_without_a_name_is_greeted_without_one(talk: Dialogue) -> None:
    nameless = replace(BOB, first_name="")
    await talk.says(nameless, "/start")
    assert (await talk.says(nameless, "hi")).key == "understanding.hello-without-name"
    assert "Alice" in (await talk.says(ALICE, "/start") and await talk.says(ALICE, "hi")).text


async def test_without_a_program_a_greeting_says_so(unopened: Dialogue) -> None:
    assert (await unopened.says(ALICE, "hi")).key == "joining.no-program"


async def test_the_plain_word_stops_at_once(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    assert (await talk.says(ALICE, "STOP")).key == "leaving.stopped"
    customer = await talk.customer(ALICE)
    assert customer is not None
    assert customer.stopped_at is not None


async def test_anything_less_plain_is_asked_about_first(talk: Dialogue) -> None:
    """Stopped by mistake, somebody would hear nothing of the reward that is ready."""
    await talk.says(ALICE, "/start")
    asked = await talk.says(ALICE, "please stop messaging me")
    customer = await talk.customer(ALICE)
    assert customer is not None
    assert customer.stopped_at is None
    assert (await talk.taps(ALICE, asked, "Yes, no more messages")).key == "leaving.stopped"


async def test_stop_beats_a_conversation_with_the_team(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.taps(ALICE, await talk.says(ALICE, "my cat is asleep on the machine"), "Talk to a person")
    assert (await talk.says(ALICE, "stop")).key == "leaving.stopped"
    assert "has said stop" in (await talk.posts())[-1].text


async def test_stop_beats_words_that_are_awaited(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/share")
    await talk.taps(ALICE, heard, "Change my words")
    assert (await talk.says(ALICE, "Stop!")).key == "leaving.stopped"


async def test_everything_else_in_a_conversation_goes_to_the_human(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.taps(ALICE, await talk.says(ALICE, "my cat is asleep on the machine"), "Talk to a person")
    for words in ("thanks", "where is my reward?", "stop messaging me"):
        assert (await talk.says(ALICE, words)).key == "supporting.passed-on"


async def test_awaited_words_are_words_whatever_they_ask(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    assert (await talk.says(ALICE, "Who is the best?")).key == "wording.kept"


async def test_a_code_wins_over_everything(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    assert (await talk.says(BOB, code)).key == "joining.invited"


async def test_of_two_things_at_once_the_first_is_done_and_the_second_is_a_button(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await talk.says(ALICE, "my link and my rewards")
    assert [heard.outcome.answers[0].key, heard.outcome.answers[-1].key] == ["sharing.card", "understanding.also"]
    assert (await talk.taps(ALICE, heard, "My rewards")).key == "rewarding.nothing-yet"


async def test_what_the_program_gives_is_known_by_its_name(unopened: Dialogue) -> None:
    await unopened.opens(preset("corner-shop"))
    await unopened.says(ALICE, "/start")
    assert (await unopened.says(ALICE, "do i have any free coffees left ☕")).key == "rewarding.nothing-yet"
    assert (await unopened.says(ALICE, "how much is a coffee")).key == "helping.not-understood"


@pytest.mark.parametrize("language", ["en", "es"])
async def test_whoever_tells_what_they_did_need_not_report_it_and_can_ask_why(talk: Dialogue, language: str) -> None:
    await talk.has_team()
    person, told = (ALICE, "I bougt on Monday.") if language == "en" else (ANA, "Compré el lunes.")
    await talk.says(person, "/start")
    heard = await talk.says(person, told)
    assert heard.key == "understanding.told-kept"
    assert [button.action for button in heard.buttons][:2] == ["ask", "human"]
    await talk.taps(person, heard, "Talk to a person")
    assert told in (await talk.posts())[-1].text


async def test_without_a_team_whoever_tells_something_can_ask_why(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await talk.says(ALICE, "my brother bought something yesterday")
    assert heard.key == "understanding.told"
    assert (await talk.taps(ALICE, heard, "Why did I get nothing?")).key == "explaining.why-not-nobody"


@pytest.mark.parametrize(
    "words",
    [
        "please stop now",
        "i want to stop maybe",
        "don't stop",
        "basta ya de mensajes",
        "claim my reward for me",
        "claim",
        "cobrar",
        "i choose the coffee",
        "the first one please",
        "yes",
        "sí, dale",
        "delete my account",
        "join",
        "i am Ben's friend",
    ],
)
async def test_no_text_does_what_only_a_button_may(words: str, talk: Dialogue) -> None:
    """To stop, to claim, to choose and to join are never done from words that may mean something else."""
    await talk.earns(ALICE, BOB)
    await talk.passes(days=20)
    before = await _what_counts(talk)
    await talk.says(ALICE, words)
    assert await _what_counts(talk) == before


async def _what_counts(talk: Dialogue) -> list[str]:
    """Read every reward, voucher and referral, and who has said stop."""
    told = [repr((row.id, row.stopped_at)) for row in await talk.rows(customers)]
    return sorted(told + [repr(row) for table in (rewards, vouchers, referrals) for row in await talk.rows(table)])


async def test_a_guess_is_offered_beside_the_human(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.says(ALICE, "where can my friend show the leaderboard code")
    assert heard.key == "helping.not-understood-kept"
    assert [button.action for button in heard.buttons][:3] == ["share", "top", "human"]
    assert "Did you mean" in heard.text
    opened = await talk.taps(ALICE, heard, "Talk to a person")
    assert opened.key == "supporting.passed-on-first"
    assert "where can my friend show the leaderboard code" in (await talk.posts())[-1].text


async def test_whoever_reads_english_may_write_spanish(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await talk.says(ALICE, "cuánto gano")
    assert heard.key == "explaining.how-much"
    assert heard.outcome.language is None


async def test_the_answer_is_in_the_language_of_the_reader(talk: Dialogue) -> None:
    await talk.says(ANA, "/start")
    assert (await talk.says(ANA, "how much do I get")).outcome.language == "es"


async def test_nobody_to_talk_to_is_said_openly(talk: Dialogue) -> None:
    assert (await talk.says(ALICE, "human please")).key == "supporting.nobody-there"


def test_every_wish_has_its_story_and_every_button_its_wish() -> None:
    assert set(FULFIL) == set(Wish)
    assert set(Wish) - set(BUTTONS) == {Wish.STOP_AT_ONCE, Wish.HELLO, Wish.THANKS, Wish.BYE}


async def test_who_tells_what_they_did_may_ask_why_and_find_a_human(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.brings(ALICE, BOB)
    heard = await talk.says(ALICE, "Where is my reward? I bought on Monday.")
    assert [answer.key for answer in heard.outcome.answers] == ["rewarding.nothing-yet", "understanding.look-closer"]
    assert [button.action for button in heard.buttons][-2:] == ["ask", "human"]
    alone = await talk.says(ALICE, "I bought on Monday.")
    assert "why-not" in [button.about for button in alone.buttons]

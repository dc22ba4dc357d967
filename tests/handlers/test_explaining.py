"""Explaining: questions about the program are answered from its terms, and from how the one who asks stands."""

from dataclasses import replace

import pytest

from handlers.events import Person, QuestionAsked
from handlers.explaining import ANSWERS
from handlers.reasons import EXPLAINED
from referrals.program_file import preset
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd

QUESTIONS = {
    "how much do I get": "explaining.how-much",
    "when do I get it": "explaining.when",
    "until when?": "explaining.until",
    "what are the conditions": "explaining.conditions",
    "why did I get nothing": "explaining.why-not-nobody",
    "how do I use my voucher": "explaining.voucher",
    "is my data safe?": "explaining.privacy",
    "are you a bot?": "explaining.bot",
    "I have a code": "explaining.code",
}

ANA = replace(ALICE, language="es", languages=("en", "es"))


@pytest.mark.parametrize("words", QUESTIONS)
async def test_a_stranger_is_answered_and_leaves_no_row(talk: Dialogue, words: str) -> None:
    before = await talk.counts()
    assert (await talk.says(MALLORY, words)).key == QUESTIONS[words]
    assert await talk.counts() == before


@pytest.mark.parametrize("words", QUESTIONS)
async def test_without_a_program_there_is_nothing_to_explain(unopened: Dialogue, words: str) -> None:
    assert (await unopened.says(MALLORY, words)).key == "joining.no-program"


@pytest.mark.parametrize("about", ANSWERS)
async def test_every_question_has_a_button_that_asks_it(talk: Dialogue, about: str) -> None:
    assert (await talk.tells(QuestionAsked, by=ALICE, about=about)).key.startswith(f"explaining.{about}")


async def test_a_button_that_asks_nothing_we_know_leads_on(talk: Dialogue) -> None:
    assert (await talk.tells(QuestionAsked, by=ALICE, about="weather")).key == "helping.old-button"


async def test_how_much_names_both_sides_and_the_least_purchase(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "how much do I get")
    assert "you get €10, and they get €5" in heard.text
    assert "€10 or more" in heard.text


async def test_how_much_is_what_their_link_promises(talk: Dialogue) -> None:
    """Friends are judged by the revision the link was last shown with, so that is what the answer tells."""
    await talk.code_of(ALICE)
    await talk.opens(preset("demo").replace('amount = "10.00"', 'amount = "20.00"'))
    assert "you get €10" in (await talk.says(ALICE, "how much do I get")).text
    assert "you get €20" in (await talk.says(MALLORY, "how much do I get")).text
    await talk.code_of(ALICE)
    assert "you get €20" in (await talk.says(ALICE, "how much do I get")).text


async def test_whoever_was_invited_hears_what_waits_for_them(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    assert "by 1 May, and you get €5" in (await talk.says(BOB, "how much do I get?")).text
    assert "by 1 May, and your reward is on its way" in (await talk.says(BOB, "when do I get it?")).text
    assert "counts until 1 May" in (await talk.says(BOB, "until when?")).text
    assert (await talk.says(BOB, "I have a code")).key == "explaining.code-invited"


async def test_when_names_the_day_of_what_is_coming(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    heard = await talk.says(ALICE, "when do I get my reward?")
    assert heard.key == "explaining.when-coming"
    assert "€10: on its way, yours on 16 March" in heard.text


async def test_when_nothing_is_coming_it_explains_the_rule(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.says(ALICE, "when do I get my reward?")
    assert "14 days after the purchase" in heard.text
    assert "One friend has joined" in heard.text


async def test_without_a_hold_the_reward_comes_at_once(talk: Dialogue) -> None:
    await talk.opens(preset("demo").replace("hold_days = 14", "hold_days = 0"))
    assert (await talk.says(ALICE, "when do I get my reward?")).key == "explaining.when-at-once"


async def test_until_when_names_the_days_of_what_is_ready(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    heard = await talk.says(ALICE, "until when?")
    for part in ("ready to claim until 14 June", "within 60 days", "for 90 days", "for 30 days", "no end date"):
        assert part in heard.text


async def test_a_program_that_ends_says_when(talk: Dialogue) -> None:
    await talk.opens(preset("demo").replace('currency = "EUR"', 'currency = "EUR"\nends = 2026-06-01', 1))
    assert "ends on 2 June" in (await talk.says(ALICE, "until when?")).text
    await talk.passes(days=120)
    for words in ("how much do I get", "until when?", "what are the conditions"):
        assert "takes no new referrals" in (await talk.says(MALLORY, words)).text


async def test_why_not_says_what_every_friend_waits_for(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    purchase = await talk.earns(ALICE, CHLOE)
    await talk.refunds(str(purchase.reply["event"]) and f"receipt-{talk.reported}")
    heard = await talk.says(ALICE, "my friend bought but I got no reward")
    assert heard.key == "explaining.why-not"
    lines = heard.text.splitlines()
    assert "Chloe. The purchase was returned" in lines[1]
    assert "Bob. Next: a first purchase of €10 or more by 1 May" in lines[2]


async def test_why_not_explains_ones_own_purchase_and_nobody_elses(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    assert (await talk.buys(BOB, "7.31")).decision == "below-minimum"
    own = await talk.says(BOB, "why no reward?")
    assert "Your purchase of 2 March did not count: it comes to €7.31, and the program asks for €10 or more" in own.text
    told = await talk.says(ALICE, "why no reward?")
    assert "did not count" not in told.text
    assert "7.31" not in told.text


@pytest.mark.parametrize(("days", "refused"), [(61, "too-late")])
async def test_why_not_knows_a_purchase_that_came_too_late(talk: Dialogue, days: int, refused: str) -> None:
    await talk.brings(ALICE, BOB)
    await talk.passes(days=days)
    assert (await talk.buys(BOB)).decision == refused
    assert "the time after joining ended on 1 May" in (await talk.says(BOB, "why did I get nothing?")).text


async def test_why_not_knows_whom_nobody_invited(talk: Dialogue) -> None:
    await talk.says(DORA, "/start")
    await talk.buys(DORA)
    assert "nobody had invited you" in (await talk.says(DORA, "why did I get nothing?")).text


async def test_why_not_offers_a_human_where_there_is_one(talk: Dialogue) -> None:
    assert "human" not in [button.action for button in (await talk.says(ALICE, "why not?")).buttons]
    await talk.has_team()
    assert (await talk.says(ALICE, "why not?")).buttons[0].action == "share"
    await talk.brings(ALICE, BOB)
    assert (await talk.says(ALICE, "why not?")).buttons[0].action == "human"


async def test_why_not_shows_a_few_lines_of_many(talk: Dialogue) -> None:
    for guest in a_crowd(8):
        await talk.brings(ALICE, guest)
    assert (await talk.says(ALICE, "why did I get nothing?")).text.count("• ") == 5


async def test_the_conditions_are_those_of_the_landing_page(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "what are the rules")
    for part in ("have not bought here before", "€10 or more", "60 days", "14 days", "as many friends as you like"):
        assert part in heard.text


async def test_the_voucher_that_is_there_is_named(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    heard = await talk.says(ALICE, "how do I redeem my coupon?")
    assert "within 30 days" in heard.text
    assert "€10: ready to claim" in heard.text


async def test_who_is_kept_is_said_with_the_way_out(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "what do you know about me")
    assert "/stop" in heard.text
    assert "ask in the shop" in heard.text
    await talk.has_team()
    asked = await talk.says(ALICE, "what do you know about me")
    assert "ask the team" in asked.text
    assert "human" in [button.action for button in asked.buttons]


async def test_a_bot_says_that_it_is_one(talk: Dialogue) -> None:
    await talk.has_team()
    heard = await talk.says(ALICE, "are you human?")
    assert heard.key == "explaining.bot-with-team"
    assert heard.buttons[0].action == "human"


def test_what_is_explained_is_what_a_judgement_may_say() -> None:
    assert "qualified" not in EXPLAINED


async def test_a_refusal_says_what_helps(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, "9.99")
    heard = await talk.says(BOB, "why did I get nothing")
    assert "it comes to €9.99" in heard.text
    assert "Nothing is lost: your next purchase may count." in heard.text
    assert "a person of the team" not in heard.text


async def test_where_there_is_a_team_a_refusal_can_be_looked_at(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.brings(ALICE, BOB)
    talk.later(days=61)
    await talk.buys(BOB)
    heard = await talk.says(BOB, "why did I get nothing")
    assert "the team can decide again" in heard.text
    assert heard.buttons[0].action == "appeal"


@pytest.mark.parametrize("name", ["airbnb-2017", "dropbox"])
async def test_where_nobody_buys_at_a_till_nothing_speaks_of_a_purchase(unopened: Dialogue, name: str) -> None:
    talk = unopened
    await talk.opens(preset(name))
    await talk.brings(ALICE, BOB)
    for who in (ALICE, BOB):
        for words in ("/start", "/help", "/share", "/status", "/rewards", *list(QUESTIONS)[:5]):
            said = (await talk.says(who, words)).text.lower()
            assert "purchase" not in said, said
            assert "at the till" not in said, said


async def test_when_is_answered_for_each_goal_and_for_prizes(unopened: Dialogue) -> None:
    await unopened.opens(preset("saas"))
    goals = await unopened.says(ALICE, "when do I get it?")
    assert "For a paid invoice of $5 or more: up to 30% of the purchase" in goals.text
    assert "The rewards are yours 30 days later." in goals.text
    await unopened.opens(preset("tesla-2018"))
    prizes = await unopened.says(BOB, "when do I get it?")
    assert "For 5 completed referrals: 1 invitation to the next unveiling" in prizes.text


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("corner-shop", ("€5 or more", "At most 20 rewards a month", "If a purchase is given back"), ("as many",)),
        ("dropbox", ("At most 32 rewards",), ("given back", "purchase")),
        ("tesla-2018", ("as many friends as you like", "the delivery of the car"), ("given back",)),
    ],
)
async def test_questions_about_the_rules_are_answered_from_the_running_program(
    unopened: Dialogue, name: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    await unopened.opens(preset(name))
    await unopened.says(ALICE, "/start")
    asked = ("do i have to pay", "can i refer myself", "what if they return it", "how many friends can i invite")
    for question in asked:
        heard = await unopened.says(ALICE, question)
        assert heard.key == "explaining.conditions", question
        for part in (*said, "Inviting and joining cost nothing", "Your own link does not count for yourself"):
            assert part in heard.text
        assert not any(part in heard.text for part in unsaid)


@pytest.mark.parametrize(("person", "question"), [(ALICE, "is this a scam?"), (ANA, "¿esto es una estafa?")])
async def test_whoever_fears_a_scam_hears_who_this_is_and_what_is_never_asked_for(
    talk: Dialogue, person: Person, question: str
) -> None:
    await talk.says(person, "/start")
    heard = await talk.says(person, question)
    assert heard.key == "explaining.bot"
    assert ("never ask for money" in heard.text) or ("Nunca te pediré dinero" in heard.text)

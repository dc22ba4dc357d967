"""Appealing: a decision is looked at again by the team once, and whoever asked hears it once."""

import pytest

from handlers.events import AppealAnswered, AppealSettled, Event, MergeUndone, Person, RewardTakenBack
from referrals.identity import Identity
from storage.schema import appeals, merges, referrals, rewards
from tests.audit import audit
from tests.dialogue import Dialogue, Told
from tests.giving import ready, states
from tests.people import ALICE, BOB, CAROL_IN_SLACK, MALLORY, OLGA


async def appealed(talk: Dialogue, who: Person = ALICE, amount: int = 1000, **details: object) -> tuple[str, Told]:
    """A reward is taken back, and its owner asks the team; returns the reward and the card."""
    await talk.has_team()
    reward = await ready(talk, who, amount, **details)
    await talk.tells(RewardTakenBack, reward=reward, because="It was a test.")
    asked = await talk.taps(who, (await talk.notices_for(who))[-1], "Why?")
    assert (await talk.taps(who, asked, "Ask the team")).key == "appealing.asked"
    assert (await talk.taps(who, asked, "Ask the team")).key == "appealing.asked"
    return reward, (await talk.posts())[-1]


async def test_the_team_reads_what_was_told_and_gives_the_reward(talk: Dialogue) -> None:
    reward, card = await appealed(talk)
    assert len(await talk.posts()) == 1
    assert "Alice asks you to decide again: €10" in card.text
    assert "They were told: The team took €10 back. Why: It was a test." in card.text
    waiting = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Why?")
    assert "has been asked on 2 March" in waiting.text
    assert "stays as it is" not in card.text
    answered = await talk.taps(OLGA, card, "Give")
    assert answered.outcome.answers[0].in_place
    assert not answered.buttons
    notice = (await talk.notices_for(ALICE))[-1]
    assert "and your reward of €10 is granted" in notice.text
    assert len(await states(talk, reward)) == 1
    assert sorted(row.state for row in await talk.rows(rewards)) == ["available", "revoked"]
    assert (await talk.taps(ALICE, notice, "Claim")).key == "rewarding.voucher"
    assert await talk.balances_of(ALICE) == {"claimed": 1000}
    await audit(talk)
    assert (await talk.taps(OLGA, card, "Keep")).key == "appealing.settled-before"
    again = await talk.hears(talk.tapped(ALICE, "appeal", reward))
    assert (again.key, again.refused) == ("appealing.answered", "appealed-before")
    assert len(await talk.posts()) == 1


async def test_the_team_keeps_its_decision(talk: Dialogue) -> None:
    _, card = await appealed(talk, kind="credit", delivery="balance")
    kept = await talk.taps(OLGA, card, "Keep")
    assert "The decision is kept" in kept.text
    assert "keeps the decision" in (await talk.notices_for(ALICE))[-1].text
    told = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Why?")
    assert "looked at it again on 2 March and keeps the decision" in told.text
    assert "appeal" not in [button.action for button in told.buttons]
    assert await talk.balances_of(ALICE) == {}
    await audit(talk)


async def test_only_managers_and_owners_decide(talk: Dialogue) -> None:
    _, card = await appealed(talk)
    for who in (CAROL_IN_SLACK, MALLORY):
        assert (await talk.taps(who, card, "Give")).refused == "no-access"
    assert [row.state for row in await talk.rows(appeals)] == ["open"]


async def test_many_answers_count_once(talk: Dialogue) -> None:
    reward, card = await appealed(talk)
    [case] = await talk.rows(appeals)
    answers: list[Event] = [
        AppealAnswered(**talk.by(OLGA), appeal=case.id, is_granted=number % 2 == 0) for number in range(8)
    ]
    heard = await talk.all_at_once(answers)
    assert [one.key for one in heard].count("appealing.card") == 1
    told = [notice.key for notice in await talk.notices_for(ALICE) if notice.key.startswith("appealing.")]
    assert len(told) == 1
    given = [row for row in await talk.rows(rewards) if row.id != reward]
    assert len(given) == (told == ["appealing.overturned"])
    await audit(talk)
    assert card.key == "appealing.card"


async def test_many_who_ask_at_once_open_one_case(talk: Dialogue) -> None:
    await talk.has_team()
    reward = await ready(talk, ALICE)
    await talk.tells(RewardTakenBack, reward=reward, because="It was a test.")
    heard = await talk.all_at_once([talk.tapped(ALICE, "appeal", reward) for _ in range(8)])
    assert {one.key for one in heard} == {"appealing.asked"}
    assert len(await talk.rows(appeals)) == len(await talk.posts()) == 1


async def test_a_refused_purchase_is_appealed_by_the_friend_and_given_to_them_alone(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, "9.99")
    asked = await talk.says(BOB, "why did I get nothing")
    await talk.taps(BOB, asked, "Ask the team")
    card = (await talk.posts())[-1]
    assert "it comes to €9.99, and the program asks for €10 or more" in card.text
    assert "only Bob gets something: the referral stays as it is" in card.text
    await talk.taps(OLGA, card, "Give €5")
    told = (await talk.notices_for(BOB))[-1].text
    assert "It is for you alone: the invitation itself stays as it was." in told
    assert [row.state for row in await talk.rows(referrals)] == ["joined"]
    [given] = await talk.rows(rewards)
    assert (given.customer_id, given.amount, given.side) == (await talk.id_of(BOB), 500, "friend")
    assert "your reward of €5 is granted" in (await talk.notices_for(BOB))[-1].text
    assert "appeal" not in [notice.key.partition(".")[0] for notice in await talk.notices_for(ALICE)]
    await audit(talk)


async def test_without_a_team_or_a_decision_there_is_nothing_to_appeal(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE)
    await talk.tells(RewardTakenBack, reward=reward, because="It was a test.")
    shown = await talk.taps(ALICE, (await talk.notices_for(ALICE))[-1], "Why?")
    assert "appeal" not in [button.action for button in shown.buttons]
    assert (await talk.hears(talk.tapped(ALICE, "appeal", reward))).key == "appealing.cannot"
    await talk.has_team()
    for who, about in ((BOB, reward), (MALLORY, reward), (ALICE, "rwd_0"), (ALICE, await ready(talk, ALICE))):
        assert (await talk.hears(talk.tapped(who, "appeal", about))).key == "appealing.cannot"
    assert (await talk.hears(talk.tapped(OLGA, "judge", "apl_0.burn"))).key == "helping.old-button"
    assert (await talk.hears(talk.tapped(OLGA, "judge", "apl_0.keep"))).key == "appealing.unknown"
    assert await talk.rows(appeals) == []


async def test_a_case_follows_its_customer_into_a_joined_record_and_back(talk: Dialogue) -> None:
    bought = await talk.hears(talk.purchase(None, identities=(Identity("shop", "77"),)))
    talk.later(days=1)
    _, card = await appealed(talk)
    mine = await talk.id_of(ALICE)
    other = str(bought.reply["customer"])
    await talk.taps(ALICE, await talk.says(ALICE, f"/start l_{await talk.sign_in_token(other)}"), "Yes, that is me")
    [merge] = await talk.rows(merges)
    [case] = await talk.rows(appeals)
    assert case.customer_id == merge.kept_id
    await talk.tells(MergeUndone, merge=merge.id)
    [case] = await talk.rows(appeals)
    assert case.customer_id == mine
    await talk.taps(OLGA, card, "Give")
    assert "your reward of €10 is granted" in (await talk.notices_for(ALICE))[-1].text
    await audit(talk)


@pytest.mark.parametrize("is_granted", [True, False])
async def test_whoever_runs_the_machine_answers_with_a_note(talk: Dialogue, *, is_granted: bool) -> None:
    await appealed(talk)
    [case] = await talk.rows(appeals)
    settled = await talk.tells(AppealSettled, appeal=case.id, is_granted=is_granted, because="We asked the till.")
    assert settled.reply["state"] == ("overturned" if is_granted else "upheld")
    assert "The team writes: We asked the till." in (await talk.notices_for(ALICE))[-1].text
    again = await talk.tells(AppealSettled, appeal=case.id, is_granted=is_granted, because="We asked the till.")
    assert again.refused == "appeal-settled"
    assert (await talk.tells(AppealSettled, appeal="apl_0", is_granted=True, because="x")).refused == "unknown-appeal"

"""Delivering: the team hands over what was claimed, or says why not, once, and the customer hears either way."""

from typing import Any

import pytest

from handlers.events import DeliverySettled, Event, Person, RewardClaimed, RewardTakenBack
from messages.message import Member
from storage.schema import deliveries
from tests.audit import audit
from tests.dialogue import Dialogue, Told
from tests.giving import ready, states
from tests.people import ALICE, CAROL_IN_SLACK, MALLORY, OLGA, TESS

PAYOUT: dict[str, Any] = {"kind": "payout", "delivery": "team"}
PLACE: dict[str, Any] = {"kind": "access", "delivery": "team"}


async def claimed(talk: Dialogue, who: Person = ALICE, **details: Any) -> tuple[str, Told]:
    """Somebody claims what the team must hand over; returns the reward and the post that asks for it."""
    await talk.has_team()
    reward = await ready(talk, who, **(details or PLACE))
    heard = await talk.tells(RewardClaimed, by=who, reward=reward)
    assert heard.key == "rewarding.asked-team"
    return reward, (await talk.posts())[-1]


async def test_the_team_is_asked_and_its_answer_told(talk: Dialogue) -> None:
    reward, post = await claimed(talk)
    assert "Alice has claimed €10: access" in post.text
    assert reward in post.text
    assert "the team is on it" in (await talk.says(ALICE, "/rewards")).text
    done = await talk.taps(CAROL_IN_SLACK, post, "Done")
    [answer] = done.outcome.answers
    assert answer.in_place
    assert not answer.buttons
    assert answer.lines[0].values["member"] == Member("slack", CAROL_IN_SLACK.identity.subject)
    assert await states(talk, reward) == ["redeemed"]
    assert "the team has handed it over" in (await talk.notices_for(ALICE))[-1].text
    assert "handed over on 2 March" in (await talk.says(ALICE, "/rewards")).text
    assert (await talk.taps(OLGA, post, "Done")).key == "delivering.answered-already"
    assert (await talk.taps(OLGA, post, "Can’t")).key == "delivering.answered-already"
    await audit(talk)


@pytest.mark.parametrize(("label", "comes_back"), [("Not right now", True), ("terms", False)])
async def test_what_cannot_be_handed_over_comes_back_or_is_denied(
    talk: Dialogue, label: str, *, comes_back: bool
) -> None:
    reward, post = await claimed(talk)
    asked = await talk.taps(OLGA, post, "Can’t")
    assert asked.outcome.answers[0].in_place
    assert "Why can Alice not get €10?" in asked.text
    back = await talk.taps(OLGA, asked, "Back")
    assert "Alice has claimed €10" in back.text
    talk.later(days=20)
    told = await talk.taps(OLGA, asked, label)
    assert not told.outcome.answers[0].buttons
    notice = (await talk.notices_for(ALICE))[-1]
    assert notice.key == ("delivering.came-back" if comes_back else "delivering.denied")
    assert await states(talk, reward) == ["available" if comes_back else "denied"]
    await audit(talk)
    if comes_back:
        # The days it waited are not the customer's loss.
        talk.later(days=20)
        again = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Claim")
        assert again.key == "rewarding.asked-team"
        await talk.taps(OLGA, (await talk.posts())[-1], "Done")
        assert await states(talk, reward) == ["redeemed"]
        await audit(talk)


async def test_only_the_team_answers_and_money_is_for_managers(talk: Dialogue) -> None:
    reward, post = await claimed(talk, **PAYOUT)
    for who in (MALLORY, TESS, CAROL_IN_SLACK):
        assert (await talk.taps(who, post, "Done")).refused == "no-access"
    assert await states(talk, reward) == ["claimed"]
    await talk.taps(OLGA, post, "Done")
    assert await states(talk, reward) == ["redeemed"]


async def test_a_reward_taken_back_while_it_waits_is_not_handed_over(talk: Dialogue) -> None:
    reward, post = await claimed(talk)
    await talk.tells(RewardTakenBack, reward=reward, because="The purchase was returned.")
    assert (await talk.taps(OLGA, post, "Done")).key == "delivering.answered-already"
    await talk.scheduler.beat()
    assert "Not needed any more" in (await talk.posts())[-1].text
    assert [row.state for row in await talk.rows(deliveries)] == ["failed"]
    count = len(await talk.posts())
    await talk.scheduler.beat()
    assert len(await talk.posts()) == count
    await audit(talk)


async def test_without_a_channel_the_machine_settles_it(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **PAYOUT)
    await talk.tells(RewardClaimed, by=ALICE, reward=reward)
    refused = await talk.tells(
        DeliverySettled, reward=reward, is_done=False, because="Please send us your bank account."
    )
    assert refused.reply == {"reward": reward, "state": "available"}
    assert "Please send us your bank account." in (await talk.notices_for(ALICE))[-1].text
    assert (await talk.tells(DeliverySettled, reward=reward, is_done=True)).refused == "delivery-settled"
    await talk.tells(RewardClaimed, by=ALICE, reward=reward)
    done = await talk.tells(DeliverySettled, reward=reward, is_done=True)
    assert done.reply == {"reward": reward, "state": "redeemed"}
    assert (await talk.tells(DeliverySettled, reward="rwd_0", is_done=True)).refused == "unknown-delivery"
    await audit(talk)


async def test_many_claims_ask_once_and_many_answers_count_once(talk: Dialogue) -> None:
    await talk.has_team()
    reward = await ready(talk, ALICE, **PLACE)
    claims: list[Event] = [RewardClaimed(**talk.by(ALICE), reward=reward) for _ in range(10)]
    await talk.all_at_once(claims)
    [_] = await talk.posts()
    settled: list[Event] = [
        DeliverySettled(**talk.now(), reward=reward, is_done=number % 2 == 0, because="" if number % 2 == 0 else "No.")
        for number in range(10)
    ]
    heard = await talk.all_at_once(settled)
    assert [one.refused for one in heard].count("") == 1
    await audit(talk)


async def test_a_tap_on_a_button_that_is_not_ours_explains_itself(talk: Dialogue) -> None:
    reward, _ = await claimed(talk)
    heard = await talk.hears(talk.tapped(OLGA, "deliver", f"{reward}.burn"))
    assert heard.key == "helping.old-button"
    assert await states(talk, reward) == ["claimed"]

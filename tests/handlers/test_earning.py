"""Earning: several goals, counts, holds, caps, tiers and refunds, for both sides and with their reasons."""

from datetime import timedelta

import pytest

from handlers.events import Event, ProgramPaused
from referrals.identity import Identity
from storage.schema import caps, decisions, events, referrals, rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd, someone

HEAD = """
[program]
id = "demo"
name = "Corner Café"
currency = "EUR"
"""
TWO_GOALS = f"""{HEAD}
[goals.signing-up]
event = "signup"
hold_days = 0
[goals.signing-up.friend]
amount = "3.00"

[goals.first-stay]
event = "stay"
minimum = "50.00"
hold_days = 3
[goals.first-stay.advocate]
amount = "25.00"
[goals.first-stay.friend]
percent = "10"
"""
COUNTED = f"""{HEAD}
[goals.regular]
event = "ride"
count = 3
hold_days = 0
[goals.regular.advocate]
amount = "20.00"
"""
CAPPED = f"""{HEAD}
[goals.first-purchase]
event = "purchase"
hold_days = 14
[goals.first-purchase.advocate]
amount = "10.00"
[goals.first-purchase.friend]
amount = "5.00"

[caps.advocate.year]
count = 10
"""


async def test_each_of_several_goals_is_judged_by_itself(unopened: Dialogue) -> None:
    await unopened.opens(TWO_GOALS)
    await unopened.brings(ALICE, BOB)
    signed = await unopened.buys(BOB, None, type="signup")
    assert [(one["side"], one["goal"], one["amount"]) for one in signed.reply["rewards"]] == [
        ("friend", "signing-up", "3.00")
    ]
    small = await unopened.buys(BOB, "49.99", type="stay")
    assert small.decision == "below-minimum"
    stay = await unopened.buys(BOB, "80.00", type="stay")
    earned = [(one["side"], one["amount"]) for one in stay.reply["rewards"]]
    assert earned == [("advocate", "25.00"), ("friend", "8.00")]
    assert (await unopened.buys(BOB, "80.00", type="stay")).decision == "goal-reached-before"
    [referral] = await unopened.rows(referrals)
    assert referral.reached == {"signing-up": [1, 1], "first-stay": [1, 1]}
    await audit(unopened)


async def test_of_several_goals_a_refund_takes_back_its_own(unopened: Dialogue) -> None:
    await unopened.opens(TWO_GOALS)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, None, type="signup")
    await unopened.buys(BOB, "80.00", type="stay", id="stay-1")
    assert (await unopened.refunds("stay-1", "80.00")).decision == "refund-took-back"
    [referral] = await unopened.rows(referrals)
    assert (referral.state, referral.reached) == ("qualified", {"signing-up": [1, 1], "first-stay": [0, 1, 1]})
    # The signup still counts, so the referral does, and the stay may be made up for.
    again = await unopened.buys(BOB, "60.00", type="stay")
    assert [one["occurrence"] for one in again.reply["rewards"]] == [2, 2]
    await audit(unopened)


async def test_a_number_of_events_is_needed_and_a_refund_counts_them_anew(unopened: Dialogue) -> None:
    await unopened.opens(COUNTED)
    await unopened.brings(ALICE, BOB)
    for number in (1, 2):
        heard = await unopened.buys(BOB, "10.00", type="ride", id=f"ride-{number}")
        assert heard.decision == "more-needed"
    assert heard.reply["decision"]["would_change"] == ">= 3"
    third = await unopened.buys(BOB, "10.00", type="ride", id="ride-3")
    assert third.decision == "qualified"
    back = await unopened.refunds("ride-1", "10.00")
    assert back.decision == "refund-took-back"
    [referral] = await unopened.rows(referrals)
    assert (referral.state, referral.reached) == ("joined", {"regular": [0, 1, 1]})
    fourth = await unopened.buys(BOB, "10.00", type="ride", id="ride-4")
    assert (fourth.decision, fourth.reply["rewards"][0]["occurrence"]) == ("qualified", 2)
    await audit(unopened)


async def test_a_goal_may_be_reached_again_and_again(unopened: Dialogue) -> None:
    await unopened.opens(COUNTED.replace("count = 3\n", "at_most_times = 2\n"))
    await unopened.brings(ALICE, BOB)
    outcomes = [(await unopened.buys(BOB, "10.00", type="ride")).decision for _ in range(3)]
    assert outcomes == ["qualified", "qualified", "goal-reached-before"]
    assert [row.occurrence for row in await unopened.rows(rewards)] == [1, 2]
    await audit(unopened)


async def test_a_reward_may_wait_for_an_event_of_the_friend(unopened: Dialogue) -> None:
    await unopened.opens(TWO_GOALS.replace("hold_days = 3", 'hold_until = "checkout"\nhold_days = 0'))
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", type="stay")
    await unopened.passes(days=30)
    assert {row.state for row in await unopened.rows(rewards)} == {"pending"}
    [told] = [notice for notice in await unopened.notices_for(ALICE) if notice.key == "earning.waiting-advocate"]
    assert "checkout" in told.text
    gone = await unopened.buys(BOB, None, type="checkout")
    assert gone.decision == "hold-released"
    await unopened.passes(minutes=1)
    assert {row.state for row in await unopened.rows(rewards)} == {"available"}
    assert all(row.expires_at > unopened.clock.now() + timedelta(days=80) for row in await unopened.rows(rewards))
    await audit(unopened)


async def test_who_waits_too_long_for_an_event_gets_nothing(unopened: Dialogue) -> None:
    held = 'hold_until = "checkout"\nhold_gives_up_days = 10\nhold_days = 0'
    await unopened.opens(TWO_GOALS.replace("hold_days = 3", held) + "[caps.advocate.year]\ncount = 10\n")
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", type="stay")
    assert [(row.cap, row.count) for row in await unopened.rows(caps)] == [("caps.advocate.year", 1)]
    await unopened.passes(days=11)
    assert {row.state for row in await unopened.rows(rewards)} == {"denied"}
    assert [(row.cap, row.count) for row in await unopened.rows(caps)] == [("caps.advocate.year", 0)]
    await audit(unopened)


async def test_a_checkout_that_came_first_is_not_waited_for(unopened: Dialogue) -> None:
    await unopened.opens(TWO_GOALS.replace("hold_days = 3", 'hold_until = "checkout"\nhold_days = 0'))
    await unopened.brings(ALICE, BOB)
    unopened.later(days=2)
    await unopened.buys(BOB, None, type="checkout")
    await unopened.buys(BOB, "80.00", type="stay", occurred_at=unopened.clock.now() - timedelta(days=1))
    assert {row.waits_for for row in await unopened.rows(rewards)} == {None}


async def test_a_full_cap_is_told_to_its_owner_and_the_friend_gets_theirs(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED.replace("count = 10", "count = 1"))
    await unopened.earns(ALICE, BOB)
    heard = await unopened.earns(ALICE, CHLOE)
    assert [(one["side"], one["state"], one["reason"]) for one in heard.reply["rewards"]] == [
        ("advocate", "denied", "cap-year"),
        ("friend", "pending", None),
    ]
    [told] = [notice for notice in await unopened.notices_for(ALICE) if notice.key == "earning.denied-advocate"]
    assert "this year's limit is reached" in told.text
    assert "1 January" in told.text
    denied = next(one["id"] for one in heard.reply["rewards"] if one["state"] == "denied")
    [kept] = [row for row in await unopened.rows(decisions) if row.about == denied]
    assert (kept.trace["rule"], kept.trace["saw"]) == ("caps.advocate.year", "1")
    # Said once: the next one only stands in the list.
    await unopened.earns(ALICE, DORA)
    assert sum(notice.key == "earning.denied-advocate" for notice in await unopened.notices_for(ALICE)) == 1
    await audit(unopened)


async def test_of_a_cap_by_both_its_owner_is_told_the_one_that_is_used_up(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED.replace("count = 10", 'count = 10\nvalue = "12.00"\nunit = "EUR"'))
    await unopened.earns(ALICE, BOB)
    await unopened.earns(ALICE, CHLOE)
    [told] = [notice for notice in await unopened.notices_for(ALICE) if notice.key == "earning.denied-advocate"]
    assert "In a year you get €12" in told.text


async def test_a_further_cap_of_the_same_period_counts_by_itself(unopened: Dialogue) -> None:
    further = '\n[caps.advocate.year.also.money]\nvalue = "15.00"\nunit = "EUR"\n'
    await unopened.opens(CAPPED + further)
    await unopened.earns(ALICE, BOB)
    heard = await unopened.earns(ALICE, CHLOE)
    assert [one["reason"] for one in heard.reply["rewards"]] == ["cap-year", None]
    denied = next(one["id"] for one in heard.reply["rewards"] if one["state"] == "denied")
    [kept] = [row for row in await unopened.rows(decisions) if row.about == denied]
    assert (kept.trace["rule"], kept.trace["saw"]) == ("caps.advocate.year.also.money", "10.00")
    [told] = [notice for notice in await unopened.notices_for(ALICE) if notice.key == "earning.denied-advocate"]
    assert "In a year you get €15" in told.text
    taken = {row.cap: (row.count, row.value) for row in await unopened.rows(caps)}
    assert taken == {"caps.advocate.year": (1, 0), "caps.advocate.year.also.money": (1, 1000)}
    await audit(unopened)


async def test_what_is_taken_back_leaves_its_place_to_the_next(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED.replace("count = 10", "count = 1"))
    await unopened.earns(ALICE, BOB)
    await unopened.refunds("receipt-1")
    heard = await unopened.earns(ALICE, CHLOE)
    assert {one["state"] for one in heard.reply["rewards"]} == {"pending"}
    await audit(unopened)


async def test_of_several_caps_all_have_room_or_none_is_taken(unopened: Dialogue) -> None:
    several = CAPPED + '\n[caps.program.lifetime]\nvalue = "12.00"\nunit = "EUR"\n'
    await unopened.opens(several)
    heard = await unopened.earns(ALICE, BOB)
    # Ten of the budget are the advocate's; of the two that are left nobody can be given five.
    assert [(one["side"], one["state"], one["reason"]) for one in heard.reply["rewards"]] == [
        ("advocate", "pending", None),
        ("friend", "denied", "cap-budget"),
    ]
    await unopened.earns(ALICE, CHLOE)
    taken = {row.cap: (row.count, row.value) for row in await unopened.rows(caps)}
    assert taken == {"caps.advocate.year": (1, 0), "caps.program.lifetime": (1, 1000)}
    await audit(unopened)


async def test_a_hundred_at_once_against_a_cap_of_ten_are_ten(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED)
    code = await unopened.code_of(ALICE)
    buying: list[Event] = [unopened.purchase(friend, code=code) for friend in a_crowd(100)]
    heard = await unopened.all_at_once(buying)
    assert {one.decision for one in heard} == {"qualified"}
    states = [row.state for row in await unopened.rows(rewards) if row.side == "advocate"]
    assert (states.count("pending"), states.count("denied")) == (10, 90)
    [cap] = await unopened.rows(caps)
    assert cap.count == 10
    await audit(unopened)


async def test_more_is_earned_by_who_brings_more(unopened: Dialogue) -> None:
    tiers = 'tiers = [{ from = 1, amount = "10.00" }, { from = 3, amount = "15.00" }]'
    await unopened.opens(CAPPED.replace('amount = "10.00"', tiers, 1))
    code = await unopened.code_of(ALICE)
    buying: list[Event] = [unopened.purchase(friend, code=code) for friend in a_crowd(4)]
    await unopened.all_at_once(buying)
    amounts = sorted(row.amount for row in await unopened.rows(rewards) if row.side == "advocate")
    assert amounts == [1000, 1000, 1500, 1500]


async def test_only_what_a_rule_looks_at_is_kept_of_an_event(unopened: Dialogue) -> None:
    by_product = '{ by = "product", s = "35.00", otherwise = "20.00" }'
    await unopened.opens(CAPPED.replace('"10.00"', by_product, 1).replace("[caps.advocate.year]\ncount = 10\n", ""))
    await unopened.brings(ALICE, BOB)
    heard = await unopened.buys(BOB, properties={"product": "s", "phone": "+34600000000"})
    assert heard.reply["rewards"][0]["amount"] == "35.00"
    [event] = await unopened.rows(events)
    assert event.properties == {"product": "s"}


async def test_a_lower_percentage_of_what_is_left_and_never_more(unopened: Dialogue) -> None:
    await unopened.opens(TWO_GOALS)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", type="stay", id="stay-1")
    assert (await unopened.refunds("stay-1", "20.00")).decision == "refund-reduced"
    assert sorted(row.amount for row in await unopened.rows(rewards)) == [600, 2500]
    await audit(unopened)


async def test_a_pause_takes_nobody_new_and_keeps_what_was_promised(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    code = await talk.code_of(ALICE)
    assert (await talk.tells(ProgramPaused, is_paused=True)).reply["is_new"]
    refused = await talk.joins(CHLOE, code)
    assert (refused.refused, "takes a break" in refused.text) == ("program-paused", True)
    assert "takes a break" in (await talk.says(DORA, "/share")).text
    assert (await talk.buys(CHLOE, code=code)).decision == "program-paused"
    assert (await talk.buys(BOB)).decision == "qualified"
    await talk.tells(ProgramPaused, is_paused=False)
    assert not (await talk.joins(DORA, code)).refused


async def test_a_code_may_be_given_late_where_the_program_lets_it(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED + "\n[joining]\nlate_claim_days = 7\n")
    await unopened.buys(BOB)
    await unopened.buys(CHLOE)
    unopened.later(days=6)
    heard = await unopened.joins(BOB, await unopened.code_of(ALICE))
    assert heard.key == "claiming.counted"
    assert "Alice invited you" in heard.text
    assert sum(notice.kind == "reward" for notice in await unopened.notices_for(ALICE)) == 1
    unopened.later(days=2)
    late = await unopened.joins(CHLOE, await unopened.code_of(ALICE))
    assert (late.refused, "within 7 days" in late.text) == ("late-claim-over", True)
    await audit(unopened)


async def test_who_has_not_bought_for_long_is_new_again(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED + "\n[joining]\nlapsed_after_days = 100\n")
    await unopened.buys(BOB)
    unopened.later(days=60)
    await unopened.buys(BOB)
    unopened.later(days=60)
    code = await unopened.code_of(ALICE)
    assert (await unopened.joins(BOB, code)).refused == "customer-before"
    unopened.later(days=50)
    assert not (await unopened.joins(BOB, code)).refused
    assert (await unopened.buys(BOB)).decision == "qualified"


async def test_the_last_invitation_counts_where_the_program_says_so(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED.replace('currency = "EUR"', 'currency = "EUR"\nattribution = "last-touch"'))
    await unopened.brings(ALICE, BOB)
    await unopened.brings(DORA, BOB)
    assert [notice.key for notice in await unopened.notices_for(ALICE)][-1] == "joining.friend-moved-on"
    await unopened.buys(BOB)
    owners = {row.customer_id for row in await unopened.rows(rewards)}
    assert owners == {await unopened.id_of(DORA), await unopened.id_of(BOB)}
    # Once something is earned, nobody takes it away.
    assert (await unopened.joins(BOB, await unopened.code_of(CHLOE))).refused == "invited-by-another"


async def test_who_cannot_take_part_is_told_in_the_businesss_words(unopened: Dialogue) -> None:
    rule = """
[ineligible.staff]
who = "friend"
all = [{ field = "friend.role", is = "staff" }]
[ineligible.staff.says]
en = "Our team has its own discount."
es = "El equipo tiene su propio descuento."
"""
    await unopened.opens(CAPPED + rule)
    shop = Identity("shop", "7")
    code = await unopened.code_of(ALICE)
    asked = unopened.purchase(None, identities=(shop,), attributes={"role": "staff"}, code=code)
    heard = await unopened.hears(asked)
    assert heard.decision == "excluded-friend"
    assert not await unopened.rows(referrals)
    assert [row.trace["outcome"] for row in await unopened.rows(decisions)].count("excluded-friend") == 2


async def test_terms_that_became_better_are_judged_by_where_the_program_says_so(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED)
    await unopened.brings(ALICE, BOB)
    await unopened.brings(ALICE, CHLOE)
    better = CAPPED.replace('"10.00"', '"12.00"', 1).replace('"EUR"', '"EUR"\napplies_to = "open"', 1)
    await unopened.opens(better)
    heard = await unopened.buys(BOB)
    assert (heard.reply["rewards"][0]["amount"], heard.reply["decision"]["revision"]) == ("12.00", 2)
    await unopened.opens(better.replace('"12.00"', '"8.00"', 1))
    heard = await unopened.buys(CHLOE)
    assert (heard.reply["rewards"][0]["amount"], heard.reply["decision"]["revision"]) == ("10.00", 1)


async def test_a_merge_moves_what_is_taken_of_caps_and_a_parting_moves_it_back(unopened: Dialogue) -> None:
    await unopened.opens(CAPPED)
    await unopened.earns(ALICE, BOB)
    shop = Identity("shop", "alice")
    other = str((await unopened.hears(unopened.purchase(None, identities=(shop,)))).reply["customer"])
    token = await unopened.sign_in_token(other)
    asked = await unopened.says(ALICE, f"/start l_{token}")
    await unopened.taps(ALICE, asked, "Yes, that is me")
    [cap] = await unopened.rows(caps)
    assert (cap.owner_id, cap.count) == (await unopened.id_of(ALICE), 1)
    await audit(unopened)


@pytest.mark.parametrize("name", ["product", "property.size"])
async def test_properties_of_several_kinds_are_read_as_texts(unopened: Dialogue, name: str) -> None:
    when = f'all = [{{ field = "{name}", is_one_of = ["3", "yes"] }}]\n'
    program = CAPPED.replace('event = "purchase"\n', f'event = "purchase"\n{when}')
    await unopened.opens(program)
    key = name.rpartition(".")[2]
    for friend, value, outcome in [
        (BOB, 3, "qualified"),
        (CHLOE, True, "qualified"),
        (DORA, ["1", "3"], "qualified"),
        (MALLORY, {"deep": 3}, "conditions-not-met"),
        (someone("Eve", 2077), None, "conditions-not-met"),
    ]:
        await unopened.brings(ALICE, friend)
        assert (await unopened.buys(friend, properties={key: value})).decision == outcome


async def test_what_the_business_tells_of_a_customer_counts_from_then_on(unopened: Dialogue) -> None:
    by_city = 'count = { by = "friend.city", berlin = 2, otherwise = 3 }'
    await unopened.opens(COUNTED.replace("count = 3", by_city))
    await unopened.brings(ALICE, BOB)
    first = await unopened.buys(BOB, "10.00", type="ride")
    assert first.reply["decision"]["would_change"] == ">= 3"
    second = await unopened.buys(BOB, "10.00", type="ride", attributes={"city": "berlin"})
    assert second.decision == "qualified"
    found = await unopened.customer(BOB)
    assert found is not None
    assert found.attributes == {"city": "berlin"}


async def test_a_reward_of_the_next_step_needs_each_event_once(unopened: Dialogue) -> None:
    both = COUNTED.replace('event = "ride"\ncount = 3', 'events = ["signup", "ride"]')
    await unopened.opens(both)
    await unopened.brings(ALICE, BOB)
    assert (await unopened.buys(BOB, "10.00", type="ride")).reply["decision"]["would_change"] == "signup"
    assert (await unopened.buys(BOB, None, type="signup")).decision == "qualified"
    assert (await unopened.buys(BOB, None, type="signup")).decision == "goal-reached-before"


async def test_everything_at_once_ends_where_one_after_the_other_would(unopened: Dialogue) -> None:
    await unopened.opens(COUNTED.replace("count = 3", "count = 3\nat_most_times = 2"))
    await unopened.brings(ALICE, BOB)
    rides: list[Event] = [unopened.purchase(BOB, "10.00", type="ride") for _ in range(7)]
    heard = await unopened.all_at_once(rides)
    assert sorted(one.decision for one in heard).count("qualified") == 2
    back: list[Event] = [
        unopened.purchase(None, "10.00", type="refund", refers_to=ride.id)  # type: ignore[attr-defined]  # a purchase
        for ride in rides[:2]
    ]
    await unopened.all_at_once(back)
    [referral] = await unopened.rows(referrals)
    assert referral.reached["regular"][:2] == [1, 2]
    await audit(unopened)

"""Refunds of a part: what is left of a reward, of the options not picked, and of what it takes of caps."""

import pytest

from handlers.events import Event, OptionPicked, Person, RewardClaimed
from storage.schema import caps, referrals, rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, a_crowd

CHOICE = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
hold_days = 14
[goals.visit.advocate.choose.mug]
amount = "6.00"
as = "product"
[goals.visit.advocate.choose.credit]
percent = "10"
as = "credit"
[goals.visit.advocate.choose.more]
percent = "12"
percent_at_most = "9.00"
as = "voucher"
"""
BUDGET = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
hold_days = 14
[goals.visit.advocate]
percent = "10"
[caps.program.lifetime]
value = "100.00"
"""
RIDES = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.rides]
event = "ride"
count = 2
at_most_times = 2
hold_days = 0
[goals.rides.advocate]
amount = "10.00"
"""

# What the first case gives is what the second comes to for 50 euros.
CASES = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
hold_days = 14
[goals.visit.advocate]
amount = { by = "product", tea = "5.00", cake = { percent = "10" } }
[goals.visit.friend.choose.same]
amount = { by = "product", tea = "5.00", cake = { percent = "10" } }
as = "credit"
[goals.visit.friend.choose.more]
amount = { by = "product", tea = "10.00", cake = { percent = "20", percent_at_most = "10.00" } }
as = "voucher"
"""
MILES = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[units.miles]
one = "mile"
other = "miles"
[goals.visit]
event = "purchase"
repeats = true
hold_days = 0
[goals.visit.advocate]
amount = "2"
unit = "miles"
for_each = "1.00"
at_most = "60"
as = "credit"
[goals.visit.friend]
choose = { miles = { amount = "1", unit = "miles", for_each = "2.50", as = "credit" }, tea = { amount = "3.00" } }
[caps.advocate.lifetime]
value = "100"
unit = "miles"
"""
STEPS = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
hold_days = 14
[goals.visit.advocate]
tiers = [{ from = 1, amount = "5.00" }, { from = 2, percent = "10" }]
"""
VISITS = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
minimum = "10.00"
at_most_times = 2
hold_days = 14
[goals.visit.advocate]
amount = "10.00"
[caps.advocate.day]
count = 1
"""


async def test_options_that_were_not_picked_shrink_too(unopened: Dialogue) -> None:
    await unopened.opens(CHOICE + '\n[caps.advocate.year]\ncount = 5\nvalue = "50.00"\n')
    await unopened.brings(ALICE, BOB)
    bought = await unopened.buys(BOB, "80.00", id="visit-1")
    reward = str(bought.reply["rewards"][0]["id"])
    assert await _taken(unopened) == [(1, 900)]
    assert (await unopened.refunds("visit-1", "40.00")).decision == "refund-reduced"
    assert await _options(unopened) == {"mug": 600, "credit": 400, "more": 480}
    assert await _taken(unopened) == [(1, 600)]
    picked = await unopened.tells(OptionPicked, by=ALICE, reward=reward, option="more")
    assert "€4.80" in picked.text
    await unopened.refunds("visit-1", "20.00")
    assert await _options(unopened) == {"mug": 600, "credit": 200, "more": 240}
    [row] = await unopened.rows(rewards)
    assert (row.amount, row.option) == (240, "more")
    await audit(unopened)


async def test_an_option_that_came_to_nothing_cannot_be_picked(unopened: Dialogue) -> None:
    await unopened.opens(CHOICE)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", id="visit-1")
    await unopened.refunds("visit-1", "79.98")
    assert await _options(unopened) == {"mug": 600}
    await audit(unopened)


@pytest.mark.parametrize("parts", [1, 4])
async def test_a_part_given_back_makes_room_for_the_next(unopened: Dialogue, parts: int) -> None:
    await unopened.opens(BUDGET)
    first, *others = a_crowd(4)
    for friend in (first, *others):
        await unopened.brings(ALICE, friend)
    await unopened.buys(first, "1000.00", id="visit-1")
    part = str(600 // parts)
    back: list[Event] = [
        unopened.purchase(None, f"{part}.00", type="refund", refers_to="visit-1") for _ in range(parts)
    ]
    await unopened.all_at_once(back)
    assert await _taken(unopened) == [(1, 4000)]
    await unopened.all_at_once([unopened.purchase(friend, "300.00") for friend in others])
    states = sorted(row.state for row in await unopened.rows(rewards))
    assert states == ["denied", "pending", "pending", "pending"]
    assert await _taken(unopened) == [(3, 10000)]
    await audit(unopened)


async def test_parts_given_back_while_others_buy_leave_the_cap_right(unopened: Dialogue) -> None:
    await unopened.opens(BUDGET)
    crowd = a_crowd(6)
    for friend in crowd:
        await unopened.brings(ALICE, friend)
    for number, friend in enumerate(crowd[:3]):
        await unopened.buys(friend, "300.00", id=f"visit-{number}")
    race: list[Event] = [
        unopened.purchase(None, "50.00", type="refund", refers_to=f"visit-{number}") for number in (0, 1, 2) * 2
    ]
    race += [unopened.purchase(friend, "200.00") for friend in crowd[3:]]
    await unopened.all_at_once(race)
    [(_, value)] = await _taken(unopened)
    assert value <= 10000
    await audit(unopened)


async def test_the_whole_given_back_after_a_part_leaves_nothing_taken(unopened: Dialogue) -> None:
    await unopened.opens(BUDGET)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", id="visit-1")
    for part in ("30.00", "50.00"):
        await unopened.refunds("visit-1", part)
    assert await _taken(unopened) == [(0, 0)]
    await audit(unopened)


async def test_what_was_redeemed_and_fell_does_not_fall_again_in_place_of_another(unopened: Dialogue) -> None:
    await unopened.opens(RIDES)
    await unopened.brings(ALICE, BOB)
    for number in range(4):
        heard = await unopened.buys(BOB, "10.00", type="ride", id=f"ride-{number}")
        await unopened.passes(days=1)
        for reward in heard.reply["rewards"]:
            shown = await unopened.tells(RewardClaimed, by=ALICE, reward=str(reward["id"]))
            assert not (await unopened.redeems(shown.code, key=f"key-{number}")).refused
    assert [await _cost_without(unopened, f"ride-{number}") for number in range(3)] == [1000, 1000, 0]
    await audit(unopened)


async def test_what_a_cap_refused_and_fell_does_not_fall_again_in_place_of_another(unopened: Dialogue) -> None:
    await unopened.opens(VISITS)
    first, bob = a_crowd(2)
    for friend in (first, bob):
        await unopened.brings(ALICE, friend)
    await unopened.buys(first, "20.00")
    denied = await unopened.buys(bob, "20.00", id="visit-1")
    assert [reward["state"] for reward in denied.reply["rewards"]] == ["denied"]
    unopened.later(days=1)
    await unopened.buys(bob, "20.00", id="visit-2")
    # The first visit falls with the first part; the rest of it takes nothing more.
    for part in ("15.00", "5.00"):
        await unopened.refunds("visit-1", part)
        assert await _standing_of(unopened, bob) == ("qualified", {"visit": [1, 2, 1]})
    await unopened.refunds("visit-2", "20.00")
    assert await _standing_of(unopened, bob) == ("ineligible", {"visit": [0, 2, 1, 2]})
    await audit(unopened)


async def test_a_percentage_that_came_to_what_another_case_gives_shrinks(unopened: Dialogue) -> None:
    await unopened.opens(CASES)
    first, second = a_crowd(2)
    for friend, product in ((first, "cake"), (second, "tea")):
        await unopened.brings(ALICE, friend)
        await unopened.buys(friend, "50.00", id=f"visit-{product}", properties={"product": product})
        await unopened.refunds(f"visit-{product}", "40.00")
    worth = {(row.side, row.amount, *[each["amount"] for each in row.options]) for row in await unopened.rows(rewards)}
    assert worth == {("advocate", 100), ("friend", 100, 100, 200), ("advocate", 500), ("friend", 500, 500, 1000)}
    await audit(unopened)


async def test_an_option_picked_later_shrinks_by_its_own_size(unopened: Dialogue) -> None:
    await unopened.opens(CASES)
    await unopened.brings(ALICE, BOB)
    bought = await unopened.buys(BOB, "50.00", id="visit-1", properties={"product": "cake"})
    reward = next(str(one["id"]) for one in bought.reply["rewards"] if one["side"] == "friend")
    await unopened.tells(OptionPicked, by=BOB, reward=reward, option="more")
    await unopened.refunds("visit-1", "40.00")
    [row] = [row for row in await unopened.rows(rewards) if row.id == reward]
    assert (row.amount, row.option) == (200, "more")
    await audit(unopened)


async def test_miles_for_each_euro_come_in_full_steps_and_go_with_a_refund(unopened: Dialogue) -> None:
    await unopened.opens(MILES)
    await unopened.brings(ALICE, BOB)
    bought = await unopened.buys(BOB, "19.90", id="visit-1")
    assert [(one["side"], one["amount"], one["unit"]) for one in bought.reply["rewards"]] == [
        ("advocate", "38", "miles"),
        ("friend", "7", "miles"),
    ]
    await unopened.refunds("visit-1", "10.00")
    assert sorted((row.amount, row.unit, row.fitted) for row in await unopened.rows(rewards)) == [
        (3, "miles", "1/250EUR"),
        (18, "miles", "2/100EUR<=60"),
    ]
    assert [(row.count, row.value) for row in await unopened.rows(caps)] == [(1, 18)]
    assert (await unopened.buys(BOB, "99.00", id="visit-2")).reply["rewards"][0]["amount"] == "60"
    refused = await unopened.buys(BOB, "99.00", id="visit-3")
    assert [(one["state"], one["side"]) for one in refused.reply["rewards"]] == [
        ("denied", "advocate"),
        ("pending", "friend"),
    ]
    assert "✖️ 60 miles: not granted" in (await unopened.says(ALICE, "/rewards")).text
    # Less than one step gives nothing: no reward, and nothing to choose.
    little = await unopened.buys(BOB, "0.99", id="visit-4")
    assert [(one["side"], one["amount"], one["unit"]) for one in little.reply["rewards"]] == [("friend", "3.00", "EUR")]
    await audit(unopened)


async def test_a_step_that_came_to_what_the_first_one_gives_shrinks(unopened: Dialogue) -> None:
    await unopened.opens(STEPS)
    for number, friend in enumerate(a_crowd(2)):
        await unopened.brings(ALICE, friend)
        await unopened.buys(friend, "50.00", id=f"visit-{number}")
        await unopened.refunds(f"visit-{number}", "40.00")
    assert sorted(row.amount for row in await unopened.rows(rewards)) == [100, 500]
    await audit(unopened)


async def _standing_of(talk: Dialogue, friend: Person) -> tuple[str, dict[str, list[int]]]:
    customer = await talk.id_of(friend)
    [row] = [row for row in await talk.rows(referrals) if row.friend_id == customer]
    return row.state, row.reached


async def _cost_without(talk: Dialogue, ride: str) -> int:
    await talk.refunds(ride, "10.00")
    return sum((await talk.balances_of(ALICE)).values())


async def _options(talk: Dialogue) -> dict[str, int]:
    [row] = await talk.rows(rewards)
    return {option["name"]: option["amount"] for option in row.options}


async def _taken(talk: Dialogue) -> list[tuple[int, int]]:
    return [(row.count, row.value) for row in await talk.rows(caps)]


async def test_who_was_promised_more_hears_what_is_left_of_it(unopened: Dialogue) -> None:
    await unopened.opens(BUDGET)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "80.00", id="visit-1")
    back = await unopened.refunds("visit-1", "40.00")
    assert [(reward["amount"], reward["state"]) for reward in back.reply["rewards"]] == [("4.00", "pending")]
    told = (await unopened.notices_for(ALICE))[-1]
    assert told.key == "earning.lowered-advocate"
    assert "your reward for it is €4 now, instead of €8." in told.text
    await unopened.refunds("visit-1", "20.00")
    assert "€2 now, instead of €4." in (await unopened.notices_for(ALICE))[-1].text


async def test_a_refund_after_the_voucher_was_used_is_told_to_its_owner_and_to_the_team(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(ALICE))
    back = await talk.refunds("receipt-1")
    assert {(reward["side"], reward["state"], reward["owed"]) for reward in back.reply["rewards"]} == {
        ("advocate", "redeemed", "10.00"),
        ("friend", "revoked", None),
    }
    told = (await talk.notices_for(ALICE))[-1]
    assert told.key == "earning.owed-advocate"
    assert "so a part of it is cancelled: €10." in told.text
    assert "nothing to pay" in told.text
    [post] = [post for post in await talk.posts() if post.key == "earning.team-owed"]
    assert "Alice had used the reward for it: a reward of €10 was given for nothing." in post.text
    await audit(talk)


async def test_a_purchase_that_comes_after_its_refund_is_answered_for_itself(unopened: Dialogue) -> None:
    await unopened.opens(BUDGET)
    await unopened.brings(ALICE, BOB)
    for number, part in enumerate(("30.00", "10.00")):
        waits = await unopened.refunds("visit-1", part, id=f"back-{number}")
        assert waits.decision == "refund-waits"
    bought = await unopened.buys(BOB, "80.00", id="visit-1")
    assert bought.decision == "qualified"
    assert [(reward["amount"], reward["state"]) for reward in bought.reply["rewards"]] == [("4.00", "pending")]


async def test_a_purchase_that_was_given_back_before_it_came_gives_nothing(unopened: Dialogue) -> None:
    await unopened.opens(BUDGET)
    await unopened.brings(ALICE, BOB)
    for number, part in enumerate(("80.00", "5.00")):
        await unopened.refunds("visit-1", part, id=f"back-{number}")
    bought = await unopened.buys(BOB, "80.00", id="visit-1")
    assert bought.decision == "refund-took-back"
    assert [reward["state"] for reward in bought.reply["rewards"]] == ["revoked"]


async def test_nobody_is_promised_what_was_given_back_before_its_purchase_came(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.refunds("visit-1", "25.00")
    await talk.buys(BOB, id="visit-1", code=code)
    assert [told.key for told in await talk.notices_for(ALICE)] == ["joining.friend-joined"]
    assert [told.key for told in await talk.notices_for(BOB)] == []


async def test_what_is_less_than_the_purchase_that_follows_is_told_once(unopened: Dialogue) -> None:
    await unopened.opens(MILES.replace("hold_days = 0", "hold_days = 14"))
    await unopened.brings(ALICE, BOB)
    await unopened.refunds("visit-1", "10.00")
    await unopened.buys(BOB, "19.90", id="visit-1")
    told = (await unopened.notices_for(ALICE))[-1]
    assert told.key.startswith("earning.pending-advocate")
    assert "18 miles" in told.text
    assert len(await unopened.notices_for(ALICE)) == 2

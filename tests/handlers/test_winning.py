"""Winning: milestones are reached and lost, contests have exactly so many winners, and raffles are drawn once."""

from zoneinfo import ZoneInfo

import pytest

from handlers.events import Event, HoldsDue, Person, PrizesDue
from referrals.prizes import Entrant, drawn, fingerprint
from referrals.program_file import read_program
from storage.schema import caps, customers, decisions, referrals, rewards
from tests.audit import audit
from tests.dialogue import Dialogue, Told
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd, someone

PROGRAM = """
[program]
id = "rich"
name = "Rich"
currency = "EUR"

[units.jacket]
one = "jacket"
other = "jackets"

[goals.purchase]
event = "purchase"
hold_days = 0
[goals.purchase.advocate]
amount = "1.00"
"""
MILESTONE = """
[milestones.five]
at = 2
amount = "1"
unit = "jacket"
as = "product"
"""
REPEATING = MILESTONE.replace("at = 2", "at = 2\nrepeats = true")
FIRST = """
[contests.race]
first_to = 2
winners = 3
amount = "50.00"
as = "credit"
"""
MOST = """
[contests.month]
most_in = "month"
winners = 2
at_least = 2
amount = "50.00"
"""
RAFFLE = """
[raffles.monthly]
every = "month"
entries_per_referral = 2
winners = 2
amount = "20.00"
"""


BUDGET = """
[caps.program.lifetime]
value = "60.00"
"""


async def opened(talk: Dialogue, *parts: str) -> None:
    """Open a rich program, for a shop with a team."""
    await talk.opens(PROGRAM + "".join(parts))
    await talk.has_team()


async def opened_for_milestones_only(talk: Dialogue) -> None:
    """Open a program in which a friend by themselves brings nobody anything."""
    await talk.opens(PROGRAM.partition("[goals.purchase.advocate]")[0].replace("= 0", "= 14") + MILESTONE)
    await talk.has_team()


async def completes(talk: Dialogue, who: Person, count: int, *, first: int = 0) -> list[str]:
    """Somebody brings friends whose purchases are past returning; returns their receipts."""
    found = []
    for number in range(first, first + count):
        friend = someone(f"Friend{number}", 10_000 + 1000 * (int(who.identity.subject) % 100) + number)
        await talk.earns(who, friend)
        found.append(f"receipt-{talk.reported}")
        talk.later(minutes=1)
    await talk.scheduler.beat()
    return found


async def won(talk: Dialogue, occasion: str) -> list[tuple[str, str]]:
    """List the prizes whose occasions begin like this: whose, and where they stand."""
    names = {row.id: row.first_name for row in await talk.rows(customers)}
    found = [row for row in await talk.rows(rewards) if (row.occasion or "").startswith(occasion)]
    return [(names[row.customer_id], row.state) for row in sorted(found, key=lambda row: row.occasion)]


async def told(talk: Dialogue, who: Person, key: str) -> list[Told]:
    """Find what somebody was told by the key of its text."""
    return [notice for notice in await talk.notices_for(who) if notice.key == key]


async def test_a_milestone_is_told_to_the_winner_and_the_team(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE)
    await completes(talk, ALICE, 1)
    assert "One more completed referral and you get 1 jacket" in (await talk.says(ALICE, "/rewards")).text
    await completes(talk, ALICE, 3, first=1)
    assert await won(talk, "milestone:five:") == [("Alice", "available")]
    [notice] = await told(talk, ALICE, "winning.milestone")
    assert "2 completed referrals!" in notice.text
    assert (await talk.taps(ALICE, notice, "Claim 1 jacket")).key == "rewarding.voucher"
    [post] = [post for post in await talk.posts() if post.key == "winning.team"]
    assert "Alice reached 2 completed referrals: 1 jacket" in post.text
    await audit(talk)


async def test_friends_who_bring_nothing_by_themselves_lead_to_a_milestone(unopened: Dialogue) -> None:
    talk = unopened
    await opened_for_milestones_only(talk)
    await completes(talk, ALICE, 1)
    assert {row.state for row in await talk.rows(referrals)} == {"qualified"}
    talk.later(days=14)
    await talk.scheduler.beat()
    assert {row.state for row in await talk.rows(referrals)} == {"completed"}
    [counted] = await told(talk, ALICE, "winning.counted")
    assert "Friend0 now counts as one of your completed referrals." in counted.text
    assert "One more completed referral and you get 1 jacket" in counted.text
    await completes(talk, ALICE, 1, first=1)
    talk.later(days=15)
    await talk.scheduler.beat()
    await talk.scheduler.beat()
    assert await won(talk, "milestone:five:") == [("Alice", "available")]
    assert len(await told(talk, ALICE, "winning.counted")) == 1  # the second friend is told by the prize
    await audit(talk)


async def test_a_friend_who_brings_nothing_and_returns_it_does_not_count(unopened: Dialogue) -> None:
    talk = unopened
    await opened_for_milestones_only(talk)
    [receipt, _] = await completes(talk, ALICE, 2)
    await talk.refunds(receipt)
    talk.later(days=15)
    await talk.scheduler.beat()
    assert sorted(row.state for row in await talk.rows(referrals)) == ["completed", "ineligible"]
    assert await won(talk, "milestone:five:") == []


async def test_a_repeating_milestone_comes_again(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, REPEATING)
    await completes(talk, ALICE, 5)
    assert await won(talk, "milestone:five:") == [("Alice", "available")] * 2
    await completes(talk, ALICE, 1, first=5)
    assert len(await won(talk, "milestone:five:")) == 3
    assert "6 completed referrals!" in (await told(talk, ALICE, "winning.milestone"))[-1].text


async def test_a_milestone_is_lost_with_the_purchase_and_reached_again(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE)
    receipts = await completes(talk, ALICE, 2)
    await talk.refunds(receipts[0])
    await talk.scheduler.beat()
    assert await won(talk, "milestone:five:") == [("Alice", "revoked")]
    [lost] = await told(talk, ALICE, "winning.milestone-lost")
    assert "the reward of 1 jacket for your milestone is cancelled" in lost.text
    await completes(talk, ALICE, 1, first=2)
    assert await won(talk, "milestone:five:") == [("Alice", "revoked"), ("Alice", "available")]
    await audit(talk)


async def test_a_used_milestone_stays(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE)
    receipts = await completes(talk, ALICE, 2)
    [notice] = await told(talk, ALICE, "winning.milestone")
    await talk.redeems((await talk.taps(ALICE, notice, "Claim")).code)
    await talk.refunds(receipts[0])
    await talk.scheduler.beat()
    assert await won(talk, "milestone:five:") == [("Alice", "redeemed")]


async def test_the_first_few_win_and_nobody_twice(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, FIRST)
    for who in (ALICE, BOB, CHLOE, DORA):
        await completes(talk, who, 3)
    assert [name for name, _ in await won(talk, "contest:race:")] == ["Alice", "Bob", "Chloe"]
    assert "number 2 to reach 2 completed referrals" in (await told(talk, BOB, "winning.first"))[0].text
    assert not await told(talk, DORA, "winning.first")
    assert "while there are some" not in (await talk.says(DORA, "/rewards")).text
    await audit(talk)


async def test_a_race_has_exactly_so_many_winners(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, FIRST)
    runners = [*a_crowd(8)]
    for number, runner in enumerate(runners):
        for turn in range(2):
            await talk.earns(runner, someone(f"F{number}{turn}", 20_000 + 10 * number + turn))
    await talk.all_at_once([HoldsDue(**talk.now()) for _ in range(8)])
    await talk.scheduler.beat()
    assert len(await won(talk, "contest:race:")) == 3
    assert {row.state for row in await talk.rows(referrals)} == {"completed"}
    await audit(talk)


async def test_most_in_a_month_is_decided_once_when_it_is_over(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MOST)
    await completes(talk, ALICE, 2)
    await completes(talk, BOB, 3)
    await completes(talk, CHLOE, 2)
    await completes(talk, DORA, 1)
    await talk.passes(days=28)
    assert not await won(talk, "contest:month:")
    await talk.passes(days=2)
    # Alice and Chloe have two each; Alice had them first. Dora has fewer than it takes.
    assert [name for name, _ in await won(talk, "contest:month:2026-03:")] == ["Bob", "Alice"]
    assert "number 2, with 2 completed referrals" in (await told(talk, ALICE, "winning.most"))[0].text
    before = await talk.counts()
    later: list[Event] = [PrizesDue(**talk.now()) for _ in range(5)]
    await talk.all_at_once(later)
    assert await talk.counts() == before
    await audit(talk)


async def test_a_contest_that_was_not_promised_then_awards_nothing_for_then(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk)
    await completes(talk, ALICE, 3)
    talk.later(days=35)
    await opened(talk, MOST)
    await talk.passes(days=1)
    assert not await won(talk, "contest:month:")


async def test_regions_have_winners_of_their_own(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MOST.replace("winners = 2", 'winners = 1\npartition = "region"'))
    for who, region, count in ((ALICE, "north", 3), (BOB, "north", 2), (CHLOE, "south", 2)):
        await talk.buys(who, None, type="profile", attributes={"region": region})
        await completes(talk, who, count)
    await talk.passes(days=31)
    assert sorted(name for name, _ in await won(talk, "contest:month:")) == ["Alice", "Chloe"]


async def test_a_draw_is_made_once_and_can_be_checked(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, RAFFLE)
    await completes(talk, ALICE, 2)
    await completes(talk, BOB, 1)
    await completes(talk, CHLOE, 1)
    await talk.says(MALLORY, "/start")
    assert "you have 4 entries" in (await talk.says(ALICE, "/rewards")).text
    await talk.passes(days=31)
    winners = [name for name, _ in await won(talk, "raffle:monthly:2026-03")]
    assert len(set(winners)) == 2
    assert "Mallory" not in winners
    [decision] = [row.trace for row in await talk.rows(decisions) if row.trace["outcome"] == "raffle-drawn"]
    assert (decision["saw"], decision["rule"], len(decision["winners"])) == ("8", "raffles.monthly", 2)
    assert len(decision["by"]) == len(fingerprint(b"x"))
    await talk.passes(days=1)
    assert len(await won(talk, "raffle:monthly:")) == 2
    await audit(talk)


def test_who_has_the_seed_draws_the_same() -> None:
    """The pure draw is what the clock uses: the same seed and entries, the same winners."""
    raffle = read_program(PROGRAM + RAFFLE, ZoneInfo("UTC")).raffles[0]
    entrants = [Entrant(customer=f"cus_{number}", entries=number) for number in range(1, 9)]
    assert drawn(raffle, entrants, b"seed") == drawn(raffle, list(reversed(entrants)), b"seed")


@pytest.mark.parametrize("part", [MILESTONE, FIRST, MOST, RAFFLE])
async def test_who_stopped_is_not_written_to_and_wins_all_the_same(unopened: Dialogue, part: str) -> None:
    talk = unopened
    await opened(talk, part)
    await talk.says(ALICE, "/start")
    await completes(talk, ALICE, 1)
    await talk.says(ALICE, "/stop")
    await completes(talk, BOB, 1)
    for number in range(2):
        friend = someone(f"Late{number}", 40_000 + number)
        code = (await talk.link_of(ALICE)).code
        await talk.joins(friend, code)
        await talk.buys(friend)
    await talk.scheduler.beat()
    await talk.passes(days=31)
    assert [row for row in await talk.rows(rewards) if row.occasion and row.customer_id == await talk.id_of(ALICE)]


async def test_a_milestone_over_the_budget_is_refused_and_its_winner_and_the_team_hear_why(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE.replace('"1"\nunit = "jacket"', '"500.00"'), BUDGET)
    await completes(talk, ALICE, 2)
    assert await won(talk, "milestone:five:") == [("Alice", "denied")]
    [notice] = await told(talk, ALICE, "winning.denied-milestone")
    assert "2 completed referrals!" in notice.text
    assert "For this you would have got €500. The program has given away all" in notice.text
    assert "given away" in (await talk.taps(ALICE, notice, "Why?")).text
    [post] = [post for post in await talk.posts() if post.key == "winning.team"]
    assert "Alice won €500 and does not get it: the limit caps.program.lifetime is full" in post.text
    [row] = [row for row in await talk.rows(caps) if row.cap == "caps.program.lifetime"]
    assert (row.count, row.value) == (2, 200)
    await audit(talk)


async def test_a_limit_by_number_counts_a_milestone_unless_it_is_about_goals(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE, "[caps.advocate.day]\ncount = 2\n")
    await completes(talk, ALICE, 2)
    assert await won(talk, "milestone:five:") == [("Alice", "denied")]
    await opened(talk, MILESTONE, '[caps.advocate.day]\ncount = 2\ngoals = ["purchase"]\n')
    await completes(talk, BOB, 2)
    assert await won(talk, "milestone:five:") == [("Alice", "denied"), ("Bob", "available")]
    await audit(talk)


async def test_prizes_won_at_once_never_pass_the_budget(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, FIRST.replace("first_to = 2", "first_to = 1"), BUDGET.replace("60.00", "105.00"))
    crowd = a_crowd(6)
    for winner, friend in zip(crowd[:3], crowd[3:], strict=True):
        await talk.earns(winner, friend)
    await talk.all_at_once([HoldsDue(**talk.now()) for _ in range(3)])
    assert sorted(state for _, state in await won(talk, "contest:race:")) == ["available", "available", "denied"]
    [row] = [row for row in await talk.rows(caps) if row.cap == "caps.program.lifetime"]
    assert row.value == 10300
    await audit(talk)


async def test_a_milestone_lost_to_a_refund_gives_its_room_back(unopened: Dialogue) -> None:
    talk = unopened
    await opened(talk, MILESTONE.replace('"1"\nunit = "jacket"', '"50.00"'), BUDGET)
    _, last = await completes(talk, ALICE, 2)
    await talk.refunds(last)
    await completes(talk, BOB, 2, first=2)
    assert sorted(await won(talk, "milestone:five:")) == [("Alice", "revoked"), ("Bob", "available")]
    await audit(talk)


async def test_nobody_is_told_of_a_prize_that_a_limit_leaves_no_room_for(talk: Dialogue) -> None:
    await opened(talk, FIRST, BUDGET)
    await completes(talk, BOB, 1, first=50)
    assert "One more completed referral and you get €50" in (await talk.says(BOB, "/rewards")).text
    await completes(talk, ALICE, 2)
    heard = (await talk.says(BOB, "/rewards")).text
    assert "€50 cannot be won any more: a limit of the program is reached" in heard
    assert "and you get" not in heard


async def test_a_limit_that_opens_again_is_told_with_its_day(talk: Dialogue) -> None:
    await opened(talk, REPEATING, "[caps.advocate.day]\ncount = 2\n")
    await completes(talk, ALICE, 2)
    heard = (await talk.says(ALICE, "/rewards")).text
    assert "1 jacket can be won again from 3 March: until then, a limit of the program is reached" in heard
    await talk.passes(days=1)
    assert "2 more completed referrals and you get 1 jacket" in (await talk.says(ALICE, "/rewards")).text

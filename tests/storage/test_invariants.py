"""Invariants: whatever people do in whatever order, the books are right and nobody is rewarded twice."""

import asyncio
import itertools

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.events import MergeUndone
from messages.catalog import Catalog
from referrals.identity import Identity
from referrals.program_file import preset
from storage.connect import Database
from storage.schema import merges, rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import someone

PEOPLE = 4
PERCENT = preset("demo").replace('amount = "10.00"\n', 'percent = "12.5"\n', 1)

# Goals that repeat and count, caps of every owner, and rewards that wait for an event.
RICH = """
[program]
id = "demo"
name = "Corner Café"
currency = "EUR"
attribution = "last-touch"

[joining]
late_claim_days = 5

[goals.each]
event = "purchase"
minimum = "9.99"
repeats = true
hold_days = 3
[goals.each.advocate]
percent = "12.5"
percent_at_most = "4.00"
[goals.each.friend]
amount = "2.00"

[goals.third]
event = "purchase"
count = 3
hold_until = "checkout"
hold_days = 0
[goals.third.advocate]
amount = "20.00"

[caps.advocate.week]
count = 3
[caps.friend.lifetime]
value = "5.00"
unit = "EUR"
[caps.advocate.friend]
count = 2
goals = ["each"]
[caps.program.lifetime]
value = "400.00"
unit = "EUR"
"""

person = st.integers(0, PEOPLE - 1)
money = st.sampled_from(["0.00", "0.01", "9.99", "10.00", "25.00", "33.33"])
step = st.one_of(
    st.tuples(st.just("join"), person, person),
    st.tuples(st.just("buy"), person, money),
    st.tuples(st.just("ring up"), person, money),
    st.tuples(st.just("open claim"), person, st.integers(0, 3)),
    st.tuples(st.just("refund"), st.integers(0, 5), money),
    st.tuples(st.just("check out"), person, st.just(0)),
    st.tuples(st.just("claim"), person, st.just(0)),
    st.tuples(st.just("redeem"), person, st.just(0)),
    st.tuples(st.just("days"), st.integers(0, 40), st.just(0)),
    st.tuples(st.just("sign in"), person, person),
    st.tuples(st.just("part"), st.integers(0, 3), st.just(0)),
)
# Making a history that differs smaller takes minutes, with a database behind it; the first is short enough.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]


class Story:
    """One random history, of people whom no other history knows."""

    def __init__(self, talk: Dialogue, number: int) -> None:
        self.talk = talk
        self.people = [someone(f"P{place}", 10_000 + PEOPLE * number + place) for place in range(PEOPLE)]
        self.number = number
        self.receipts: list[str] = []
        self.claims: list[str] = []

    async def goes(self, what: str, one: int, other: int | str) -> None:
        """Take one step."""
        match what, other:
            case "join", int():
                await self.talk.joins(self.people[one], await self.talk.code_of(self.people[other]))
            case "buy", str():
                await self._buys(self.people[one].identity, other)
            case "ring up", str():
                heard = await self.talk.rings_up(await self.talk.code_of(self.people[one]), other)
                self.claims += [str(heard.reply["claim_token"])] if "claim_token" in heard.reply else []
                self._remember()
            case "open claim", int():
                token = self.claims[other] if other < len(self.claims) else "nonsense"
                await self.talk.says(self.people[one], f"/start c_{token}")
            case "refund", str():
                receipt = self.receipts[one] if one < len(self.receipts) else f"never-{self.number}-{one}"
                await self.talk.refunds(receipt, other)
            case _:
                await self._more(what, one, int(other))

    async def _more(self, what: str, one: int, other: int) -> None:
        match what:
            case "claim" | "redeem":
                await self._uses(one, redeem=what == "redeem")
            case "check out":
                leaving = self.talk.purchase(self.people[one], None, type="checkout")
                await self.talk.hears(leaving)
                self._remember()
            case "days":
                await self.talk.passes(days=one)
            case "sign in":
                await self._signs_in(one, other)
            case "part":
                done = [row for row in await self.talk.rows(merges) if row.state == "merged"]
                if one < len(done):
                    await self.talk.tells(MergeUndone, merge=done[-1 - one].id)

    async def _buys(self, identity: Identity, amount: str) -> None:
        await self.talk.hears(self.talk.purchase(None, amount, identities=(identity,)))
        self._remember()

    def _remember(self) -> None:
        self.receipts.append(f"receipt-{self.talk.reported}")

    async def _uses(self, one: int, *, redeem: bool) -> None:
        shown = await self.talk.says(self.people[one], "/rewards")
        for tap in [tap for tap in shown.buttons if tap.action == "claim"][:1]:
            heard = await self.talk.taps(self.people[one], shown, "")
            assert tap.about
            if redeem and not heard.refused:
                await self.talk.redeems(heard.code, key=f"key-{heard.code}")

    async def _signs_in(self, one: int, other: int) -> None:
        """A record of the shop, which may have bought with somebody's code, is joined to a chat."""
        shop = Identity("shop", f"{self.number}-{one}")
        code = await self.talk.code_of(self.people[other])
        heard = await self.talk.hears(self.talk.purchase(None, identities=(shop,), code=code))
        self._remember()
        token = await self.talk.sign_in_token(str(heard.reply["customer"]))
        asked = await self.talk.says(self.people[one], f"/start l_{token}")
        if asked.key == "merging.is-this-you":
            await self.talk.taps(self.people[one], asked, "Yes, that is me")


@pytest.mark.parametrize("program", [preset("demo"), PERCENT, RICH], ids=["fixed", "percent", "rich"])
def test_no_history_upsets_the_books(database_url: str, catalog: Catalog, program: str) -> None:
    numbers = itertools.count()
    with asyncio.Runner() as runner:
        talk = runner.run(opened(database_url, catalog, program))

        @settings(max_examples=20, deadline=None, database=None, phases=PHASES, suppress_health_check=list(HealthCheck))
        @given(st.lists(step, min_size=4, max_size=14))
        def any_history(steps: list[tuple[str, int, int | str]]) -> None:
            async def told() -> None:
                story = Story(talk, next(numbers))
                for what, one, other in steps:
                    await story.goes(what, one, other)
                await audit(talk)

            runner.run(told())

        any_history()
        # The histories are worth something only if they come so far.
        assert runner.run(talk.rows(rewards))
        runner.run(talk.database.close())


async def opened(database_url: str, catalog: Catalog, program: str) -> Dialogue:
    """Open a shop that outlives one history."""
    talk = Dialogue(Database(database_url), catalog)
    await talk.opens(program)
    return talk

"""Histories of rewards: whatever is given, picked, claimed, spent, taken back and given again, a plain model agrees."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.dispatch import fresh_draw
from handlers.events import (
    BalanceSpent,
    DeliverySettled,
    Event,
    OptionPicked,
    RewardClaimed,
    RewardGivenAgain,
    RewardTakenBack,
    SpendingUndone,
    StockLoaded,
)
from messages.catalog import Catalog
from referrals.money import Amount
from referrals.program_file import preset
from storage.connect import Database
from storage.schema import rewards
from tests.audit import audit
from tests.dialogue import Dialogue, Heard
from tests.giving import DAY, ready
from tests.people import someone

DELIVERIES = {"till": "voucher", "balance": "credit", "team": "payout", "codes": "gift-card"}
VOUCHER_LASTS = timedelta(days=30)
GIVEN_AGAIN_LASTS = timedelta(days=90)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

which = st.integers(0, 4)
step = st.one_of(
    st.tuples(st.just("give"), st.sampled_from([*DELIVERIES, "balance", "choice"]), st.sampled_from([0, 5, 20, 60])),
    st.tuples(st.just("claim"), which, st.just(0)),
    st.tuples(st.just("redeem"), which, st.just(0)),
    st.tuples(st.just("pick"), which, st.sampled_from(["balance", "till", "team"])),
    st.tuples(st.just("spend"), st.sampled_from([100, 700, 1000, 1700]), st.just(0)),
    st.tuples(st.just("spend"), st.sampled_from([1, 300]), st.just(0)),
    st.tuples(st.just("undo"), which, st.just(0)),
    st.tuples(st.just("days"), st.sampled_from([1, 10, 40]), st.just(0)),
    st.tuples(st.just("take back"), which, st.just(0)),
    st.tuples(st.just("give again"), which, st.just(0)),
    st.tuples(st.just("settle"), which, st.sampled_from(["done", "back", "denied"])),
    st.tuples(st.just("load"), st.integers(1, 2), st.just(0)),
    st.tuples(st.just("buy"), st.sampled_from(["order", "feast"]), st.just(0)),
    st.tuples(st.just("refund"), which, st.sampled_from([2500, 4000, 10000])),
)

# What a friend's purchase of 100.00 gives: a share on the balance, or something to pick.
EARNED = """
[goals.order]
event = "order"
hold_days = 0
[goals.order.advocate]
percent = "10"
as = "credit"
expires_after_days = 20
[goals.feast]
event = "feast"
hold_days = 0
[goals.feast.advocate]
expires_after_days = 20
[goals.feast.advocate.choose.till]
amount = "10.00"
[goals.feast.advocate.choose.balance]
percent = "8"
as = "credit"
[goals.feast.advocate.choose.team]
percent = "15"
as = "payout"
"""
PAID = 10_000
SHARES = {"order": {"balance": 10}, "feast": {"balance": 8, "team": 15}}

# One history that comes everywhere: spent and taken back, redeemed, claimed, expired.
# Making a history that differs smaller takes minutes, with a database behind it; the first is short enough.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
EVERYTHING: list[tuple[str, Any, Any]] = [
    ("spend", 700, 0),
    ("take back", 1, 0),
    ("redeem", 0, 0),
    ("claim", 2, 0),
    ("give", "till", 5),
    ("days", 10, 0),
]
# Credit that is spent, comes back after its last day, and expires with the next beat of the clock.
BACK_TOO_LATE: list[tuple[str, Any, Any]] = [
    ("spend", 1000, 0),
    ("days", 20, 0),
    ("days", 1, 0),
    ("undo", 0, 0),
    ("load", 2, 0),
]
# A part is given back after all was spent, then the rest; what is picked of a choice is given back too.
GIVEN_BACK: list[tuple[str, Any, Any]] = [
    ("buy", "order", 0),
    ("spend", 1700, 0),
    ("refund", 0, 4000),
    ("buy", "feast", 0),
    ("pick", 5, "balance"),
    ("refund", 1, 2500),
    ("spend", 300, 0),
    ("refund", 0, 10000),
    ("refund", 1, 10000),
]
# A part is given back after all was spent, and then the spendings too: first less than is owed, then all of it.
UNDONE_AFTER_REFUND: list[tuple[str, Any, Any]] = [
    ("buy", "order", 0),
    ("spend", 1700, 0),
    ("spend", 300, 0),
    ("refund", 0, 4000),
    ("undo", 1, 0),
    ("undo", 0, 0),
    ("spend", 1000, 0),
]


@dataclass
class Plain:
    """A reward in the plain model."""

    id: str
    delivery: str
    amount: int
    until: datetime | None
    state: str = "available"
    left: int = 0  # on a balance
    options: dict[str, int] = field(default_factory=dict)
    asked_at: datetime | None = None
    again: bool = False
    cost: int = 0  # of what was redeemed, a refund may have made a part owed

    @property
    def is_on_balance(self) -> bool:
        return self.delivery == "balance" and self.state == "available"


class Model:
    """What somebody has, worked out without a ledger: what is left of each reward, and one number that is owed."""

    def __init__(self) -> None:
        self.rewards: list[Plain] = []
        self.owed = 0
        self.used = 0
        self.expired = 0
        self.free_codes = 0

    def totals(self) -> dict[str, int]:
        """Sum by account, leaving out what is nothing."""
        sums: Counter[str] = Counter(redeemed=self.used, expired=self.expired, available=-self.owed)
        for reward in self.rewards:
            if reward.is_on_balance:
                sums["available"] += reward.left
            elif reward.state in {"available", "claimed"}:
                sums[reward.state] += reward.amount
        return {account: total for account, total in sums.items() if total}

    def add(self, reward: Plain) -> None:
        self.rewards.append(reward)
        reward.cost = reward.amount
        reward.left = reward.amount if reward.delivery == "balance" else 0
        if reward.delivery == "balance":
            self.pay()

    def pay(self) -> None:
        """Pay what is owed out of what expires first."""
        for reward in self.by_expiry():
            paid = min(self.owed, reward.left)
            self._use(reward, paid)
            self.owed -= paid

    def by_expiry(self) -> list[Plain]:
        usable = [reward for reward in self.rewards if reward.is_on_balance]
        endless = max((reward.until for reward in usable if reward.until), default=None)
        return sorted(usable, key=lambda one: (one.until is None, one.until or endless or LONG_AGO, one.id))

    def spend(self, minor: int, at: datetime) -> bool:
        self.pay()
        usable = [reward for reward in self.by_expiry() if reward.until is None or reward.until > at]
        if minor > sum(reward.left for reward in usable) - self.owed:
            return False
        self.used += minor
        for reward in usable:
            some = min(minor, reward.left)
            self._use(reward, some)
            minor -= some
        return True

    def expire(self, at: datetime) -> None:
        due = [one for one in self.rewards if one.until is not None and one.until <= at]
        self.pay() if any(one.is_on_balance for one in due) else None
        for reward in due:
            if reward.is_on_balance:
                self.expired += reward.left
                reward.state = "expired"
            elif reward.state == "available" or (reward.state == "claimed" and reward.delivery == "till"):
                self.expired += reward.amount
                reward.state = "expired"

    def take_back(self, reward: Plain) -> None:
        if reward.delivery == "balance" and reward.state in {"available", "redeemed"}:
            # What was spent of it is owed; `used` stays, because that happened.
            self.owed += reward.cost - reward.left
            reward.left = 0
        elif reward.state == "redeemed":
            self.owed += reward.cost
        reward.cost = 0
        reward.state = "owed" if reward.state == "redeemed" else "revoked"

    def reduce(self, reward: Plain, to: int) -> None:
        less, reward.cost = reward.cost - to, to
        if reward.state == "redeemed":
            self.owed += less
            return
        reward.amount = to
        if reward.delivery == "balance":
            self.owed += max(0, less - reward.left)
            reward.left = max(0, reward.left - less)

    def _use(self, reward: Plain, minor: int) -> None:
        reward.left -= minor
        if minor and not reward.left:
            reward.state = "redeemed"


@dataclass
class Sold:
    """A purchase of a friend, what is left of it, and what it gave."""

    receipt: str
    kind: str
    reward: Plain
    left: int = PAID


class Story:
    """One random history of one person whom no other history knows."""

    def __init__(self, talk: Dialogue, number: int) -> None:
        self.talk = talk
        self.who = someone(f"P{number}", 50_000 + number)
        self.stock = f"stock-{number}"
        self.model = Model()
        self.spendings: list[str] = []
        self.sold: list[Sold] = []
        self.number = number
        self.codes = 0
        self.has_owed = False

    def one(self, place: int) -> Plain | None:
        return self.model.rewards[place % len(self.model.rewards)] if self.model.rewards else None

    async def goes(self, what: str, one: Any, other: Any) -> None:
        """Take one step, here and in the model."""
        match what:
            case "give" | "refund":
                await getattr(self, what)(one, other)
            case "spend" | "undo" | "load" | "buy":
                await getattr(self, what)(one)
            case "days":
                await self.talk.passes(days=one)
                self.model.expire(self.talk.clock.now())
            case _:
                await self._with_reward(what, one, other)

    async def _with_reward(self, what: str, one: Any, other: Any) -> None:
        reward = self.one(one)
        if reward is not None:
            await getattr(self, what.replace(" ", "_"))(reward, other)

    async def give(self, delivery: str, lasts: int) -> None:
        lifetime = lasts * DAY if lasts else None
        if delivery == "choice":
            amounts = {"till": 1000, "balance": 800, "team": 1500}
            options = [
                {"name": name, "amount": amount, "unit": "EUR", "kind": DELIVERIES[name], "delivery": name, "stock": ""}
                for name, amount in amounts.items()
            ]
            known: dict[str, Any] = {"kind": "voucher", "delivery": "till", "option": "till", "options": options}
            reward = await ready(self.talk, self.who, 1000, lasts=lifetime, **known)
            plain = Plain(reward, "till", 1000, self._until(lifetime), options=amounts)
        else:
            stock = self.stock if delivery == "codes" else ""
            known = {"kind": DELIVERIES[delivery], "delivery": delivery, "stock": stock}
            reward = await ready(self.talk, self.who, 1000, lasts=lifetime, **known)
            plain = Plain(reward, delivery, 1000, self._until(lifetime))
        self.model.add(plain)

    async def _does(self, kind: Callable[..., Event], /, **details: Any) -> Heard:
        """Let something happen as every edge does: the clock's own work may keep the database busy for a moment."""
        return await self.talk.insists(kind(**self.talk.now(), **details))

    async def claim(self, reward: Plain, _: Any) -> None:
        heard = await self._does(RewardClaimed, by=self.who, reward=reward.id)
        if reward.state != "available" or reward.delivery == "balance":
            assert bool(heard.refused) == (reward.state != "claimed" and not self._shows_code(reward))
            return
        assert not heard.refused
        reward.state, reward.asked_at = "claimed", self.talk.clock.now()
        if reward.delivery == "till":
            reward.until = self.talk.clock.now() + VOUCHER_LASTS
        if reward.delivery == "codes":
            self._serve()

    async def redeem(self, reward: Plain, _: Any) -> None:
        if reward.state == "available" and reward.delivery == "till":
            await self.claim(reward, _)
        if reward.state == "claimed" and reward.delivery == "till":
            shown = await self._does(RewardClaimed, by=self.who, reward=reward.id)
            assert not (await self.talk.redeems(shown.code, key=f"key-{shown.code}")).refused
            reward.state = "redeemed"
            self.model.used += reward.amount

    async def pick(self, reward: Plain, option: str) -> None:
        heard = await self._does(OptionPicked, by=self.who, reward=reward.id, option=option)
        may = bool(reward.options) and reward.state == "available"
        may &= reward.delivery != "balance" or reward.left == reward.amount
        assert bool(heard.refused) != may
        if may:
            reward.delivery, reward.amount = option, reward.options[option]
            reward.left = reward.amount if option == "balance" else 0
            reward.cost = reward.amount

    async def spend(self, minor: int) -> None:
        customer = await self.customer()
        key = f"spd-{self.number}-{len(self.spendings)}-{fresh_draw().id('key')}"
        heard = await self._does(BalanceSpent, customer=customer, amount=Amount(minor, "EUR"), key=key)
        assert bool(heard.refused) != self.model.spend(minor, self.talk.clock.now())
        if not heard.refused:
            self.spendings.append(str(heard.reply["spending"]))

    async def undo(self, place: int) -> None:
        if not self.spendings:
            return
        spending = self.spendings.pop(place % len(self.spendings))
        before = await self.talk.balances_of(self.who)
        heard = await self._does(SpendingUndone, customer=await self.customer(), spending=spending)
        assert heard.reply["state"] == "undone"
        after = await self.talk.balances_of(self.who)
        assert sum(before.values()) == sum(after.values())
        self.model.used -= before.get("redeemed", 0) - after.get("redeemed", 0)
        # Which rewards it returns to is not the model's business: it reads them, and its sums must still agree.
        await self._look_again()

    async def take_back(self, reward: Plain, _: Any) -> None:
        heard = await self._does(RewardTakenBack, reward=reward.id, because="Said so.")
        may = reward.state in {"available", "claimed", "redeemed"}
        assert bool(heard.refused) != may
        if may:
            self.model.take_back(reward)

    async def give_again(self, reward: Plain, _: Any) -> None:
        heard = await self._does(RewardGivenAgain, reward=reward.id, because="Said so.")
        amount = reward.left if reward.state == "expired" and reward.delivery == "balance" else reward.amount
        may = reward.state in {"expired", "revoked", "denied"} and not reward.again and amount > 0
        assert bool(heard.refused) != may
        if may:
            reward.again = True
            until = self.talk.clock.now() + GIVEN_AGAIN_LASTS
            fresh = Plain(str(heard.reply["reward"]), reward.delivery, amount, until)
            fresh.options = reward.options
            self.model.add(fresh)

    async def settle(self, reward: Plain, how: str) -> None:
        done = {"is_done": how == "done", "is_over": how == "denied", "because": "" if how == "done" else "Said so."}
        heard = await self._does(DeliverySettled, reward=reward.id, **done)
        may = reward.state == "claimed" and reward.delivery == "team"
        assert bool(heard.refused) != may
        if not may:
            return
        reward.state = {"done": "redeemed", "back": "available", "denied": "denied"}[how]
        if how == "done":
            self.model.used += reward.amount
        if how == "back" and reward.until is not None and reward.asked_at is not None:
            reward.until += self.talk.clock.now() - reward.asked_at

    async def load(self, count: int) -> None:
        codes = tuple(f"{self.stock}-{self.codes + number}" for number in range(count))
        self.codes += count
        await self._does(StockLoaded, stock=self.stock, codes=codes)
        self.model.free_codes += count
        await self.talk.scheduler.beat()
        # Credit that an undone spending brought back after its last day expires with the next beat.
        self.model.expire(self.talk.clock.now())
        self._serve()

    async def buy(self, kind: str) -> None:
        await self.customer()
        friend = someone("Friend", 100_000 + 1000 * self.number + len(self.sold))
        code = await self.talk.code_of(self.who)
        heard = await self.talk.insists(self.talk.purchase(friend, "100.00", type=kind, code=code))
        [reward] = heard.reply["rewards"]
        await self.talk.scheduler.beat()
        amounts = {name: PAID * share // 100 for name, share in SHARES[kind].items()}
        if kind == "feast":
            plain = Plain(reward["id"], "till", 1000, self._until(20 * DAY), options={"till": 1000, **amounts})
        else:
            plain = Plain(reward["id"], "balance", amounts["balance"], self._until(20 * DAY))
        self.model.expire(self.talk.clock.now())
        self.model.add(plain)
        self.sold.append(Sold(f"receipt-{self.talk.reported}", kind, plain))

    async def refund(self, place: int, minor: int) -> None:
        if not self.sold:
            return
        sold = self.sold[place % len(self.sold)]
        minor = min(minor, sold.left)
        if not minor:
            return
        amount = f"{minor // 100}.{minor % 100:02}"
        back = self.talk.purchase(None, amount, type="refund", refers_to=sold.receipt)
        assert not (await self.talk.insists(back)).refused
        sold.left -= minor
        self._give_back(sold)

    def _give_back(self, sold: Sold) -> None:
        reward = sold.reward
        shares = {name: sold.left * share // 100 for name, share in SHARES[sold.kind].items()}
        if reward.state in {"available", "claimed", "redeemed"}:
            if not sold.left:
                self.model.take_back(reward)
            elif reward.delivery in shares:
                self.model.reduce(reward, shares[reward.delivery])
            reward.options = {name: shares.get(name, worth) for name, worth in reward.options.items()}

    def _serve(self) -> None:
        waiting = [one for one in self.model.rewards if one.delivery == "codes" and one.state == "claimed"]
        for reward in sorted(waiting, key=lambda one: (one.asked_at or LONG_AGO, one.id)):
            if self.model.free_codes:
                self.model.free_codes -= 1
                self.model.used += reward.amount
                reward.state = "redeemed"

    def _shows_code(self, reward: Plain) -> bool:
        return reward.delivery == "codes" and reward.state in {"redeemed", "owed"}

    def _until(self, lifetime: timedelta | None) -> datetime | None:
        return None if lifetime is None else self.talk.clock.now() + lifetime

    async def customer(self) -> str:
        if await self.talk.customer(self.who) is None:
            await self.talk.says(self.who, "/start")
        return await self.talk.id_of(self.who)

    async def _look_again(self) -> None:
        rows = {row.id: row for row in await self.talk.rows(rewards)}
        async with self.talk.database.reading() as store:
            parts = await store.spendings.parts(await self.customer(), "EUR")
        self.model.owed = -sum(part.left.minor for part in parts if part.left.minor < 0)
        for plain in self.model.rewards:
            row = rows[plain.id]
            if plain.delivery != "balance":
                continue
            if plain.state == "expired":
                # What came back to it expired at once.
                self.model.expired += row.amount - row.spent - plain.left
                plain.left = row.amount - row.spent
            elif plain.state in {"available", "redeemed"}:
                plain.state, plain.amount = row.state, row.amount
                # After a refund more may be spent of it than it is worth by now: that much is owed, and none is left.
                plain.left = max(0, row.amount - row.spent) if row.state == "available" else 0
            elif plain.state == "owed" and row.state == "revoked":
                plain.state = "revoked"

    async def agrees(self) -> None:
        """Compare the books with the model."""
        assert await self.talk.balances_of(self.who) == self.model.totals()
        self.has_owed |= self.model.owed > 0


def test_no_history_of_rewards_upsets_the_books(database_url: str, catalog: Catalog) -> None:
    numbers = itertools.count()
    reached: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        talk = runner.run(opened(database_url, catalog))

        @settings(max_examples=20, deadline=None, database=None, phases=PHASES, suppress_health_check=list(HealthCheck))
        @given(st.lists(step, min_size=6, max_size=24))
        @example(EVERYTHING)
        @example(BACK_TOO_LATE)
        @example(GIVEN_BACK)
        @example(UNDONE_AFTER_REFUND)
        def any_history(steps: list[tuple[str, Any, Any]]) -> None:
            async def told() -> None:
                story = Story(talk, next(numbers))
                for delivery in DELIVERIES:
                    await story.give(delivery, 20)
                for what, one, other in steps:
                    await story.goes(what, one, other)
                    await story.agrees()
                await audit(talk)
                reached.update(reward.state for reward in story.model.rewards)
                reached["owing"] += story.has_owed
                reached["given back"] += sum(sold.left < PAID for sold in story.sold)

            runner.run(told())

        any_history()
        runner.run(talk.database.close())
    # The histories are worth something only if they come so far.
    assert {"available", "claimed", "redeemed", "expired", "revoked", "owing", "given back"} <= set(+reached)


async def opened(database_url: str, catalog: Catalog) -> Dialogue:
    """Open a shop that outlives one history."""
    talk = Dialogue(Database(database_url), catalog)
    await talk.opens(preset("demo") + EARNED)
    return talk

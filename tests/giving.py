"""Gives rewards of every kind straight to somebody, for stories that begin where a goal has been reached."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.dispatch import fresh_draw
from handlers.events import Person
from referrals import ledger
from referrals.rewarding import Side
from storage.rewards import Reward
from storage.schema import rewards
from tests.dialogue import Dialogue

DAY = timedelta(days=1)


async def given(
    talk: Dialogue, who: Person, amount: int, *, unit: str = "EUR", lasts: timedelta | None = 30 * DAY, **details: Any
) -> str:
    """Grant a pending reward whose hold is over now; returns its id."""
    if await talk.customer(who) is None:
        await talk.says(who, "/start")
    now, draw = talk.clock.now(), fresh_draw()
    known: dict[str, Any] = {
        "id": draw.id("rwd"),
        "program_id": "demo",
        "referral_id": None,
        "goal": "first-purchase",
        "side": Side.ADVOCATE,
        "occurrence": 1,
        "customer_id": await talk.id_of(who),
        "event_id": None,
        "revision": 1,
        "amount": amount,
        "unit": unit,
        "state": "pending",
        "pending_until": now,
        "expires_at": None if lasts is None else now + lasts,
        "earned_at": now,
        "occasion": f"given:{draw.id('ocn')}",
    }
    reward = Reward(**{**known, **details})
    async with talk.database.transaction() as store:
        assert await store.rewards.add(reward)
        await store.ledger.book(reward, ledger.grant(reward.worth), now)
    return reward.id


async def on_balance(
    talk: Dialogue, who: Person, amount: int, *, unit: str = "EUR", lasts: timedelta | None = 30 * DAY
) -> str:
    """Put an amount on somebody's balance; returns the id of its reward."""
    reward = await given(talk, who, amount, unit=unit, lasts=lasts, kind="credit", delivery="balance")
    await talk.scheduler.beat()
    return reward


async def ready(talk: Dialogue, who: Person, amount: int = 1000, **details: Any) -> str:
    """Let somebody have a reward that is ready; returns its id."""
    reward = await given(talk, who, amount, **details)
    await talk.scheduler.beat()
    return reward


async def states(talk: Dialogue, *ids: str) -> Sequence[str]:
    """Say where these rewards stand."""
    found = {row.id: row.state for row in await talk.rows(rewards)}
    return [found[one] for one in ids]

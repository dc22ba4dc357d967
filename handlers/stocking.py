"""Codes come into a stock and go out of it, one for each reward; the team hears when a stock runs low."""

from handlers.events import Event, StockLoaded
from handlers.outcome import Outcome, TeamPost
from handlers.passing_on import has_team
from messages.message import Message
from referrals import ledger
from referrals.ledger import RewardState
from storage.deliveries import DONE
from storage.errors import TryAgain
from storage.rewards import Reward
from storage.store import Store

# The last ten leave time to buy new ones.
LOW = 10
PLENTY, SCARCE, EMPTY = "plenty", "low", "empty"
_ORDER = (PLENTY, SCARCE, EMPTY)


async def on_stock_loaded(event: StockLoaded, store: Store) -> Outcome:
    """Add codes to a stock, each once; who waits for one gets it from the clock."""
    await store.stock.hold(event.stock)
    new = await store.stock.load(event.stock, event.codes, event.at)
    free = await store.stock.free(event.stock)
    await store.due.keep_fact(_fact(event.stock), _level(free))
    waiting = await store.deliveries.waiting_count(event.stock)
    reply = {"stock": event.stock, "new": len(new), "known": [code not in new for code in event.codes], "free": free}
    return Outcome(reply={**reply, "waiting": waiting})


async def give_code(reward: Reward, event: Event, store: Store) -> tuple[Reward | None, tuple[TeamPost, ...]]:
    """Give a claimed reward a code out of its stock; nothing when the stock is empty. The team hears how it stands."""
    await store.stock.hold(reward.stock)
    code = await store.stock.take(reward.stock, reward.id)
    posts = await _posts(reward.stock, event, store)
    if code is None:
        return None, posts
    moved = await store.rewards.move(
        reward.id, states=[RewardState.CLAIMED], to=RewardState.REDEEMED, ended_at=event.at
    )
    if moved is None:
        raise TryAgain  # taken back in the same moment: the code stays in the stock
    step = ledger.advance("redeem", moved.worth, RewardState.CLAIMED, RewardState.REDEEMED)
    await store.ledger.book(moved, step, event.at)
    await store.deliveries.end(moved.id, DONE, at=event.at)
    return moved, posts


async def _posts(stock: str, event: Event, store: Store) -> tuple[TeamPost, ...]:
    """Tell the team once when a stock becomes low, and once when it is empty."""
    free = await store.stock.free(stock)
    level, before = _level(free), await store.due.fact(_fact(stock)) or PLENTY
    if level == before:
        return ()
    await store.due.keep_fact(_fact(stock), level)
    if _ORDER.index(level) < _ORDER.index(before) or not await has_team(store):
        return ()
    waiting = await store.deliveries.waiting_count(stock)
    message = Message(key=f"stocking.{level}", values={"stock": stock, "free": free, "waiting": waiting})
    return (TeamPost(message=message, key=f"stock-{level}:{event.draw.id('stk', stock)}"),)


def _level(free: int) -> str:
    return EMPTY if not free else SCARCE if free <= LOW else PLENTY


def _fact(stock: str) -> str:
    return f"stock:{stock}"

"""What a refund means for a reward is told: to its owner, and to the team where something was handed over already."""

from typing import Literal

from handlers.earning import Consequences
from handlers.granting import said
from handlers.menu import REWARDS, SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind, TeamPost
from handlers.passing_on import has_team
from handlers.picking import is_open
from handlers.programs import worth
from handlers.promising import Gain
from messages.message import Message, NameOf, Phrase, Value
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Program
from referrals.rewarding import Delivery
from storage.rewards import Reward
from storage.store import Store


async def cancelled_after_use(
    reward: Reward, less: Amount, program: Program, *, found: Consequences, store: Store, how: Literal["all", "part"]
) -> None:
    """Say that what earned a used reward, or a part of it, was returned: what was used at a till stays used."""
    story = "balance" if reward.delivery == Delivery.BALANCE else "used"
    values: dict[str, Value] = {"gain": worth(program, reward.worth), "less": worth(program, less)}
    found.rewards.append(reward)
    message = Message(
        key=f"earning.{story}-{how}-{reward.side}",
        values=values,
        buttons=((why_button(reward.id),), (REWARDS, SHARE)),
    )
    key = f"used:{reward.id}:{found.step}"
    found.notices.append(Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=key, message=message))
    await _tell_team(f"earning.team-{story}", reward, values, found=found, store=store)


async def became_less(before: Reward, now: Reward, program: Program, *, found: Consequences, store: Store) -> None:
    """Say that a promised reward is smaller now, as it is a share of a purchase of which a part was returned."""
    values: dict[str, Value] = {"was": _said(before, program), "gain": _said(now, program)}
    if values["was"] == values["gain"]:
        return  # only what was not picked, and can be picked no more, is smaller
    lines: tuple[Phrase, ...] = ()
    if before.spent > now.amount:
        over = Amount(before.spent - now.amount, before.unit)
        lines = (Phrase("earning.spent-more", {"gain": worth(program, over)}),)
    found.rewards.append(now)
    message = Message(
        key=f"earning.reduced-{before.side}",
        values=values,
        lines=lines,
        buttons=((why_button(before.id),), (SHARE, STATUS)),
    )
    key = f"reduced:{before.id}:{found.step}"
    found.notices.append(Notice(to=before.customer_id, kind=NoticeKind.REWARD, key=key, message=message))
    if before.state == RewardState.CLAIMED and before.delivery == Delivery.TEAM:
        # Somebody has the task to hand it over, and may have read the old worth.
        await _tell_team("earning.team-reduced", before, values, found=found, store=store)


def _said(reward: Reward, program: Program) -> Gain:
    return said(reward, program) if is_open(reward) else worth(program, reward.worth)


async def _tell_team(key: str, reward: Reward, values: dict[str, Value], *, found: Consequences, store: Store) -> None:
    if await has_team(store):
        message = Message(key=key, values={**values, "name": NameOf(reward.customer_id)})
        found.posts.append(TeamPost(message=message, key=f"{key}:{reward.id}:{found.step}"))

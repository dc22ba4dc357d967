"""What is said of a reward that was taken back, lowered, or used before it could be."""

from handlers.granting import said
from handlers.menu import REWARDS, SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind, TeamPost
from handlers.passing_on import has_team
from handlers.programs import worth
from messages.message import Message, NameOf, Value
from referrals.money import Amount
from referrals.program import Program
from storage.rewards import Reward
from storage.store import Store


def revoked(reward: Reward, program: Program, reason: str) -> Notice:
    """Say that a reward is cancelled."""
    message = Message(
        key=f"earning.revoked-{reason}-{reward.side}",
        values={"gain": said(reward, program)},
        buttons=((why_button(reward.id),), (SHARE, STATUS)),
    )
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"revoked:{reward.id}:{reason}", message=message)


def lowered(before: Reward, now: Reward, program: Program) -> Notice:
    """Say that a reward which was promised, or is there already, is worth less now."""
    message = Message(
        key=f"earning.lowered-{now.side}",
        values={"before": said(before, program), "gain": said(now, program)},
        buttons=((why_button(now.id),), (REWARDS, STATUS)),
    )
    key = f"lowered:{now.id}:{now.amount}:{sum(int(option['amount']) for option in now.options)}"
    return Notice(to=now.customer_id, kind=NoticeKind.REWARD, key=key, message=message)


def owed(reward: Reward, less: Amount, program: Program, *, occasion: str) -> Notice:
    """Say that a reward was taken back, or a part of it, after it had been used."""
    message = Message(
        key=f"earning.owed-{reward.side}",
        values={"gain": worth(program, less), "way": str(reward.delivery)},
        buttons=((why_button(reward.id),), (REWARDS, SHARE)),
    )
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"owed:{reward.id}:{occasion}", message=message)


async def tell_team(
    reward: Reward, less: Amount, program: Program, *, occasion: str, store: Store
) -> tuple[TeamPost, ...]:
    """Tell the team what was given for a purchase of which less is left now."""
    if not await has_team(store):
        return ()
    values: dict[str, Value] = {
        "name": NameOf(reward.customer_id),
        "gain": worth(program, less),
        "way": str(reward.delivery),
    }
    message = Message(key="earning.team-owed", values=values)
    return (TeamPost(message=message, key=f"team-owed:{reward.id}:{occasion}"),)

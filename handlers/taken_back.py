"""What is said of a reward that was taken back, lowered, or used before it could be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.granting import said
from handlers.menu import REWARDS, SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind, TeamPost
from handlers.passing_on import has_team
from handlers.programs import terms, worth
from messages.message import Message, NameOf, Value
from referrals.ledger import RewardState
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


async def as_it_came(notices: Sequence[Notice], rewards: Iterable[Reward], store: Store) -> list[Notice]:
    """Tell of rewards as they are now, where what was returned was known before the purchase: nobody was promised more.

    Of what is gone nothing is said, and what is less is told at its worth, once.
    """
    final = {reward.id: reward for reward in rewards}
    changed = {about for what, about in map(_subject, notices) if what in {"revoked", "lowered"}}
    found = []
    for notice in notices:
        what, about = _subject(notice)
        reward = final.get(about)
        if reward is None or about not in changed:
            found.append(notice)
        elif what == "pending" and reward.state != RewardState.REVOKED:
            gain = said(reward, await terms(store, reward.program_id, reward.revision))
            values = {**notice.message.values, "gain": gain}
            found.append(replace(notice, message=replace(notice.message, values=values)))
    return found


def _subject(notice: Notice) -> tuple[str, str]:
    """Read out of its key what a notice tells, and of which reward."""
    what, _, rest = notice.key.partition(":")
    return what, rest.partition(":")[0]


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

"""Restrains what was claimed: no more marketing in a week than people agreed to, and small news told together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.peace import Peace
from handlers.digesting import LINES, MOST_TOGETHER, WAITED, together
from messages.codec import decode_message, encode
from messages.message import Message
from storage.notices import Claim, Waiting
from storage.store import Store

TOO_MUCH, IN_TURN = "weekly-cap", "one-at-a-time"


async def restrained(notices: Sequence[Waiting], claim: Claim, peace: Peace, store: Store) -> list[Waiting]:
    """Return the notices that leave now, in the transaction that claimed them; the others are settled or put back."""
    kept = await _within_week(notices, claim, peace, store)
    return await _told_together(kept, claim, store)


async def _within_week(notices: Sequence[Waiting], claim: Claim, peace: Peace, store: Store) -> list[Waiting]:
    marketing = {notice.number for notice in notices if notice.kind == "marketing"}
    if not marketing:
        return list(notices)
    counted = await store.restraint.count(marketing, week=peace.week(claim.at), most=peace.per_week)
    await store.outbox.settle(claim.fence, counted.beyond, "suppressed", at=claim.at, reason=TOO_MUCH)
    waiting = marketing - counted.within - counted.beyond
    await store.outbox.postpone(claim.fence, waiting, claim.at, reason=IN_TURN, counts=False)
    return [notice for notice in notices if notice.number not in counted.beyond | waiting]


async def _told_together(notices: list[Waiting], claim: Claim, store: Store) -> list[Waiting]:
    heads = {notice.recipient: notice for notice in notices if _may_be_gathered(notice, claim)}
    if not heads:
        return notices
    beside: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for found in await store.restraint.beside(heads, claim.at):
        if _is_small(found.message):
            beside.setdefault(found.recipient, []).append((found.number, found.message))
    for recipient, waiting in beside.items():
        head, others = heads[recipient], waiting[: MOST_TOGETHER - 1]
        message = _read([head.message, *(message for _, message in others)])
        if message is not None:
            said = encode(message)
            await store.restraint.tell_together(head.number, said, [number for number, _ in others], claim.at)
            heads[recipient] = replace(head, message=said)
    # A claim holds one notice of a person at most, so whoever has a head has nothing else here.
    return [heads.get(notice.recipient, notice) for notice in notices]


def _read(news: Collection[Mapping[str, Any]]) -> Message | None:
    """Read several pieces of news as one message; nothing if one is odd, which is its own affair when it leaves."""
    try:
        return together([decode_message(one) for one in news])
    except (KeyError, TypeError, ValueError):
        return None


def _is_small(message: Mapping[str, Any]) -> bool:
    return message.get("key") in LINES


def _may_be_gathered(notice: Waiting, claim: Claim) -> bool:
    # What was tried may have arrived, and its repeat reads the same.
    has_waited = notice.created_at <= claim.at - WAITED and notice.attempts == 0
    return has_waited and _is_small(notice.message)

"""A few demo customers for the playground, made through the same doors as real ones, weeks ago."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.dispatch import fresh_draw
from handlers.events import Event, EventReported, HoldsDue, Joined, Person, ShareAsked
from handlers.outcome import Outcome
from messages.message import Code
from referrals.identity import Identity
from referrals.money import parse_amount

Dispatch = Callable[[Event], Awaitable[Outcome]]

PLATFORM = "demo"  # no chat of this name exists, so nobody is written to
# Advocates and the friends they brought, with how many days ago.
STORY = {
    "Ines": {"Jonas": 40, "Leila": 33, "Mateo": 25},
    "Viktor": {"Nadia": 38, "Oskar": 20},
    "Priya": {"Quentin": 22},
}


async def seed(dispatch: Dispatch, now: datetime) -> None:
    """Let three customers have invited six friends who bought; their holds have passed since."""
    for advocate, friends in STORY.items():
        code = await _start(dispatch, advocate, now - timedelta(days=45))
        for friend, days in friends.items():
            at = now - timedelta(days=days)
            await dispatch(Joined(at=at, draw=fresh_draw(), by=_person(friend), code=code))
            await dispatch(_purchase(friend, at + timedelta(hours=5)))
    await dispatch(HoldsDue(at=now, draw=fresh_draw()))


async def _start(dispatch: Dispatch, name: str, at: datetime) -> str:
    await dispatch(Joined(at=at, draw=fresh_draw(), by=_person(name)))
    shared = await dispatch(ShareAsked(at=at, draw=fresh_draw(), by=_person(name)))
    code = shared.answers[0].values["code"]
    if not isinstance(code, Code):
        raise TypeError("The share card shows a code.")
    return code.text


def _purchase(name: str, at: datetime) -> EventReported:
    identity = _person(name).identity
    return EventReported(
        at=at,
        draw=fresh_draw(),
        source="demo",
        id=f"purchase-{name.lower()}",
        type="purchase",
        body_hash=hashlib.sha256(name.encode()).hexdigest(),
        identities=(identity,),
        amount=parse_amount("24.50", "EUR"),
        occurred_at=at,
    )


def _person(name: str) -> Person:
    return Person(identity=Identity(PLATFORM, name.lower()), first_name=name)

"""Advocates with a link and friends who came through it, made through the service's own doors."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.dispatch import fresh_draw
from handlers.events import Event, Joined, Person, ShareAsked
from handlers.outcome import Outcome
from messages.message import Code
from referrals.identity import Identity

FIRST_ADVOCATE = 10_001
_FIRST_FRIEND = 50_001

Dispatch = Callable[[Event], Awaitable[Outcome]]


async def gather(dispatch: Dispatch, now: datetime, *, advocates: int, friends: int) -> list[str]:
    """Let advocates share and their friends join; return the advocates' codes."""
    codes = [await _advocate(dispatch, now, FIRST_ADVOCATE + place) for place in range(advocates)]
    for number in range(advocates * friends):
        friend, code = _person(_FIRST_FRIEND + number), codes[number % advocates]
        await dispatch(Joined(at=now, draw=fresh_draw(), by=friend, code=code))
    return codes


async def _advocate(dispatch: Dispatch, now: datetime, number: int) -> str:
    await dispatch(Joined(at=now, draw=fresh_draw(), by=_person(number)))
    shared = await dispatch(ShareAsked(at=now, draw=fresh_draw(), by=_person(number)))
    code = shared.answers[0].values["code"]
    assert isinstance(code, Code)
    return code.text.replace("-", "")


def _person(number: int) -> Person:
    return Person(identity=Identity("telegram", str(number)), first_name=f"Guest {number}", language="en")

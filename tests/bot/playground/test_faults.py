"""Troubles on order: each meets the calls it was ordered for, and no other."""

from __future__ import annotations

import aiohttp
import pytest

from bot.playground.slack.faults import Faults as SlackFaults
from bot.playground.telegram.faults import Details, Faults
from tests.bot.playground.house import BEN, MAYA, Bot


async def test_too_many_requests(started: Bot) -> None:
    started.peer.faults.add(method="sendMessage", status=429, retry_after=2)
    body = await started.call("sendMessage", chat_id=MAYA, text="x")
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 2",
        "parameters": {"retry_after": 2},
    }
    assert await started.result("sendMessage", chat_id=MAYA, text="x")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
async def test_a_status_on_order(started: Bot, status: int, words: str) -> None:
    started.peer.faults.add("sendMessage", status=status, times=2)
    for _ in range(2):
        assert await started.refused("sendMessage", chat_id=MAYA, text="x") == (status, words)
    assert await started.result("sendMessage", chat_id=MAYA, text="x")


async def test_a_trouble_for_one_chat_leaves_the_others(started: Bot) -> None:
    started.peer.press_start(BEN)
    started.peer.faults.add("sendMessage", chat_id=BEN, status=500)
    assert await started.result("sendMessage", chat_id=MAYA, text="x")
    assert (await started.refused("sendMessage", chat_id=BEN, text="x"))[0] == 500


async def test_an_error_after_delivery(started: Bot) -> None:
    started.peer.faults.add("sendMessage", status=502, after_delivery=True)
    assert (await started.refused("sendMessage", chat_id=MAYA, text="arrived"))[0] == 502
    assert started.peer.chat(MAYA)[-1].words == "arrived"


@pytest.mark.parametrize(
    ("details", "last"), [({"hold": 0.05, "after_delivery": True}, "lost?"), ({"hold": 0.05}, "/start")]
)
async def test_the_line_is_cut(started: Bot, details: Details, last: str) -> None:
    started.peer.faults.add("sendMessage", **details)
    with pytest.raises(aiohttp.ClientPayloadError):
        await started.call("sendMessage", chat_id=MAYA, text="lost?")
    assert started.peer.chat(MAYA)[-1].words == last


async def test_a_client_that_gives_up_first_times_out(started: Bot) -> None:
    started.peer.faults.add("sendMessage", after_delivery=True)
    with pytest.raises(TimeoutError):
        await started.session.post(
            f"{started.api}{started.playground.token}/sendMessage",
            json={"chat_id": MAYA, "text": "arrived"},
            timeout=aiohttp.ClientTimeout(total=0.2),
        )
    assert started.peer.chat(MAYA)[-1].words == "arrived"


async def test_troubles_can_be_ordered_from_outside(started: Bot) -> None:
    desk = f"{started.playground.public_url}/playground/telegram/faults"
    async with started.session.post(desk, json={"method": "*", "status": 500, "times": 9}) as answer:
        assert answer.status == 201
    assert (await started.refused("getMe"))[0] == 500
    async with started.session.delete(desk) as answer:
        assert answer.ok
    assert await started.result("getMe")
    async with started.session.post(desk, json={"nonsense": 1}) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("kind", [Faults, SlackFaults])
def test_the_same_seed_is_the_same_storm(kind: type[Faults] | type[SlackFaults]) -> None:
    struck = []
    for seed in (7, 7, 8):
        faults: Faults | SlackFaults = kind()
        faults.at_random(seed, one_in=2, times=10)
        assert faults.storm is not None
        for _ in range(40):
            faults.storm.strike("sendMessage")
        struck.append([(one.status, one.after_delivery, one.hold) for one in faults.storm.struck])
        assert len(struck[-1]) == 10
        faults.clear()
        assert faults.storm is None
    assert struck[0] == struck[1] != struck[2]
    assert len(set(struck[0])) > 2

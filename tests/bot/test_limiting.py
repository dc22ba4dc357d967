"""The limits of a token, as one process keeps them: a sliding second, answers first, and pauses as long as asked."""

import asyncio
from dataclasses import dataclass

import pytest

from bot.delivery import DeliveryFailed
from bot.limiting import ANSWERS_KEPT_SECONDS, PATIENCE_SECONDS, SECOND, Allowance, Limiter, Paused
from bot.playground.telegram.limits import Limits
from bot.playground.telegram.refusal import Refusal


@dataclass
class Seconds:
    """A clock that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def limiter_of(seconds: Seconds, per_second: float = 30, **allowed: float) -> Limiter:
    """Build what limits one token."""
    return Limiter(Allowance(per_second=per_second, **allowed), seconds)  # type: ignore[arg-type]  # numbers


async def sent(limiter: Limiter, *chats: str) -> int:
    """Send to chats as long as nothing has to wait, and count."""
    for count, chat in enumerate(chats):
        try:
            async with asyncio.timeout(0):
                async with limiter.sending(chat):
                    pass
        except TimeoutError:
            return count
    return len(chats)


def chats(number: int, first: int = 0) -> list[str]:
    """Number chats."""
    return [str(chat) for chat in range(first, first + number)]


async def test_no_more_than_allowed_leave_in_any_second(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    assert await sent(limiter, *chats(40)) == 30
    seconds.now += 0.5
    assert await sent(limiter, *chats(40, 100)) == 0
    seconds.now += 0.51
    assert await sent(limiter, *chats(40, 200)) == 30


async def test_a_message_under_way_takes_its_place_until_a_second_after_its_answer(seconds: Seconds) -> None:
    limiter = limiter_of(seconds, per_second=2)
    async with limiter.sending("slow"):
        seconds.now += 5
        assert await sent(limiter, *chats(3)) == 1
    seconds.now += 0.99
    assert await sent(limiter, *chats(3, 10)) == 0
    seconds.now += 0.02
    assert await sent(limiter, *chats(3, 20)) == 2


async def test_what_the_limiter_lets_pass_the_strict_platform_accepts(seconds: Seconds) -> None:
    """Messages take between nothing and 50 ms each way, at random: none may be refused."""
    platform, limiter, arrivals = Limits(seconds), limiter_of(seconds), list[float]()
    platform.enforce(per_second=30)
    delays = [(7 * number % 11) / 220 for number in range(400)]
    for chat, (there, back) in enumerate(zip(delays, reversed(delays), strict=True)):
        while await sent_in(limiter, str(chat), there, back, into=arrivals) is False:
            seconds.now += 0.005
    now = seconds.now
    for number, arrival in enumerate(sorted(arrivals)):
        seconds.now = arrival
        platform.count("sendMessage", str(number))
    seconds.now = now
    assert platform.refused == 0
    assert len(arrivals) == 400


async def sent_in(limiter: Limiter, chat: str, there: float, back: float, *, into: list[float]) -> bool:
    """Send one message that takes so long there and back; tell whether it could leave."""
    clock = limiter._now
    assert isinstance(clock, Seconds)
    try:
        async with asyncio.timeout(0):
            async with limiter.sending(chat):
                clock.now += there
                into.append(clock.now)
                clock.now += back
    except TimeoutError:
        return False
    return True


async def test_a_chat_is_left_alone_for_a_second(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    assert await sent(limiter, "7", "7") == 1
    seconds.now += SECOND
    assert await sent(limiter, "7", "8", "7") == 2


async def test_a_group_hears_twenty_times_a_minute(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    for _ in range(20):
        assert await sent(limiter, "-100") == 1
        seconds.now += SECOND
    assert await sent(limiter, "-100") == 0
    seconds.now += 40
    assert await sent(limiter, "-100") == 1


async def test_answers_go_first_and_room_is_kept_for_the_next(seconds: Seconds) -> None:
    limiter = limiter_of(seconds, per_second=4)
    async with limiter.answering("7"), limiter.answering("7"):
        pass
    assert limiter.reserved == 2
    assert limiter.debt == 2
    seconds.now += 1.01
    assert await sent(limiter, *chats(4)) == 2
    async with limiter.answering("9"), limiter.answering("9"):
        pass
    seconds.now += ANSWERS_KEPT_SECONDS + 2
    assert limiter.reserved == 0
    assert await sent(limiter, *chats(4, 20)) == 4


async def test_a_pause_is_waited_out_by_notices_in_the_outbox_and_by_answers_here(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    limiter.pause(PATIENCE_SECONDS + 1)
    with pytest.raises(Paused):
        await sent(limiter, "7")
    with pytest.raises(DeliveryFailed) as failed:
        async with limiter.answering("7"):
            pass
    assert (failed.value.reason, failed.value.everyone) == ("wait", True)
    seconds.now += PATIENCE_SECONDS + 1
    assert await sent(limiter, "7") == 1


async def test_a_chat_that_refused_is_left_alone_by_notices_and_answers_and_the_others_are_not(
    seconds: Seconds,
) -> None:
    limiter = limiter_of(seconds)
    with pytest.raises(DeliveryFailed):
        async with limiter.answering("7"):
            raise DeliveryFailed("wait", retry_after=PATIENCE_SECONDS + 20)
    assert limiter.waits.refusals == 1
    seconds.now += 19
    with pytest.raises(Paused) as paused:
        await sent(limiter, "7")
    assert paused.value.seconds == PATIENCE_SECONDS + 1
    with pytest.raises(DeliveryFailed) as failed:
        async with limiter.answering("7"):
            pass
    assert (failed.value.reason, failed.value.everyone) == ("wait", False)
    assert await sent(limiter, "8") == 1
    seconds.now += PATIENCE_SECONDS + 1
    assert await sent(limiter, "7") == 1


async def test_a_refusal_is_the_chats_own_in_a_quiet_service_and_everybodys_in_a_broadcast(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    assert await sent(limiter, "1") == 1
    assert not limiter.refused("1")
    assert await sent(limiter, *chats(20, 100)) == 20
    assert limiter.refused("100")
    assert limiter.waits.refusals == 2


async def test_three_chats_refused_at_once_are_everybody(seconds: Seconds) -> None:
    limiter = limiter_of(seconds)
    assert [limiter.refused(chat) for chat in ("1", "2", "2", "3")] == [False, False, False, True]
    seconds.now += 10
    assert not limiter.refused("4")


def test_the_pretend_telegram_counts_over_a_sliding_second(seconds: Seconds) -> None:
    platform = Limits(seconds)
    platform.count("sendMessage", "1")
    platform.count("sendMessage", "1")
    platform.enforce(per_second=3)
    for chat in ("1", "2", "3"):
        platform.count("sendMessage", chat)
        platform.count("sendChatAction", chat)
        seconds.now += 0.3
    with pytest.raises(Refusal) as refused:
        platform.count("sendPhoto", "4")
    assert refused.value.parameters == {"retry_after": 1}
    seconds.now += 0.11
    platform.count("sendPhoto", "4")
    with pytest.raises(Refusal):
        platform.count("sendMessage", "4")
    assert platform.as_json()["refused"] == 2


def test_the_pretend_telegram_counts_a_group_over_a_minute(seconds: Seconds) -> None:
    platform = Limits(seconds)
    platform.enforce(per_second=30, per_group_minute=2)
    for _ in range(2):
        platform.count("sendMessage", "-5")
        seconds.now += 10
    with pytest.raises(Refusal) as refused:
        platform.count("sendMessage", "-5")
    assert refused.value.parameters == {"retry_after": 40}

"""How long a direct answer is tried for: its reader looks at the screen, and asks again when nothing comes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import structlog

from bot.delivery import DeliveryFailed
from bot.limiting import PATIENCE_SECONDS

ATTEMPTS = 2

log = structlog.get_logger(__name__)


async def delivered(
    deliver: Callable[[], Awaitable[object]],
    *,
    platform: str,
    turn: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> bool:
    """Deliver a direct answer in its turn, once more where it surely did not arrive, and tell whether it went."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with turn():
                await deliver()
        except DeliveryFailed as failure:
            pause = _pause(failure)
            if attempt == ATTEMPTS or pause is None:
                log.warning(
                    "chat.answer-not-delivered", platform=platform, reason=failure.reason, detail=failure.detail
                )
                return False
        else:
            return True
        await asyncio.sleep(pause)
    return False


def _pause(failure: DeliveryFailed) -> float | None:
    # Only what surely did not arrive is sent again; an answer that may have arrived is not said twice.
    if failure.reason == "unreachable":
        return 0.5
    if failure.reason == "wait" and failure.retry_after is not None and failure.retry_after <= PATIENCE_SECONDS:
        return failure.retry_after
    return None

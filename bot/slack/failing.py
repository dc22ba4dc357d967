"""What becomes of a payload that failed: said kindly, sent again by Slack, or set aside."""

import hashlib
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.dispatch import Busy
from bot.slack.answering import BUSY, TROUBLE, Conversation
from bot.slack.parking import ATTEMPTS, LAST_REPEAT, Failures, Park, describe
from bot.slack.repeats import Repeats
from bot.slack.taking import Taking

OK, COMES_AGAIN = 200, 500

Payload = Mapping[str, Any]

log = structlog.get_logger(__name__)


class Failing:
    """Answers for what could not be taken: people are told at once, events come again until they are set aside."""

    def __init__(self, conversation: Conversation, *, repeats: Repeats, park: Park) -> None:
        self._conversation = conversation
        self._repeats = repeats
        self._park = park
        self._failures = Failures()

    async def settle(self, error: Exception, body: Payload, *, repeat: int, taken: Taking) -> BoltResponse:
        """Say how a payload that failed is acknowledged."""
        if taken.committed:
            # The facts are written and asking again shows them: repeating the payload would only repeat the failure.
            log.error("slack.answer-failed", exc_info=error)
            return BoltResponse(status=OK)
        if body.get("type") == "event_callback":
            return await self._settle_event(error, body, repeat=repeat, taken=taken)
        if not isinstance(error, Busy):
            await self._set_aside_in_time(_number(body), error, taken)
        answer = await self._conversation.excuse(body, BUSY if isinstance(error, Busy) else TROUBLE)
        return BoltResponse(status=OK, body=answer or "")

    async def _settle_event(self, error: Exception, body: Payload, *, repeat: int, taken: Taking) -> BoltResponse:
        event = str(body.get("event_id"))
        if isinstance(error, Busy) and repeat < LAST_REPEAT:
            return BoltResponse(status=COMES_AGAIN)  # waiting for the write lock is nobody's fault: it does not count
        failures = self._failures.another(event)
        if failures < ATTEMPTS and repeat < LAST_REPEAT:
            log.warning("slack.event-failed", event_id=event, error=describe(error))
            return BoltResponse(status=COMES_AGAIN)
        if repeat < LAST_REPEAT and not taken.can_wait:
            return BoltResponse(status=COMES_AGAIN)  # there is no time left to set it aside: the next one finds some
        if not await self._set_aside_in_time(event, error, taken):
            return BoltResponse(status=COMES_AGAIN)
        self._failures.forget(event)
        self._repeats.handled(event)
        await self._conversation.excuse(body, TROUBLE)
        return BoltResponse(status=OK)

    async def _set_aside_in_time(self, number: str, error: Exception, taken: Taking) -> bool:
        """Set aside what never comes again, after the acknowledgement where that would be too late otherwise."""
        if taken.can_wait:
            return await self._set_aside(number, error)

        async def set_aside() -> None:
            await self._set_aside(number, error)

        taken.later.append(set_aside)
        return True

    async def _set_aside(self, number: str, error: Exception) -> bool:
        log.error("slack.given-up", number=number, exc_info=error)
        try:
            await self._park(number, describe(error))
        except Busy:
            log.error("slack.not-parked", number=number)
            return False
        return True


def _number(body: Payload) -> str:
    """Name a command or a tap, which Slack sends once and does not number; a trigger is as good as a key for 3 s."""
    trigger = str(body.get("trigger_id", ""))
    return f"once-{hashlib.sha256(trigger.encode()).hexdigest()[:16]}"

"""Bolt's app: built without anything that asks the network before an acknowledgement, its listeners from few tables."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.answering import Conversation
from bot.slack.calls import quiet_logger
from bot.slack.failing import Failing
from bot.slack.people import People
from bot.slack.repeats import Repeats
from bot.slack.taking import taking

ANYTHING = re.compile(r".*", re.DOTALL)

Payload = Mapping[str, Any]

log = structlog.get_logger(__name__)


def build_application(people: People) -> AsyncApp:
    """Build the app bare: it finds the listener for a payload; the door checks signatures, and calls are ours."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # One workspace: asking Slack whose token this is, before every first acknowledgement, would cost a round trip.
        us = people.workspace
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=us.bot,
            bot_user_id=us.bot_user,
            bot_token="unused",  # noqa: S106 - calls go through our own client
        )

    logger = quiet_logger()
    return AsyncApp(
        name="grapevine",
        logger=logger,
        # Without it every acknowledgement waits for the next beat of a 10 ms poll.
        process_before_response=True,
        request_verification_enabled=False,
        client=AsyncWebClient(logger=logger),
        authorize=authorize,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


def register(
    application: AsyncApp, conversation: Conversation, *, failing: Failing, repeats: Repeats, lost: Callable[[], None]
) -> None:
    """Register a listener for each kind of payload; whatever Slack sends beyond them is acknowledged and left."""

    async def take_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack(await conversation.command(body) or "")

    async def take_tap(ack: AsyncAck, body: dict[str, Any]) -> None:
        await conversation.tap(body)
        await ack()

    async def take_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        answer = await conversation.form(body)
        await (ack(answer) if answer else ack())

    async def take_loss(body: dict[str, Any]) -> None:
        tokens = body["event"].get("tokens")
        if tokens is None or tokens.get("bot"):
            log.error("slack.app-removed", remedy="Install the app again and set its new GRAPEVINE_SLACK_BOT_TOKEN.")
            lost()

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    application.command(ANYTHING)(take_command)
    application.block_action(ANYTHING)(take_tap)
    application.view_submission(ANYTHING)(take_form)
    application.event("message")(_once(conversation.message, repeats))
    application.event("app_home_opened")(_once(conversation.home_opened, repeats))
    application.event("tokens_revoked")(take_loss)
    application.event("app_uninstalled")(take_loss)
    application.event(ANYTHING)(acknowledge)
    application.view_closed(ANYTHING)(acknowledge)
    application.shortcut(ANYTHING)(acknowledge)
    application.error(_failed(failing))


def _once(take: Callable[[Payload], Awaitable[None]], repeats: Repeats) -> Callable[..., Awaitable[None]]:
    async def listener(body: dict[str, Any]) -> None:
        async with repeats.turn(str(body["event_id"])) as is_new:
            if is_new:
                await take(body)

    return listener


def _failed(failing: Failing) -> Callable[..., Awaitable[BoltResponse]]:
    async def handler(error: Exception, body: dict[str, Any], request: AsyncBoltRequest) -> BoltResponse:
        repeats = (request.headers.get("x-slack-retry-num") or ["0"])[0]
        repeat = int(repeats) if str(repeats).isdigit() else 0
        return await failing.settle(error, body, repeat=repeat, taken=taking.get())

    return handler

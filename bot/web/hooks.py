"""The platforms' doors: what they post is read whole, within a size, and handed to their edge as it came."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.bodies import BodyRefused, header, read_body
from bot.web.problems import Problem

# Telegram's updates and Slack's payloads are a few kilobytes; a modal with all its blocks stays below 250.
LARGEST = 1024 * 1024

TelegramHook = Callable[[bytes, str | None], Awaitable[int]]
SlackHook = Callable[[bytes, Mapping[str, str]], Awaitable[tuple[int, Mapping[str, str], bytes]]]


def hook_routes(telegram: TelegramHook | None, slack: SlackHook | None) -> list[Route]:
    """Open a door for each platform that is set up."""
    return [*([_telegram_route(telegram)] if telegram else []), *([_slack_route(slack)] if slack else [])]


def _telegram_route(hook: TelegramHook) -> Route:
    """Take updates from Telegram."""

    async def receive_update(request: Request) -> Response:
        secret = header(request.scope, b"x-telegram-bot-api-secret-token")
        try:
            body = await read_body(request.scope, request.receive, limit=LARGEST)
        except BodyRefused as refusal:
            return Response(status_code=Problem(refusal.kind).status_code)
        return Response(status_code=await hook(body, secret.decode("latin-1") if secret else None))

    return Route("/hooks/telegram", receive_update, methods=["POST"])


def _slack_route(hook: SlackHook) -> Route:
    """Take events, commands and taps from Slack."""

    async def receive_payload(request: Request) -> Response:
        try:
            body = await read_body(request.scope, request.receive, limit=LARGEST)
        except BodyRefused as refusal:
            return Response(status_code=Problem(refusal.kind).status_code)
        status, headers, answer = await hook(body, request.headers)
        return Response(answer, status, dict(headers))

    return Route("/slack/events", receive_payload, methods=["POST"])

"""What a command asks Slack: one question at a time, and no token in any answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.settings import Settings

_SECONDS = 10


class SlackUnreachable(Exception):
    """Slack did not answer, or not as Slack does."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What Slack answered to one question."""

    body: Mapping[str, Any]
    scopes: frozenset[str] | None = None  # what the token may do, where Slack says so

    @property
    def error(self) -> str:
        """The name of the refusal; empty when Slack did what was asked."""
        return "" if self.body.get("ok") is True else str(self.body.get("error", "unknown"))

    def word(self, name: str) -> str:
        """Return one word of the answer; empty when it is not there."""
        return str(self.body.get(name) or "")


async def ask(settings: Settings, token: SecretStr, method: str, **parameters: str) -> Told:
    """Ask one method of the Web API; raises SlackUnreachable."""
    address = f"{settings.slack_api_url}/{method}"
    headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.post(address, data=parameters) as answer,
        ):
            told = await answer.json(content_type=None)
            listed = answer.headers.get("x-oauth-scopes")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        # Not chained: some of these errors carry the request, and with it the token.
        raise SlackUnreachable from None
    if not isinstance(told, dict):
        raise SlackUnreachable
    scopes = None if listed is None else frozenset(scope.strip() for scope in listed.split(",") if scope.strip())
    return Told(body=told, scopes=scopes)

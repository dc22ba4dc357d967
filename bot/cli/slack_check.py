"""What `grapevine doctor` finds out about Slack: the tokens, the ways in, the scopes, the channel and the team."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from pydantic import SecretStr

from bot.cli import members
from bot.cli.asking import SlackUnreachable, Told, ask
from bot.settings import Settings
from bot.slack.errors import REFUSED_TOKENS
from bot.slack.manifest import EVENTS_PATH, SCOPES
from storage.errors import Unreachable

Finding = tuple[str, str | None]  # what was looked at, and what is wrong with it

_UNREACHABLE = "cannot be reached from here; is this machine online?"
_SETTINGS_PAGE = "api.slack.com/apps, your app"


async def examine_slack(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything of Slack that can be seen from here."""
    token = settings.slack_bot_token
    if token is None:
        yield "Slack", _unused(settings)
        return
    yield "Slack way in", await _way_in(settings)
    try:
        us = await ask(settings, token, "auth.test")
        yield "Slack", _token(us)
        if us.error:
            return
        yield "Slack scopes", _scopes(us)
        yield "Slack team channel", await _channel(settings, token, us)
    except SlackUnreachable:
        yield "Slack", _UNREACHABLE
    yield "Slack team", await _team(settings)


def _unused(settings: Settings) -> str:
    """Name settings of Slack's that do nothing without the bot's token."""
    others = {
        "GRAPEVINE_SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "GRAPEVINE_SLACK_APP_TOKEN": settings.slack_app_token,
        "GRAPEVINE_SLACK_TEAM_CHANNEL": settings.slack_team_channel,
    }
    idle = [name for name, value in others.items() if value is not None]
    if idle:
        return f"{' and '.join(idle)} does nothing without GRAPEVINE_SLACK_BOT_TOKEN ({_SETTINGS_PAGE}, Install App)"
    return "note: not set up; `grapevine manifest` and docs/slack.md lead to an app"


def _token(us: Told) -> str | None:
    match us.error:
        case "":
            return None
        case error if error in REFUSED_TOKENS:
            return (
                f"the token is refused ({error}); copy the Bot User OAuth Token again from {_SETTINGS_PAGE}, "
                "Install App, into GRAPEVINE_SLACK_BOT_TOKEN"
            )
        case error:
            return f"cannot be asked who we are ({error})"


async def _way_in(settings: Settings) -> str | None:
    if settings.slack_app_token is not None:
        return await _socket(settings, settings.slack_app_token)
    if settings.slack_signing_secret is None:
        return "there is none, as Settings says above"
    return f"note: HTTP; the Request URL in Slack has to be {settings.own_url}{EVENTS_PATH}"


async def _socket(settings: Settings, token: SecretStr) -> str | None:
    """Ask for an address to connect to, the only thing this token can do; nothing is opened until one goes there."""
    try:
        told = await ask(settings, token, "apps.connections.open")
    except SlackUnreachable:
        return _UNREACHABLE
    match told.error:
        case "":
            return None
        case "missing_scope":
            return (
                f"the app token lacks connections:write; make another under {_SETTINGS_PAGE}, Basic Information, "
                "App-Level Tokens, for GRAPEVINE_SLACK_APP_TOKEN"
            )
        case error if error in REFUSED_TOKENS:
            return (
                f"the app token is refused ({error}); copy it again from {_SETTINGS_PAGE}, Basic Information, "
                "App-Level Tokens, into GRAPEVINE_SLACK_APP_TOKEN"
            )
        case error:
            return f"Socket Mode is refused ({error}); is it switched on under {_SETTINGS_PAGE}, Socket Mode?"


def _scopes(us: Told) -> str | None:
    if us.scopes is None:
        return "note: Slack does not tell which scopes the token has"
    missing = [scope for scope in SCOPES if scope not in us.scopes]
    if not missing:
        return None
    return (
        f"missing: {', '.join(missing)}. Under {_SETTINGS_PAGE}, App Manifest, paste what `grapevine manifest` prints, "
        "save, and reinstall the app"
    )


async def _channel(settings: Settings, token: SecretStr, us: Told) -> str | None:
    channel = settings.slack_team_channel
    if channel is None:
        return (
            "note: GRAPEVINE_SLACK_TEAM_CHANNEL is not set, so the team hears of nothing and customers cannot reach a "
            "human"
        )
    told = await ask(settings, token, "conversations.info", channel=channel)
    bot = us.word("user") or "Grapevine"
    match told.error:
        case "":
            return _seen(told.body["channel"], bot)
        case "channel_not_found":
            return (
                f"{channel} is not there, or private and without the app. Is the id right? In a private channel, "
                f"write: /invite @{bot}"
            )
        case error:
            return f"cannot be looked at ({error})"


def _seen(channel: Mapping[str, Any], bot: str) -> str | None:
    if any(channel.get(mark) for mark in ("is_ext_shared", "is_shared", "is_pending_ext_shared")):
        return (
            "is shared with another organisation, so nothing is posted there: figures and customers are for your own "
            "people only. Choose a channel of your own"
        )
    if channel.get("is_archived"):
        return "is archived; take it out of the archive, or choose another"
    if not channel.get("is_member"):
        return f"the app is not in it; write there: /invite @{bot}"
    return None


async def _team(settings: Settings) -> str | None:
    try:
        team = await members.everyone(settings)
    except Unreachable:
        return "note: the database cannot be reached, so nobody knows who is on it"
    if not team:
        return "nobody is on it yet, so nobody sees figures: grapevine team add MEMBER --role owner"
    return None

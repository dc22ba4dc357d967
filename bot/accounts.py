"""As whom, and where, this installation speaks on each platform: what the settings say, or the playground."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import Fetch
from bot.limiting import Limiter
from bot.pacing import Paced
from bot.playground.playground import TELEGRAM_TOKEN, Playground
from bot.playground.slack import peer as pretend_slack
from bot.settings import Settings
from bot.slack.manifest import COMMAND
from messages.catalog import Catalog


class Surroundings(TypedDict):
    """What every chat edge needs of the house."""

    dispatcher: Paced
    clock: Clock
    catalog: Catalog
    addresses: Callable[[], Addresses]
    default_language: str
    zone: ZoneInfo
    nursery: Nursery
    fetch: Fetch
    park: Callable[[str, str], Awaitable[None]]
    limiter: Limiter


class TelegramAccount(TypedDict):
    """The bot, and how its updates come in."""

    token: str
    api_url: str
    webhook_secret: str | None
    webhook_url: str | None
    elsewhere: tuple[str, ...]


class SlackAccount(TypedDict):
    """The app, how its events come in, and where its team is."""

    bot_token: str
    signing_secret: str | None
    app_token: str | None
    api_url: str
    team_channel: str | None
    command: str
    elsewhere: tuple[str, ...]


def telegram_account(settings: Settings, playground: Playground | None) -> TelegramAccount | None:
    """Return the bot's account; nothing where Telegram is not set up."""
    token, api_url = settings.telegram_token, settings.telegram_api_url
    if playground is None and token is None:
        return None
    own_key = settings.secret_key.get_secret_value() if settings.secret_key else ""
    webhook = settings.telegram_mode == "webhook"
    has_slack = playground is not None or settings.slack_bot_token is not None
    return TelegramAccount(
        token=token.get_secret_value() if token else TELEGRAM_TOKEN,
        api_url=playground.telegram_api_url.removesuffix("/bot") if playground else api_url,
        webhook_secret=hashlib.sha256(f"telegram-webhook:{own_key}".encode()).hexdigest() if webhook else None,
        webhook_url=f"{settings.own_url}/hooks/telegram" if webhook else None,
        elsewhere=("slack",) if has_slack else (),
    )


def slack_account(settings: Settings, playground: Playground | None) -> SlackAccount | None:
    """Return the app's account; nothing where Slack is not set up."""
    if playground is not None:
        return SlackAccount(
            bot_token=pretend_slack.BOT_TOKEN,
            signing_secret=pretend_slack.SIGNING_SECRET,
            app_token=pretend_slack.APP_TOKEN if settings.slack_app_token else None,
            api_url=playground.slack_api_url,
            team_channel=pretend_slack.TEAM_CHANNEL,
            command=COMMAND,
            elsewhere=("telegram",),
        )
    token, secret, by_socket = settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token
    if token is None:
        return None
    return SlackAccount(
        bot_token=token.get_secret_value(),
        signing_secret=secret.get_secret_value() if secret else None,
        app_token=by_socket.get_secret_value() if by_socket else None,
        api_url=settings.slack_api_url,
        team_channel=settings.slack_team_channel,
        command=COMMAND,
        elsewhere=("telegram",) if settings.telegram_token else (),
    )


def addresses(settings: Settings, playground: Playground | None, *, username: str | None, slack_app: str) -> Addresses:
    """Say where links lead; `username` is nothing without Telegram, and empty until Telegram has told it."""
    command = COMMAND if slack_account(settings, playground) else None
    if playground is not None:
        return Addresses(
            public_url=settings.own_url,
            bot_chat=playground.bot_chat,
            share_sheet=playground.share_sheet,
            slack_command=command,
            slack_app=playground.slack_chat,
        )
    return Addresses(
        public_url=settings.own_url,
        bot_chat=f"https://t.me/{username}" if username is not None else "",
        slack_command=command,
        slack_app=slack_app,
        has_pages=settings.is_public,
    )

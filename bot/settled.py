"""Settings that are right one by one and wrong together, found before anything starts."""

from bot.settings import Settings
from bot.wrong import WrongSetting


def check(settings: Settings, languages: tuple[str, ...]) -> None:
    """Refuse what could not work; raises WrongSetting."""
    _speaks_the_language(settings, languages)
    _can_be_called_by_telegram(settings)
    _can_be_called_by_slack(settings)


def _speaks_the_language(settings: Settings, languages: tuple[str, ...]) -> None:
    if settings.language not in languages:
        raise WrongSetting(
            "GRAPEVINE_LANGUAGE",
            f"There are no texts in “{settings.language}”.",
            f"Choose one of these: {', '.join(languages)}.",
        )


def _can_be_called_by_telegram(settings: Settings) -> None:
    if settings.telegram_token is None or settings.telegram_mode != "webhook" or settings.is_public:
        return
    # A Bot API server of one's own may post to any address; Telegram's posts to public https alone.
    if settings.telegram_api_url == "https://api.telegram.org":
        raise WrongSetting(
            "GRAPEVINE_TELEGRAM_MODE",
            "Telegram posts to a webhook only where it finds public https.",
            "Set GRAPEVINE_PUBLIC_URL to such an address, or GRAPEVINE_TELEGRAM_MODE=polling.",
        )


def _can_be_called_by_slack(settings: Settings) -> None:
    if settings.slack_bot_token is None:
        return
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise WrongSetting(
            "GRAPEVINE_SLACK_BOT_TOKEN",
            "Slack has no way in: there is neither an app token nor a signing secret.",
            "Set GRAPEVINE_SLACK_APP_TOKEN for Socket Mode, or GRAPEVINE_SLACK_SIGNING_SECRET for signed HTTP.",
        )
    is_slacks_own = settings.slack_api_url == "https://slack.com/api"
    if settings.slack_app_token is None and not settings.is_public and is_slacks_own:
        raise WrongSetting(
            "GRAPEVINE_PUBLIC_URL",
            "Slack posts to public https alone, and there is no such address yet.",
            "Set it, or set GRAPEVINE_SLACK_APP_TOKEN: Socket Mode needs no address.",
        )

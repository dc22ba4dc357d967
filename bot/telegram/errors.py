"""Which of Telegram's failures are final, and what the others ask for."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.delivery import DeliveryFailed
from bot.telegram.request import NotSent, TooFast

# Telegram tells these apart from other refusals only by their words, which it has kept since 2016.
GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid", "bot was kicked")
UNCHANGED = "message is not modified"
NOT_EDITABLE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
OLD_QUERY = ("query is too old", "query id is invalid", "query_id_invalid")


class TokenRefused(Exception):
    """Telegram does not accept the bot's token: only its owner can help."""

    def __init__(self) -> None:
        super().__init__("Telegram refuses the bot token. Copy it again from @BotFather into GRAPEVINE_TELEGRAM_TOKEN.")


def delivery_failure(error: TelegramError) -> DeliveryFailed:
    """Say what a failed call means for the message it carried.

    Anything that is no clear refusal counts as *unknown*: a timeout or a broken line comes after sending, and a 5xx
    from the gateway says nothing about whether the message was made behind it. Only a connection that never stood
    is *unreachable*.
    """
    match error:
        case TooFast():
            return DeliveryFailed("wait", error.message, retry_after=error.seconds)
        case Forbidden():
            return _forbidden(error)
        case BadRequest():
            return DeliveryFailed("gone" if says(error, *GONE) else "refused", error.message)
        case ChatMigrated():
            return DeliveryFailed("gone", "the chat became another one")
        case InvalidToken() | Conflict():
            # Nothing was delivered and nothing can be until the owner acts; the message itself is not to blame.
            return DeliveryFailed("unreachable", error.message, everyone=True)
        case NotSent():
            return DeliveryFailed("unreachable", error.message, everyone=True)
        case _:
            return DeliveryFailed("unknown", error.message)


def says(error: TelegramError, *words: str) -> bool:
    """Tell whether Telegram's description has one of these words."""
    text = error.message.lower()
    return any(word in text for word in words)


def _forbidden(error: Forbidden) -> DeliveryFailed:
    return DeliveryFailed("gone" if says(error, *GONE) else "blocked", error.message)

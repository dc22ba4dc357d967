"""Each of Telegram's failures, and what follows from it."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.delivery import Reason
from bot.telegram.errors import delivery_failure
from bot.telegram.request import NotSent, TooFast


@pytest.mark.parametrize(
    ("error", "reason", "final"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked", True),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked", True),
        (Forbidden("Forbidden: user is deactivated"), "gone", True),
        (BadRequest("Bad Request: chat not found"), "gone", True),
        (BadRequest("Bad Request: message is too long"), "refused", True),
        (ChatMigrated(-100), "gone", True),
        (TimedOut(), "unknown", False),
        (NetworkError("Internal Server Error (500)"), "unknown", False),
        (NetworkError("Bad Gateway"), "unknown", False),
        (TelegramError("Invalid server response"), "unknown", False),
        (NotSent("Telegram cannot be reached."), "unreachable", False),
        (InvalidToken(), "unreachable", False),
        (Conflict("terminated by other getUpdates request"), "unreachable", False),
        (TooFast(3), "wait", False),
    ],
)
def test_what_a_failure_means(error: TelegramError, reason: Reason, final: bool) -> None:  # noqa: FBT001 - a table of cases
    failure = delivery_failure(error)
    assert (failure.reason, failure.final) == (reason, final)


def test_how_long_to_wait() -> None:
    assert delivery_failure(TooFast(3)).retry_after == 3.0

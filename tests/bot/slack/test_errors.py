"""Each of Slack's failures, and what follows from it."""

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError

from bot.delivery import Reason
from bot.slack.errors import FOR_THE_OWNER, GONE, SlackScopesMissing, delivery_failure, refusal


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        *((word, "gone") for word in sorted(GONE)),
        *((word, "unreachable") for word in sorted(FOR_THE_OWNER)),
        ("account_inactive", "unreachable"),
        ("missing_scope", "unreachable"),
        ("ratelimited", "wait"),
        ("rate_limited", "wait"),
        ("internal_error", "unknown"),
        ("fatal_error", "unknown"),
        ("msg_too_long", "refused"),
        ("invalid_blocks", "refused"),
        ("a_word_of_next_year", "refused"),
    ],
)
def test_what_a_word_means(word: str, reason: Reason) -> None:
    failure = refusal(word, needed="chat:write")
    assert failure.reason == reason
    assert failure.everyone == (word in FOR_THE_OWNER)
    assert (failure.retry_after is None) == (reason != "wait")


def connection_failed() -> aiohttp.ClientConnectorError:
    key = ConnectionKey("slack.com", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
    return aiohttp.ClientConnectorError(key, OSError("refused"))


@pytest.mark.parametrize(
    ("error", "reason", "everyone"),
    [
        (connection_failed(), "unreachable", True),
        (aiohttp.ConnectionTimeoutError(), "unreachable", True),
        (aiohttp.InvalidURL("x"), "unreachable", True),
        (TimeoutError(), "unknown", False),
        (aiohttp.ServerTimeoutError(), "unknown", False),
        (aiohttp.ServerDisconnectedError(), "unknown", False),
        (OSError(), "unknown", False),
        (SlackApiError("a page of a proxy's", object()), "unknown", False),  # type: ignore[no-untyped-call]  # the SDK's
    ],
)
def test_what_a_broken_line_means(error: Exception, reason: Reason, everyone: bool) -> None:  # noqa: FBT001 - a table of cases
    failure = delivery_failure(error)
    assert (failure.reason, failure.everyone) == (reason, everyone)


def test_what_is_missing_is_named_with_its_remedy() -> None:
    said = str(SlackScopesMissing(("files:write", "users:read")))
    assert "files:write, users:read" in said
    assert "grapevine manifest" in said

"""Which of Slack's failures are final, and what the others ask for."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import DeliveryFailed

# The person, or what stands for them, is not there to be written to.
GONE = frozenset(
    {
        *("user_not_found", "users_not_found", "user_disabled", "user_not_visible", "channel_not_found", "is_archived"),
        *("is_inactive", "cannot_dm_bot", "user_is_bot", "user_is_restricted", "not_in_channel"),
    }
)
# Nothing can be delivered to anyone until the owner acts; the message is not to blame.
FOR_THE_OWNER = frozenset(
    {
        *("invalid_auth", "not_authed", "token_revoked", "token_expired", "org_login_required"),
        *("not_allowed_token_type", "team_access_not_granted", "messages_tab_disabled", "access_denied"),
    }
)
# What `auth.test` says when no later attempt with this token can succeed.
REFUSED_TOKENS = frozenset(
    {
        *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
        *("not_allowed_token_type", "no_permission"),
    }
)
TOO_FAST = frozenset({"ratelimited", "rate_limited"})
# Slack failed on its side, perhaps after it had done what was asked.
UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
# Slack refuses blocks with these words, among others for a picture that it has not processed yet.
BROKEN_BLOCKS = frozenset({"invalid_blocks", "invalid_attachments", "invalid_arguments"})
# What is wrong with a message itself, wherever it goes: it would be refused tomorrow, too.
BROKEN_MESSAGES = BROKEN_BLOCKS | {
    *("msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks_format", "attachment_payload_limit_exceeded"),
    *("too_many_attachments", "metadata_too_large", "invalid_metadata_format", "markdown_text_conflict"),
}
# What says that a message of ours cannot be changed any more: a person may have deleted it.
LOST_MESSAGES = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
# Said of a person who was deactivated, and of a token whose workspace is gone.
LEFT = "account_inactive"
# A modal can be opened within three seconds of the tap, and once.
LATE_TRIGGERS = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "invalid_trigger_id"})
DEFAULT_WAIT_SECONDS = 1.0
_PLACES = 80  # of a word of Slack's in a log line

# What the owner can do where Slack refuses a post to the channel, by what its word begins with.
REMEDIES = {
    "not_in_channel": "Invite the app to the channel.",
    "channel_not_found": "Set GRAPEVINE_SLACK_TEAM_CHANNEL to the channel's id, and invite the app to it.",
    "is_archived": "Unarchive the channel, or set GRAPEVINE_SLACK_TEAM_CHANNEL to another.",
    "restricted_action": "Let the app post there: the channel's settings, Posting permissions.",
    "no_permission": "Let the app post there: the channel's settings, Posting permissions.",
    "message_limit_exceeded": "The workspace has used up its plan's messages: Slack's plan settings.",
}
LOOK_IT_UP = "Slack explains the word at https://docs.slack.dev/reference/methods/chat.postMessage."

log = structlog.get_logger(__name__)


class SlackTokenRefused(Exception):
    """Slack does not accept a token: only its owner can help."""

    def __init__(self, setting: str = "GRAPEVINE_SLACK_BOT_TOKEN") -> None:
        super().__init__(f"Slack refuses the token. Copy it again from your app's settings into {setting}.")


class SlackScopesMissing(Exception):
    """The app was installed without permissions that it needs: only its owner can help."""

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__(
            f"The Slack app lacks the scopes {', '.join(scopes)}. Paste the manifest of `grapevine manifest` into your "
            "app's settings and install the app again."
        )
        self.scopes = scopes


@contextmanager
def translated() -> Iterator[None]:
    """Raise every failure of a call as the DeliveryFailed that it means."""
    try:
        yield
        return
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        failure = delivery_failure(error)
    # Raised out here: the error's own text holds what Slack answered, which is nobody's business in a log.
    raise failure


def delivery_failure(error: Exception) -> DeliveryFailed:
    """Say what a failed call means for the message it carried.

    Anything that is no clear refusal counts as *unknown*: a timeout or a broken line comes after sending, and a 5xx
    says nothing about whether the message was made behind it. Only a connection that never stood is *unreachable*.
    """
    if isinstance(error, SlackApiError):
        return _refusal(error)
    what = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        return DeliveryFailed("unreachable", f"Slack cannot be reached ({what})", everyone=True)
    if isinstance(error, asyncio.TimeoutError):
        return DeliveryFailed("unknown", f"Slack did not answer in time ({what})")
    return DeliveryFailed("unknown", f"the connection to Slack broke ({what})")


def refusal(word: str, *, needed: str = "", retry_after: float | None = None) -> DeliveryFailed:
    """Say what an error word of Slack's means."""
    if word in TOO_FAST:
        return DeliveryFailed("wait", word, retry_after=retry_after or DEFAULT_WAIT_SECONDS)
    if word == "missing_scope":
        log.error("slack.scope-missing", scope=needed, remedy=str(SlackScopesMissing((needed,))))
        return DeliveryFailed("unreachable", f"missing_scope {needed}")
    if word in GONE:
        return DeliveryFailed("gone", word)
    if word in FOR_THE_OWNER:
        return DeliveryFailed("unreachable", word, everyone=True)
    if word == LEFT:
        # Slack says so of a person who left and of a token whose workspace is gone: losing every chat over the second
        # would be worse than trying this one for some hours.
        return DeliveryFailed("unreachable", word)
    if word in UNSURE:
        return DeliveryFailed("unknown", word)
    return DeliveryFailed("refused", word[:_PLACES])


def _refusal(error: SlackApiError) -> DeliveryFailed:
    answer = error.response
    if not isinstance(answer, AsyncSlackResponse):
        return DeliveryFailed("unknown", "what answered is not Slack")
    retry_after = _seconds(answer.headers.get("Retry-After"))
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return refusal("ratelimited", retry_after=retry_after)
    said = answer.data if isinstance(answer.data, dict) else {}
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or not isinstance(said.get("error"), str):
        return DeliveryFailed("unknown", f"status {answer.status_code}")
    return refusal(said["error"], needed=str(said.get("needed", "")), retry_after=retry_after)


def _seconds(header: str | None) -> float:
    try:
        return max(DEFAULT_WAIT_SECONDS, float(header or 0))
    except ValueError:
        return DEFAULT_WAIT_SECONDS

"""Signed HTTP: a posted payload goes through bolt within its request, so that Slack repeats what was not committed."""

from collections.abc import Mapping

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.slack.parking import describe
from bot.slack.taking import Afterwards, Taking, taking

# How reading a body fails that is no payload of Slack's, in the SDK and in bolt.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)

HttpAnswer = tuple[int, Mapping[str, str], bytes]

log = structlog.get_logger(__name__)


class Door:
    """Takes payloads, whichever way they come in."""

    def __init__(self, application: AsyncApp, afterwards: Afterwards, *, signing_secret: str | None) -> None:
        self._application = application
        self._afterwards = afterwards
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None

    async def take(self, request: AsyncBoltRequest, taken: Taking) -> BoltResponse:
        """Run one payload through its listener."""
        before = taking.set(taken)
        try:
            return await self._application.async_dispatch(request)
        except UNREADABLE as error:
            # A listener's failure has been settled by now: this is a body that bolt itself stumbled over.
            log.error("slack.unreadable", error=describe(error))
            return BoltResponse(status=400)
        finally:
            taking.reset(before)

    async def take_http(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Take a posted payload and return status, headers and body of the answer."""
        if self._verifier is None:
            return 404, {}, b""
        if not _is_signed(body, headers, self._verifier):
            return 401, {}, b""
        try:
            request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
        except UNREADABLE:
            return 400, {}, b""
        read: object = request.body
        if not isinstance(read, dict):
            return 400, {}, b""
        with self._afterwards.beginning() as taken:
            response = await self.take(request, taken)
            self._afterwards.start(taken)
        return _answer(response)


def _is_signed(body: bytes, headers: Mapping[str, str], verifier: SignatureVerifier) -> bool:
    # Bolt's own check comes after it has read the body, and fails rather than refuses where the time is no number:
    # whoever has no secret must reach neither.
    try:
        return verifier.is_valid_request(body, {name.lower(): value for name, value in headers.items()})
    except UNREADABLE:
        return False


def _answer(response: BoltResponse) -> HttpAnswer:
    headers = {name: ", ".join(values) for name, values in response.headers.items()}
    return response.status, headers, response.body.encode()

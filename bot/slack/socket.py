"""Socket Mode: Slack hands payloads over a line that we open, so no public address is needed.

The SDK's own client is not used: it runs payloads in tasks that nobody waits for at the end, and when a line cannot be
opened it tries the same single-use address for ever.
"""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncBoltRequest

from bot.background import Nursery
from bot.delivery import DeliveryFailed
from bot.slack.calls import Calls
from bot.slack.doors import UNREADABLE, Door
from bot.slack.errors import REFUSED_TOKENS, SlackTokenRefused
from bot.slack.taking import Afterwards

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# Slack pings every few seconds; a line that is silent for so long is dead.
HEARTBEAT_SECONDS = 10.0
# Slack asks to move to a new line some ten seconds before it closes the old one.
OVERLAP_SECONDS = 8.0
# A line lives for hours. Where several in a row are over at once, Slack does not want us: asking on as fast as the
# network allows would only use up what it grants a minute.
SHORT_LIFE_SECONDS, SHORT_LIVES = 10.0, 3
FINISH_SECONDS = 10.0
OK = 200

log = structlog.get_logger(__name__)


class SocketMode:
    """Keeps a line open and takes what comes over it; a new line stands before the old one goes."""

    def __init__(self, calls: Calls, door: Door, afterwards: Afterwards, *, nursery: Nursery) -> None:
        self._calls = calls
        self._door = door
        self._afterwards = afterwards
        self._nursery = nursery
        self._loop: asyncio.Task[None] | None = None
        self._lines: set[aiohttp.ClientWebSocketResponse] = set()
        self._payloads: set[asyncio.Task[None]] = set()
        self._retiring: set[asyncio.Task[None]] = set()
        self._failures = 0
        self._stopping = False

    @property
    def connected(self) -> bool:
        """Tell whether payloads come in."""
        return self._loop is not None and not self._loop.done() and any(not line.closed for line in self._lines)

    async def start(self) -> None:
        """Open the first line, and keep one open from now on; raises DeliveryFailed or SlackTokenRefused."""
        self._begin(self._keep(await self._open()))

    async def stop(self) -> None:
        """Take no more, finish what was begun, and close the lines."""
        self._stopping = True
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait({self._loop})
        for task in self._retiring:
            task.cancel()
        if begun := self._payloads | self._retiring:
            await asyncio.wait(begun, timeout=FINISH_SECONDS)
        for line in self._lines:
            await line.close()
        self._lines.clear()

    def _begin(self, keeping: Coroutine[Any, Any, None]) -> None:
        self._loop = self._nursery.start(keeping, name="slack-socket")
        self._loop.add_done_callback(self._ended)

    def _ended(self, loop: asyncio.Task[None]) -> None:
        if self._stopping or loop.cancelled() or loop.exception() is None:
            return
        self._begin(self._keep_again())  # the nursery has logged the failure itself

    async def _keep_again(self) -> None:
        await asyncio.sleep(FIRST_PAUSE_SECONDS)
        await self._keep(await self._reopened())

    async def _keep(self, line: aiohttp.ClientWebSocketResponse) -> None:
        clock, lives = asyncio.get_running_loop().time, 0
        while True:
            self._failures, began = 0, clock()
            await self._listen(line)
            lives = lives + 1 if clock() - began < SHORT_LIFE_SECONDS else 0
            if lives > SHORT_LIVES:
                await asyncio.sleep(_pause(lives - SHORT_LIVES))
            line = await self._reopened()

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        try:
            address = await self._calls.socket_address()
        except DeliveryFailed as failure:
            if failure.detail in REFUSED_TOKENS:
                raise SlackTokenRefused("GRAPEVINE_SLACK_APP_TOKEN") from None
            raise
        line = await self._calls.open_socket(address, heartbeat=HEARTBEAT_SECONDS)
        self._lines.add(line)
        return line

    async def _reopened(self) -> aiohttp.ClientWebSocketResponse:
        while True:
            try:
                return await self._open()
            except (DeliveryFailed, SlackTokenRefused) as failure:
                self._failures += 1
                pause = _pause(self._failures)
                log.warning("slack.socket-not-open", detail=str(failure), seconds=pause)
                await asyncio.sleep(pause)

    async def _listen(self, line: aiohttp.ClientWebSocketResponse) -> None:
        """Read one line until Slack asks for another, or it breaks."""
        async for message in line:
            if message.type != aiohttp.WSMsgType.TEXT:
                continue
            envelope = _object(message.data)
            if envelope.get("type") == "disconnect":
                log.info("slack.socket-moves", reason=envelope.get("reason"))
                self._do(self._retire(line), self._retiring)
                return
            if "envelope_id" in envelope:
                self._do(self._take(line, envelope), self._payloads)
        self._lines.discard(line)
        log.info("slack.socket-closed")

    async def _retire(self, line: aiohttp.ClientWebSocketResponse) -> None:
        """Keep an old line for the acknowledgements still owed on it."""
        try:
            async with asyncio.timeout(OVERLAP_SECONDS):
                async for message in line:
                    envelope = _object(message.data)
                    if "envelope_id" in envelope:
                        self._do(self._take(line, envelope), self._payloads)
        except TimeoutError:
            await line.close()
        self._lines.discard(line)

    async def _take(self, line: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        """Run one payload and acknowledge it; what failed stays unacknowledged, and Slack brings it again."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=_payload(envelope), headers=_headers(envelope))
        except UNREADABLE:
            log.warning("slack.unreadable-envelope")
            return
        with self._afterwards.beginning() as taken:
            response = await self._door.take(request, taken)
            if response.status == OK:
                await self._acknowledge(line, envelope, response.body)
            self._afterwards.start(taken)

    async def _acknowledge(self, line: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any], body: str) -> None:
        payload = {"payload": json.loads(body) if body.startswith("{") else {"text": body}} if body else {}
        try:
            await line.send_str(json.dumps({"envelope_id": envelope["envelope_id"], **payload}))
        except (aiohttp.ClientError, ConnectionError, RuntimeError):
            log.warning("slack.not-acknowledged")

    def _do(self, work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
        task = self._nursery.start(work, name="slack-socket-work")
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _pause(failures: int) -> float:
    return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * (1 << min(failures - 1, 10)))


def _payload(envelope: dict[str, Any]) -> dict[str, Any]:
    payload = envelope.get("payload")
    return payload if isinstance(payload, dict) else {}


def _headers(envelope: dict[str, Any]) -> dict[str, str | Sequence[str]]:
    named = {"x-slack-retry-num": "retry_attempt", "x-slack-retry-reason": "retry_reason"}
    return {header: str(envelope[name]) for header, name in named.items() if envelope.get(name) is not None}


def _object(text: object) -> dict[str, Any]:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

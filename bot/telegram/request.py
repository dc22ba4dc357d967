"""The Bot API's transport over aiohttp; it tells "surely not sent" apart from "may have arrived"."""

import asyncio
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram import Update
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Connecting is quick or it is not going to work; an answer may take Telegram a few seconds under load.
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
# A QR picture is some 2 kB: a slower upload than this is a dead line.
UPLOAD_SECONDS = 20.0
# Telegram keeps an idle connection for about a minute; giving up first avoids writing into one it just closed, which
# could only be reported as "may have arrived".
KEEP_ALIVE_SECONDS = 30.0

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, OSError)


class NotSent(NetworkError):
    """The request never left this machine: repeating it cannot repeat its effect."""


class TooFast(TelegramError):
    """Telegram asks us to wait `seconds`; PTB's own RetryAfter warns of its own deprecation whenever it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asks to wait {seconds:g} seconds.")
        self.seconds = seconds


class Call:
    """What a call says, written down once for all its recipients, as far as PTB's transport asks for it.

    PTB asks every parameter of a call whether it is a file, a date or a default, and makes a Message of the answer: 0.2
    milliseconds for each of the same words to thirty thousand people. JSON is written in a tenth of a form's time.
    """

    __slots__ = ("encoded",)

    contains_files = False
    multipart_data: None = None

    def __init__(self, encoded: bytes) -> None:
        self.encoded = encoded

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> "Call":
        """Write fields down."""
        return cls(json.dumps(fields).encode())

    def to(self, chat: int) -> "Call":
        """Address it."""
        return Call(b'{"chat_id":%d,%b' % (chat, self.encoded[1:]))


class AiohttpRequest(BaseRequest):
    """One keep-alive pool of connections to the Bot API, without retries of its own."""

    __slots__ = ("_connections", "_proxies", "_read", "_session")

    def __init__(self, *, connections: int = 64, read: float = READ_SECONDS, proxies: bool = False) -> None:
        self._connections = connections
        self._read = read
        self._proxies = proxies  # heed HTTPS_PROXY; never for the playground on loopback, which no proxy can reach
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Return the seconds an answer may take unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; once is enough."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._proxies,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer, which something between us and Telegram may have made."""
        answer: object = BaseRequest.parse_json_payload(payload)
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok") is not False):
            raise NetworkError("What answered is not Telegram.")
        return answer

    async def post_call(self, url: str, call: Call) -> None:
        """Make one call whose answer says no more than that it was carried out; raises TelegramError."""
        await self.post(url, request_data=cast(RequestData, call))  # PTB's own class is final and asks what we save

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is BaseRequest's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and return the status and the body."""
        if self._session is None:
            raise NotSent("The connection to Telegram is closed.")
        timeout = _timeout(
            connect=_seconds(connect_timeout, CONNECT_SECONDS) + _seconds(pool_timeout, 0),
            read=_seconds(read_timeout, self._read),
            write=_seconds(write_timeout, UPLOAD_SECONDS),
        )
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as answer:
                status, payload = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure: TelegramError = _failure(error)
        else:
            if status != HTTPStatus.TOO_MANY_REQUESTS:
                return status, payload
            failure = TooFast(_wait(payload))
        # Raised out here so that aiohttp's error, whose text may hold the address and with it the token, is no part
        # of the traceback that gets logged.
        raise failure


class UpdatesRequest(AiohttpRequest):
    """The long poll's own connection; an update that PTB cannot read must not hold up all that follow it."""

    __slots__ = ()

    def __init__(self, *, proxies: bool = False) -> None:
        super().__init__(connections=2, proxies=proxies)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer and leave of an unreadable update only its number."""
        answer = AiohttpRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            # Reading each update twice costs 90 microseconds, against at least a round trip for fetching it.
            numbered = [raw for raw in answer["result"] if isinstance(raw, dict) and type(raw.get("update_id")) is int]
            answer["result"] = [raw if readable(raw) else {"update_id": raw["update_id"]} for raw in numbered]
        return answer


def readable(raw: dict[str, Any]) -> bool:
    """Tell whether PTB can make an Update of this."""
    try:
        Update.de_json(raw, None)
    except UNREADABLE:
        return False
    return True


def _seconds(given: object, default: float) -> float:
    return float(given) if isinstance(given, int | float) else default


def _timeout(*, connect: float, read: float, write: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=connect + write + read, connect=connect, sock_connect=connect, sock_read=read)


def _body(data: RequestData | Call | None) -> dict[str, Any]:
    if data is None:
        return {}
    if isinstance(data, Call):
        return {"data": data.encoded, "headers": JSON}
    if not data.contains_files:
        return {"data": data.url_encoded_parameters().encode(), "headers": FORM}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


def _wait(payload: bytes) -> float:
    try:
        return max(1.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (LookupError, TypeError, ValueError):
        return 1.0


def _failure(error: BaseException) -> NetworkError:
    # Waiting for a connection of the pool counts as connecting, so it is a ConnectionTimeoutError as well.
    what = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        return NotSent(f"Telegram cannot be reached ({what}).")
    if isinstance(error, asyncio.TimeoutError):
        return TimedOut(f"Telegram did not answer in time ({what}).")
    return NetworkError(f"The connection to Telegram broke ({what}).")

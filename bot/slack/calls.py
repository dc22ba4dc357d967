"""Every call to Slack that we make, over one pool of kept connections; each failure is a DeliveryFailed."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import DeliveryFailed, File, FileGone
from bot.slack.errors import refusal, translated
from bot.slack.text import escaped

# Connecting is quick or it is not going to work; an answer may take Slack a few seconds under load.
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
# Slack keeps an idle connection for about a minute; giving up first avoids writing into one it just closed.
KEEP_ALIVE_SECONDS = 30.0
# A phone's photo is some 5 MB; the other platform takes no more than this.
LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 3000
NO_PREVIEWS: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}

Block = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A message as Slack takes it: the blocks, and the same in plain words for notifications and screen readers."""

    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Any]:
        """Write it as an answer to a command or to a response address."""
        shown = {"blocks": list(self.blocks)} if self.blocks else {}
        return {"text": escaped(self.text[:LONGEST_TEXT]), **shown, **NO_PREVIEWS}


class Calls:
    """The Web API, as far as we use it."""

    def __init__(self, token: str, api_url: str, *, app_token: str | None) -> None:
        self._is_remote = urlsplit(api_url).scheme == "https"
        self._api_host = urlsplit(api_url).netloc
        self._app_token = app_token
        # No handler repeats a call in place: what may have arrived is not sent twice, and whoever is told to wait
        # must not do so before an acknowledgement.
        self._client = AsyncWebClient(token, base_url=api_url, retry_handlers=[], logger=quiet_logger())
        if not self._is_remote:
            self._client.proxy = None  # the playground is on loopback, which no proxy can reach
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """Return the pool of connections."""
        if self._session is None:
            raise DeliveryFailed("unreachable", "the connection to Slack is closed", everyone=True)
        return self._session

    def open(self) -> None:
        """Open the pool; once is enough."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(
                total=CONNECT_SECONDS + READ_SECONDS, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS
            )
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=64, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=timeout,
                trust_env=self._is_remote,
            )
            self._client.session = self._session

    async def close(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def who_are_we(self) -> AsyncSlackResponse:
        """Ask whose token this is and where."""
        return await self._call("auth.test")

    async def app_of(self, bot: str) -> str:
        """Ask which app a bot belongs to: the token's own answer does not say."""
        with translated():
            told = await self._client.bots_info(bot=bot)
        return str((told.get("bot") or {}).get("app_id") or "")

    async def post(self, channel: str, written: Written, *, thread: str | None = None) -> str:
        """Post to a channel, or to a person by their id, and return the number of the message."""
        posted = await self._call("chat.postMessage", channel=channel, **_in_thread(thread), **written.as_json())
        return str(posted["ts"])

    async def edit(self, channel: str, number: str, written: Written) -> None:
        """Let a message of ours say something else."""
        body = written.as_json()
        for name in NO_PREVIEWS:
            del body[name]  # an edit previews nothing that was not previewed before, and does not know the words
        await self._call("chat.update", channel=channel, ts=number, **body)

    async def whisper(self, channel: str, user: str, written: Written, *, thread: str | None = None) -> None:
        """Say something in a channel that one person alone sees."""
        body = written.as_json()
        for name in NO_PREVIEWS:
            del body[name]  # what nobody else sees is never previewed, and the method does not know the words
        await self._call("chat.postEphemeral", channel=channel, user=user, **_in_thread(thread), **body)

    async def respond(self, url: str, written: Written, *, replaces: bool = False, thread: str | None = None) -> None:
        """Answer at the address that came with a command or a tap."""
        how: dict[str, Any] = {"replace_original": True} if replaces else {"response_type": "ephemeral"}
        if not replaces:
            how |= {"replace_original": False, **_in_thread(thread)}
        with translated():
            async with self.session.post(url, json={**written.as_json(), **how}) as answer:
                _judge(answer.status, await answer.text(), answer.headers.get("Retry-After"))

    async def open_view(self, trigger: str, view: Mapping[str, Any]) -> str:
        """Open a modal for whoever just tapped, and return its id."""
        opened = await self._call("views.open", trigger_id=trigger, view=view)
        return str(opened["view"]["id"])

    async def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Put something else into an open modal."""
        await self._call("views.update", view_id=view_id, view=view)

    async def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show somebody their Home."""
        await self._call("views.publish", user_id=user, view=view)

    async def user(self, user: str) -> Mapping[str, Any]:
        """Ask who somebody is."""
        with translated():
            told = await self._client.users_info(user=user, include_locale=True)
        return dict(told["user"])

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """Ask what kind of channel something is."""
        with translated():
            told = await self._client.conversations_info(channel=channel)
        return dict(told["channel"])

    async def upload(self, content: bytes, *, name: str, alt: str) -> str:
        """Bring a picture to Slack and return its id; it can be shown a moment later."""
        with translated():
            # The client opens a session of its own once this one is closed.
            session = self.session
            place = await self._client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt)
            async with session.post(str(place["upload_url"]), data=content) as answer:
                _judge(answer.status, "", None)
                await answer.read()
            file = str(place["file_id"])
            await self._client.files_completeUploadExternal(files=[{"id": file, "title": name}])
        return file

    async def is_processed(self, file: str) -> bool:
        """Ask whether Slack has looked at an uploaded file: until then it does not say what kind it is."""
        with translated():
            found = (await self._client.files_info(file=file))["file"]
        return bool(found.get("mimetype"))

    async def download(self, file: str) -> File:
        """Fetch a file that somebody sent; raises FileGone."""
        try:
            with translated():
                found = (await self._client.files_info(file=file))["file"]
        except DeliveryFailed as failure:
            if failure.final:
                raise FileGone from failure
            raise
        address = _address(found)
        if not self._is_slacks(address) or int(found.get("size") or 0) > LARGEST_FILE:
            raise FileGone
        content, media_type = await self._content(address)
        return File(content=content, media_type=media_type, name=str(found.get("name") or ""))

    async def socket_address(self) -> str:
        """Ask where to open a socket."""
        with translated():
            told = await self._client.apps_connections_open(app_token=self._app_token or "")
        return str(told["url"])

    async def open_socket(self, address: str, *, heartbeat: float) -> aiohttp.ClientWebSocketResponse:
        """Open a socket at an address of Slack's."""
        with translated():
            return await self.session.ws_connect(address, heartbeat=heartbeat, max_msg_size=0)

    async def _content(self, address: str) -> tuple[bytes, str]:
        with translated():
            headers = {"Authorization": f"Bearer {self._client.token}"}
            async with self.session.get(address, headers=headers, allow_redirects=False) as answer:
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                    raise DeliveryFailed("unreachable", f"the file: status {answer.status}")
                # Whoever may not see a file is sent, or shown, a page to sign in.
                if answer.status != HTTPStatus.OK or answer.content_type == "text/html":
                    raise FileGone
                return await answer.read(), answer.content_type

    def _is_slacks(self, address: str) -> bool:
        """Tell whether an address may be shown our token."""
        parts = urlsplit(address)
        is_slack = parts.scheme == "https" and (parts.hostname or "").endswith(".slack.com")
        return is_slack or (parts.scheme in {"http", "https"} and parts.netloc == self._api_host)

    async def _call(self, method: str, **arguments: Any) -> AsyncSlackResponse:
        with translated():
            self.session  # noqa: B018 - raises: the client would open a session of its own once this one is closed
            return await self._client.api_call(method, json=arguments)


def quiet_logger() -> logging.Logger:
    """Keep bolt and the SDK from logging: they write out bodies, and addresses that hold secrets."""
    logger = logging.getLogger("grapevine.slack")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def _address(file: Mapping[str, Any]) -> str:
    """Find the bytes of a file; of an iPhone's own kind of picture only the copy that Slack makes can be shown."""
    names = ["url_private_download", "url_private"]
    if file.get("mimetype") in {"image/heic", "image/heif"}:
        names = ["thumb_1024", "thumb_960", "thumb_720", *names]
    return next((str(file[name]) for name in names if file.get(name)), "")


def _in_thread(thread: str | None) -> Mapping[str, Any]:
    return {"thread_ts": thread} if thread else {}


def _judge(status: int, said: str, retry_after: str | None) -> None:
    """Read the answer of an address that is no method: "ok", or a word for what is wrong."""
    if status == HTTPStatus.OK and said.strip() in {"", "ok", '{"ok":true}', '{"ok": true}'}:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise refusal("ratelimited", retry_after=float(retry_after) if retry_after and retry_after.isdigit() else None)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise DeliveryFailed("unknown", f"status {status}")
    raise refusal(_word(said) or f"status {status}")


def _word(said: str) -> str:
    return next((word for word in ("invalid_blocks", "expired_url", "used_url", "no_text") if word in said), "")

"""The transport, against servers that refuse, stay silent, hang up, and talk nonsense."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.telegram import request
from bot.telegram.request import AiohttpRequest, NotSent, TooFast, UpdatesRequest

TOKEN = "42:very-secret"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ME = b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"G","username":"g_bot"}}'


def answering(status: int, body: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body)) + body)
        await writer.drain()
        writer.close()

    return serve


async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.close()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@asynccontextmanager
async def bot_at(port: int, *, read: float = 5.0) -> AsyncIterator[Bot]:
    transport, polling = AiohttpRequest(read=read), UpdatesRequest()
    bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=transport, get_updates_request=polling)
    await transport.initialize()
    await polling.initialize()
    yield bot
    await transport.shutdown()
    await polling.shutdown()


async def calling(serve: Serve, *, read: float = 5.0) -> TelegramError | str:
    """Ask who the bot is, and return the error or the name."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, bot_at(server.sockets[0].getsockname()[1], read=read) as bot:
        try:
            return str((await bot.get_me()).username)
        except TelegramError as error:
            return error


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def test_an_answer_comes_through() -> None:
    assert await calling(answering(200, ME)) == "g_bot"


async def test_a_connection_that_is_refused_was_surely_not_sent() -> None:
    async with bot_at(unused_port()) as bot:
        with pytest.raises(NotSent) as caught:
            await bot.get_me()
    assert "very-secret" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"


async def test_a_name_that_does_not_exist_was_surely_not_sent() -> None:
    transport = AiohttpRequest()
    async with transport:
        with pytest.raises(NotSent):
            await transport.post("http://nowhere.invalid/bot42:very-secret/getMe")


async def test_waiting_for_a_free_connection_was_surely_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "CONNECT_SECONDS", 0.05)
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    transport = AiohttpRequest(connections=1, read=1.0)
    async with server, transport:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot42:very-secret/getMe"
        first, second = await asyncio.gather(transport.post(url), transport.post(url), return_exceptions=True)
    assert isinstance(first, TimedOut)
    assert isinstance(second, NotSent)


async def test_silence_after_sending_may_have_arrived() -> None:
    error = await calling(silent, read=0.1)
    assert isinstance(error, TimedOut)
    assert "very-secret" not in f"{error!r} {error.__cause__!r} {error.__context__!r}"


async def test_hanging_up_after_sending_may_have_arrived() -> None:
    error = await calling(hanging_up)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, NotSent | TimedOut)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'"x"', b'{"ok":true}', b"null", b""])
async def test_an_answer_that_is_not_telegrams_is_an_ordinary_failure(body: bytes) -> None:
    assert isinstance(await calling(answering(200, body)), TelegramError)
    assert isinstance(await calling(answering(500, body)), NetworkError)


async def test_refusals_keep_telegrams_words() -> None:
    error = await calling(answering(400, b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}'))
    assert isinstance(error, BadRequest)
    assert error.message == "Chat not found"
    assert isinstance(await calling(answering(401, b'{"ok":false,"description":"Unauthorized"}')), InvalidToken)


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}', 7.0),
        (b'{"ok":false,"error_code":429,"description":"Too Many Requests"}', 1.0),
        (b"<html>", 1.0),
    ],
)
async def test_being_too_fast(body: bytes, seconds: float) -> None:
    error = await calling(answering(429, body))
    assert isinstance(error, TooFast)
    assert error.seconds == seconds


async def test_a_picture_is_uploaded_with_its_words() -> None:
    received = bytearray()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        received.extend(head + await reader.readexactly(length))
        await answering(200, b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"}}}')(
            _read(b"\r\n\r\n"), writer
        )

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server, bot_at(server.sockets[0].getsockname()[1]) as bot:
        await bot.send_photo(5, InputFile(b"\x89PNG", filename="qr.png"), caption="Grüße 🍇")
    assert b"multipart/form-data" in received
    assert b'name="photo"; filename="qr.png"' in received
    assert "Grüße 🍇".encode() in received


async def test_closing_twice_and_calling_afterwards() -> None:
    transport = AiohttpRequest()
    await transport.initialize()
    await transport.initialize()
    await transport.shutdown()
    await transport.shutdown()
    with pytest.raises(NotSent):
        await transport.post("http://127.0.0.1:1/x")


def _read(what: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_data(what)
    return reader

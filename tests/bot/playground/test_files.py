"""Pictures and files that people send: in sizes and albums, kept under an id, and fetched with the token only."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from aiogram.types import File as AiogramFile
from aiogram.types import Update as AiogramUpdate
from PIL import Image

from bot.playground.telegram.methods import LARGEST_FETCHED
from bot.playground.telegram.refusal import ImpossibleGesture
from tests.bot.playground.house import MAYA, TOKEN, Bot


def picture(width: int = 64, height: int = 48, colour: str = "purple") -> bytes:
    held = BytesIO()
    Image.new("RGB", (width, height), colour).save(held, "PNG")
    return held.getvalue()


async def messages(bot: Bot) -> list[dict[str, Any]]:
    updates = await bot.result("getUpdates")
    for update in updates:
        AiogramUpdate.model_validate(update)
    return [update["message"] for update in updates][1:]  # after /start


async def fetched(bot: Bot, path: str, token: str = TOKEN) -> tuple[int, bytes]:
    api = bot.api.removesuffix("bot")
    async with bot.session.get(f"{api}file/bot{token}/{path}") as answer:
        return answer.status, await answer.read()


async def test_a_picture_comes_in_sizes_the_largest_last(started: Bot) -> None:
    started.peer.send_photo(MAYA, picture(1200, 600), " Look: <b> ")
    (message,) = await messages(started)
    assert message["caption"] == "Look: <b>"
    assert [(size["width"], size["height"]) for size in message["photo"]] == [(320, 160), (1200, 600)]
    largest = message["photo"][-1]
    file = await started.result("getFile", file_id=largest["file_id"])
    AiogramFile.model_validate(file)
    assert await fetched(started, file["file_path"]) == (200, picture(1200, 600))
    assert file["file_size"] == len(picture(1200, 600))


async def test_an_album_is_several_messages_with_one_caption(started: Bot) -> None:
    started.peer.send_album(MAYA, [picture(colour=colour) for colour in ("red", "green")], "Both")
    first, second = await messages(started)
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Both", False)
    for contents in ([picture()], [picture()] * 11):
        with pytest.raises(ImpossibleGesture):
            started.peer.send_album(MAYA, contents)


async def test_a_file_keeps_its_name_and_is_no_photo(started: Bot) -> None:
    started.peer.send_document(MAYA, "../receipt.png", picture())
    (message,) = await messages(started)
    document = message["document"]
    assert (document["file_name"], document["mime_type"]) == ("../receipt.png", "image/png")
    file = await started.result("getFile", file_id=document["file_id"])
    assert ".." not in file["file_path"]
    assert await fetched(started, file["file_path"]) == (200, picture())
    refused = await started.refused("sendPhoto", chat_id=MAYA, photo=document["file_id"])
    assert refused == (400, "Bad Request: can't use file of type Document as Photo")


async def test_a_file_is_not_had_without_the_token_or_when_it_is_too_big(started: Bot) -> None:
    sent = started.peer.send_document(MAYA, "scan.bin", b"x" * (LARGEST_FETCHED + 1))
    assert sent.document
    assert await started.refused("getFile", file_id=sent.document.file_id) == (400, "Bad Request: file is too big")
    assert (await fetched(started, sent.document.path, "42:wrong"))[0] == 401
    assert (await fetched(started, "photos/nothing"))[0] == 404
    unknown = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert await started.refused("getFile", file_id="nothing") == unknown


async def test_a_phone_sends_no_broken_picture_and_no_endless_words(started: Bot) -> None:
    for content, caption in ((b"not a picture", ""), (b"", ""), (picture(), "x" * 1025)):
        with pytest.raises(ImpossibleGesture):
            started.peer.send_photo(MAYA, content, caption)
    with pytest.raises(ImpossibleGesture):
        started.peer.send_document(MAYA, "empty.txt", b"")
    assert await messages(started) == []


async def test_the_file_door_has_troubles_too(started: Bot) -> None:
    sent = started.peer.send_photo(MAYA, picture())
    assert sent.photo
    started.peer.faults.add("file", status=502)
    assert (await fetched(started, sent.photo.path))[0] == 502
    assert (await fetched(started, sent.photo.path))[0] == 200

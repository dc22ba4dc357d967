"""Files: brought in three steps, shown once processed, handed out only to those who show a token."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.slack.installed import Installed
from bot.playground.slack.peer import APP_TOKEN, BOT_TOKEN, OWNER, SAM, TEAM_CHANNEL
from tests.bot.playground.slack.house import House, home, manifest, modal, png


async def uploaded(house: House, content: bytes, *, length: int | None = None, **more: Any) -> str:
    """Bring a file and finish it; return its id."""
    size = len(content) if length is None else length
    told = await house.result("files.getUploadURLExternal", filename="qr.png", length=size)
    async with house.session.post(told["upload_url"], data=content) as answer:
        assert (answer.status, await answer.text()) == (200, f"OK - {len(content)}")
    await house.result("files.completeUploadExternal", files=[{"id": told["file_id"], "title": "QR"}], **more)
    return str(told["file_id"])


async def shown(house: House, file_id: str) -> dict[str, Any]:
    """Try to show a file in a message."""
    block = {"type": "image", "alt_text": "a QR code", "slack_file": {"id": file_id}}
    return await house.call("chat.postMessage", channel=SAM, text="x", blocks=[block])


async def test_a_picture_is_shown_a_moment_after_it_is_finished(house: House) -> None:
    house.slack.files.processing_seconds = 0.2
    file_id = await uploaded(house, png())
    refused = await shown(house, file_id)
    assert refused["error"] == "invalid_blocks"
    assert refused["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert (await house.result("files.info", file=file_id))["file"]["mimetype"] == ""
    await asyncio.sleep(0.25)
    assert (await shown(house, file_id))["ok"]
    (message,) = house.slack.messages(SAM)
    assert message.pictures[0]["slack_file"] == {"id": file_id}
    assert (await house.result("files.info", file=file_id))["file"]["mimetype"] == "image/png"


async def test_views_wait_for_it_too(house: House) -> None:
    house.slack.files.processing_seconds = 30.0
    block = {"type": "image", "alt_text": "x", "slack_file": {"id": await uploaded(house, png())}}
    error, messages = await house.refused("views.publish", user_id=SAM, view=home(block))
    assert (error, messages) == (
        "invalid_arguments",
        ["[ERROR] invalid slack file [json-pointer:/view/blocks/0/slack_file]"],
    )
    trigger = house.slack.tickets.trigger(SAM)
    assert (await house.refused("views.open", view=modal(block), trigger_id=trigger))[0] == "invalid_arguments"


async def test_what_is_no_picture_is_never_shown(house: House) -> None:
    house.slack.files.processing_seconds = 0.0
    file_id = await uploaded(house, b"not a picture")
    assert (await shown(house, file_id))["error"] == "invalid_blocks"
    assert (await house.result("files.info", file=file_id))["file"]["mimetype"] == "application/octet-stream"


async def test_an_upload_is_what_was_announced_and_once(house: House) -> None:
    told = await house.result("files.getUploadURLExternal", filename="x.png", length=3)
    for content, status in ((b"four", 400), (b"abc", 200), (b"abc", 400)):
        async with house.session.post(told["upload_url"], data=content) as answer:
            assert answer.status == status
    form = aiohttp.FormData()
    form.add_field("file", b"abc", filename="x.png")
    again = await house.result("files.getUploadURLExternal", filename="x.png", length=3)
    async with house.session.post(again["upload_url"], data=form) as answer:
        assert await answer.text() == "OK - 3"


async def test_an_unfinished_file_is_unknown(house: House) -> None:
    told = await house.result("files.getUploadURLExternal", filename="x.png", length=3)
    assert (await house.refused("files.completeUploadExternal", files=[{"id": told["file_id"]}]))[0] == "file_not_found"
    assert (await house.refused("files.completeUploadExternal", files=[]))[0] == "invalid_arguments"
    assert (await shown(house, told["file_id"]))["error"] == "invalid_blocks"


async def test_a_file_is_shared_into_a_thread(house: House) -> None:
    root = await house.says(TEAM_CHANNEL, text="A question")
    file_id = await uploaded(house, png(), channel_id=TEAM_CHANNEL, thread_ts=root.ts, initial_comment="See here")
    message = house.slack.messages(OWNER, TEAM_CHANNEL)[-1]
    assert (message.thread_ts, message.files, message.words) == (root.ts, [file_id], "See here")
    (reply,) = house.slack.view(OWNER)["channels"][0]["messages"][0]["replies"]
    assert reply["files"][0]["url"] == f"/playground/slack/files/{file_id}"
    wrong = {"files": [{"id": file_id}], "channel_id": "C0NOWHERE"}
    assert (await house.refused("files.completeUploadExternal", **wrong))[0] == "channel_not_found"


async def test_a_persons_picture_comes_with_its_event(house: House) -> None:
    house.slack.write(SAM, text="My receipt", files=[("receipt.png", png())])
    await house.slack.settled()
    (body,) = house.app.of("event")
    event = body["event"]
    assert (event["subtype"], event["text"]) == ("file_share", "My receipt")
    (file,) = event["files"]
    assert (file["mimetype"], file["user"], file["size"]) == ("image/png", SAM, len(png()))
    for name in ("url_private", "url_private_download"):
        headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
        async with house.session.get(file[name], headers=headers) as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert await answer.read() == png()


@pytest.mark.parametrize("token", ["", "xoxb-other", APP_TOKEN])
async def test_without_a_token_there_is_only_a_page_to_sign_in(house: House, token: str) -> None:
    message = house.slack.write(SAM, files=[("receipt.png", png())])
    file = house.slack.files.by_id(message.files[0])
    assert file is not None
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with house.session.get(file.url, headers=headers) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html"), "no error: the trap is Slack's own"


async def test_without_its_scope_a_token_opens_no_file(house: House) -> None:
    message = house.slack.write(SAM, files=[("receipt.png", png())])
    file = house.slack.files.by_id(message.files[0])
    assert file is not None
    house.slack.installed = Installed(manifest(scopes=["files:write"]), socket_mode=False)
    async with house.session.get(file.url, headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as answer:
        assert answer.content_type == "text/html"

"""The calls that bring files: announce, finish, look at."""

from __future__ import annotations

from typing import Any

from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import Channel
from bot.playground.slack.chat import readable, writable
from bot.playground.slack.files import File
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.people import BOT_USER
from bot.playground.slack.refusal import Refusal, invalid_arguments, missing_argument
from bot.playground.slack.workspace import Workspace
from bot.playground.slack.writing import read_words

LARGEST_FILE = 1024**3


def get_upload_url(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Expect a file."""
    name, length = parameters.required("filename"), parameters.required("length")
    if not length.isdecimal() or not 0 < int(length) <= LARGEST_FILE:
        raise invalid_arguments("length must be a whole number")  # unverified wording
    file, url = slack.files.announce(name, int(length), alt=parameters.text("alt_txt"))
    return {"upload_url": url, "file_id": file.file_id}


def complete_upload(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Finish files, and share them where asked."""
    listed = parameters.structure("files")
    if not isinstance(listed, list) or not listed:
        raise missing_argument("files")
    if not all(isinstance(one, dict) and one.get("id") for one in listed):
        raise invalid_arguments("missing required field: id [json-pointer:/files/0]")
    files = [_uploaded(slack, str(one["id"])) for one in listed]
    channels = [writable(slack, readable(slack, name)) for name in _destinations(parameters)]
    for one, file in zip(listed, files, strict=True):
        file.title = str(one.get("title") or file.title)
        slack.files.finish(file)
    for channel in channels:
        _share(slack, parameters, channel=channel, files=files)
    return {"files": [{"id": file.file_id, "title": file.title or file.name} for file in files]}


def files_info(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Describe a file."""
    file = slack.files.by_id(parameters.required("file"))
    if file is None:
        raise Refusal("file_not_found")
    return {"file": file.as_json()}


def _uploaded(slack: Workspace, file_id: str) -> File:
    file = slack.files.by_id(file_id)
    if file is None or file.content is None or file.owner != BOT_USER:
        raise Refusal("file_not_found")
    return file


def _destinations(parameters: Parameters) -> list[str]:
    several = [name for name in parameters.text("channels").split(",") if name]
    one = parameters.text("channel_id")
    return [one] if one else several


def _share(slack: Workspace, parameters: Parameters, *, channel: Channel, files: list[File]) -> None:
    comment = parameters.text("initial_comment")
    blocks = parameters.structure("blocks", error="invalid_blocks_format")
    kept = read_words(slack, "files.completeUploadExternal", text=comment, blocks=blocks) if blocks else []
    thread_ts = parameters.text("thread_ts") or None
    if thread_ts is not None and thread_ts not in channel.messages:
        raise Refusal("thread_not_found")  # unverified wording
    message = Message(slack.next_ts(), channel.channel_id, BOT_USER, comment, kept, from_bot=True)
    message.thread_ts = thread_ts
    message.files = [file.file_id for file in files]
    for file in files:
        file.channels.append(channel.channel_id)
    slack.post(message)

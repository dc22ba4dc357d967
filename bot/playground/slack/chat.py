"""The calls that write, change, or take back a message."""

from __future__ import annotations

from typing import Any

from bot.playground.slack import events
from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import Channel
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.people import BOT_USER
from bot.playground.slack.refusal import Refusal, missing_argument
from bot.playground.slack.workspace import Workspace
from bot.playground.slack.writing import read_words


def post_message(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Write into a conversation the app is in, or to a person."""
    channel = _addressed(slack, parameters)
    text, blocks = _words(slack, "chat.postMessage", parameters)
    message = Message(slack.next_ts(), channel.channel_id, BOT_USER, text, blocks, from_bot=True)
    message.thread_ts = _thread(channel, parameters)
    message.in_mrkdwn = parameters.text("mrkdwn").lower() not in {"false", "0"}
    message.unfurls = parameters.text("unfurl_links").lower() not in {"false", "0"}
    message.finds_names = parameters.flag("link_names") or parameters.text("parse") == "full"
    slack.post(message)
    return {"channel": channel.channel_id, "ts": message.ts, "message": events.message_body(slack, message)}


def post_ephemeral(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Write what only one member of a conversation sees."""
    channel = _addressed(slack, parameters)
    user = parameters.required("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = _words(slack, "chat.postEphemeral", parameters)
    message = Message(slack.next_ts(), channel.channel_id, BOT_USER, text, blocks, from_bot=True, seen_by=user)
    message.thread_ts = _thread(channel, parameters)
    slack.post(message)
    return {"message_ts": message.ts}


def update(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Change a message of the app; blocks that are not given stay."""
    channel, message = _own(slack, parameters, "cant_update_message")
    given = parameters.structure("blocks", error="invalid_blocks_format")
    blocks = message.blocks if given is None else given
    text = parameters.text("text")
    if given is None and not text:
        raise Refusal("no_text")
    kept = read_words(slack, "chat.update", text=text or message.text, blocks=blocks)
    message.blocks, message.text, message.edited = kept, text or message.text, True
    slack.changed(message)
    slack.tell(channel, events.message_changed(slack, channel, message))
    body = events.message_body(slack, message)
    return {"channel": channel.channel_id, "ts": message.ts, "text": message.text, "message": body}


def delete(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Take a message of the app back."""
    channel, message = _own(slack, parameters, "cant_delete_message")
    del channel.messages[message.ts]
    message.deleted = True
    slack.changed(message)
    slack.tell(channel, events.message_deleted(slack, channel, message))
    return {"channel": channel.channel_id, "ts": message.ts}


def readable(slack: Workspace, channel_id: str) -> Channel:
    """Find a conversation the app may know of."""
    channel = slack.channel(channel_id)
    if channel is None or (channel.is_private and BOT_USER not in channel.members):
        raise Refusal("channel_not_found")
    return channel


def writable(slack: Workspace, channel: Channel) -> Channel:
    """Check that the app may write into a conversation."""
    if channel.is_archived:
        raise Refusal("is_archived")
    if channel.is_im and not slack.installed.has_messages:
        raise Refusal("messages_tab_disabled")
    if BOT_USER not in channel.members and "chat:write.public" not in slack.installed.scopes:
        raise Refusal("not_in_channel")
    return channel


def _addressed(slack: Workspace, parameters: Parameters) -> Channel:
    name = parameters.text("channel")
    if not name:
        raise missing_argument("channel")
    if name == BOT_USER:
        raise Refusal("cannot_dm_bot")
    if name in slack.people:
        if slack.people[name].deactivated:
            raise Refusal("channel_not_found")  # unverified wording
        return writable(slack, slack.channels[slack.dm(name)])
    by_name = {f"#{channel.name}": channel.channel_id for channel in slack.channels.values() if not channel.is_im}
    return writable(slack, readable(slack, by_name.get(name, name)))


def _words(slack: Workspace, method: str, parameters: Parameters) -> tuple[str, list[dict[str, Any]]]:
    text = parameters.text("text")
    blocks = parameters.structure("blocks", error="invalid_blocks_format")
    return text, read_words(slack, method, text=text, blocks=blocks)


def _thread(channel: Channel, parameters: Parameters) -> str | None:
    thread_ts = parameters.text("thread_ts")
    if not thread_ts:
        return None
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.is_ephemeral:
        raise Refusal("thread_not_found")  # unverified wording
    return parent.thread_ts or thread_ts


def _own(slack: Workspace, parameters: Parameters, refusal: str) -> tuple[Channel, Message]:
    channel = readable(slack, parameters.required("channel"))
    message = channel.messages.get(parameters.required("ts"))
    if message is None or message.is_ephemeral:
        raise Refusal("message_not_found")
    if not message.from_bot:
        raise Refusal(refusal)
    return channel, message

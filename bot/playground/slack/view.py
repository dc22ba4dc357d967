"""The pretend Slack as the page shows it: one window for each person, as plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import Channel
from bot.playground.slack.interactions import Interactions
from bot.playground.slack.people import BOT_USER, TEAM_CHANNEL
from bot.playground.slack.surfaces import View


def windows(slack: Interactions, users: Sequence[str]) -> list[dict[str, Any]]:
    """Describe what each of these people sees."""
    return [_window(slack, user) for user in users]


def _window(slack: Interactions, user: str) -> dict[str, Any]:
    person = slack.person(user)
    slack.dm(user)
    channels = [channel for channel in slack.channels.values() if user in channel.members]
    home, modal = slack.home(user), slack.modal(user)
    notices = [notice.words for notice in slack.notices if notice.user == user]
    return {
        "user": user,
        "name": person.first_name,
        "role": "team" if user in slack.channels[TEAM_CHANNEL].members else "customer",
        "channels": [_channel(slack, channel, user) for channel in channels],
        "home": _view(slack, home) if home else None,
        "modal": _view(slack, modal) if modal else None,
        "commands": list(slack.installed.commands),
        "notice": notices[-1] if notices else None,
    }


def _channel(slack: Interactions, channel: Channel, user: str) -> dict[str, Any]:
    seen = [message for message in channel.messages.values() if message.seen_by in {None, user}]
    return {
        "id": channel.channel_id,
        "name": slack.installed.name if channel.is_im else channel.name,
        "kind": "dm" if channel.is_im else "channel",
        "messages": [
            _message(slack, message) | {"replies": [_message(slack, reply) for reply in _replies(seen, message)]}
            for message in seen
            if message.thread_ts is None
        ],
    }


def _replies(seen: Sequence[Message], parent: Message) -> list[Message]:
    return [message for message in seen if message.thread_ts == parent.ts]


def _message(slack: Interactions, message: Message) -> dict[str, Any]:
    person = slack.people.get(message.user)
    return {
        "ts": message.ts,
        "version": message.version,
        "user": message.user,
        "name": person.first_name if person else slack.installed.name,
        "is_bot": message.from_bot or message.user == BOT_USER,
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral": message.is_ephemeral,
        "edited": message.edited,
        "thread_ts": message.thread_ts,
        "replies": [],
        "files": [
            {"id": file.file_id, "name": file.name, "url": f"/playground/slack/files/{file.file_id}", "alt": file.alt}
            for file in (slack.files.by_id(file_id) for file_id in message.files)
            if file is not None
        ],
    }


def _view(slack: Interactions, view: View) -> dict[str, Any]:
    return slack.view_json(view) | {"errors": view.errors, "trouble": view.trouble, "version": view.version}

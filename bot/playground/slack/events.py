"""What the platform tells the app, in its own JSON."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import Channel
from bot.playground.slack.people import APP, BOT, BOT_USER, TEAM, Person

if TYPE_CHECKING:
    from bot.playground.slack.workspace import Workspace

_URL = re.compile(r"https?://[^\s<>|]+")
_DOMAIN = re.compile(r"(?<![\w@./|<])((?:[a-z0-9-]+\.)+(?:com|org|net|io|example))(?![\w|>])")
_MAIL = re.compile(r"(?<![\w<|:])([\w.+-]+@[\w-]+\.[\w.]+)")
# The platform knows some thousands; these are the ones that people here write, and the tones of skin.
_NAMED = (
    "🎉 tada, ❤️ heart, 👍 +1, 🙂 slightly_smiling_face, 😀 grinning, 😂 joy, 🙏 pray, 👋 wave, ☕ coffee, "
    "🥐 croissant, ✅ white_check_mark, 😊 blush, 🤷‍♂️ man-shrugging, 🇩🇪 flag-de, 🔥 fire, 👀 eyes, 😢 cry, 🎁 gift, "
    "🏻 skin-tone-2, 🏼 skin-tone-3, 🏽 skin-tone-4, 🏾 skin-tone-5, 🏿 skin-tone-6"
)
_SIGNS = dict(pair.split(" ") for pair in _NAMED.split(", "))
_BROADCAST = re.compile(r"(?<!\w)@(here|channel|everyone)\b")


def escaped(text: str) -> str:
    """Escape what people type as the platform does: three characters, no more."""
    return html.escape(text, quote=False)


def typed(workspace: Workspace, text: str) -> str:
    """Turn what a person types into what the app receives: escaped, with links and mentions marked."""
    done = _MAIL.sub(r"<mailto:\1|\1>", escaped(text))
    done = _URL.sub(lambda match: f"<{match.group(0)}>", done)
    done = _DOMAIN.sub(r"<http://\1|\1>", done)
    done = _BROADCAST.sub(r"<!\1>", done)
    for person in workspace.people.values():
        done = re.sub(rf"(?<![\w<])@{re.escape(person.first_name)}\b", f"<@{person.user_id}>", done)
    return done


def wrapped(workspace: Workspace, event: dict[str, Any]) -> dict[str, Any]:
    """Put an event into its envelope."""
    channel = workspace.channels.get(str(event.get("channel", "")))
    return {
        "token": "not-to-be-used",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and "is_ext_shared" in channel.shared,
        "event_context": f"4-{workspace.new_id('')}",
    }


def coded(text: str) -> str:
    """Name the signs in a text, as the platform does before it tells anybody."""
    for sign, name in _SIGNS.items():
        text = text.replace(sign, f":{name}:")
    return text


def message_body(workspace: Workspace, message: Message) -> dict[str, Any]:
    """Write a message as it stands in a conversation."""
    body: dict[str, Any] = {"type": "message", "user": message.user, "text": coded(message.text), "ts": message.ts}
    person = workspace.people.get(message.user)
    body["team"] = person.team if person else TEAM
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
        parent = workspace.channels[message.channel].messages.get(message.thread_ts)
        if parent is not None and parent is not message:
            body["parent_user_id"] = parent.user
    if message.files:
        found = [workspace.files.by_id(file_id) for file_id in message.files]
        body |= {"files": [file.as_json() for file in found if file is not None], "upload": False}
    if message.from_bot:
        body |= {"bot_id": BOT, "app_id": APP, "bot_profile": bot_profile(workspace), "blocks": message.blocks}
        return body
    body |= {"client_msg_id": f"{message.ts}-client", "blocks": [_rich(message)] if message.text else []}
    if person is not None and person.is_external:
        body |= {"user_team": person.team, "source_team": person.team, "user_profile": person.profile()}
    return body


def message(workspace: Workspace, channel: Channel, posted: Message) -> dict[str, Any]:
    """Write the event of a new message."""
    body = message_body(workspace, posted)
    if posted.files:
        body["subtype"] = "file_share"
    return body | {"channel": channel.channel_id, "event_ts": posted.ts, "channel_type": channel.kind}


def message_changed(
    workspace: Workspace, channel: Channel, changed: Message, *, before: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Write the event of an edit."""
    ts = workspace.next_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": message_body(workspace, changed) | {"edited": {"user": changed.user, "ts": ts}},
        "previous_message": before or {},
        "channel": channel.channel_id,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def message_deleted(workspace: Workspace, channel: Channel, deleted: Message) -> dict[str, Any]:
    """Write the event of a deletion."""
    ts = workspace.next_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message_body(workspace, deleted),
        "channel": channel.channel_id,
        "hidden": True,
        "deleted_ts": deleted.ts,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def bot_profile(workspace: Workspace) -> dict[str, Any]:
    """Describe the app as the author of a message."""
    name = workspace.installed.name
    return {"id": BOT, "deleted": False, "name": name, "updated": 1_700_000_000, "app_id": APP, "team_id": TEAM}


def user_of(person: Person) -> dict[str, Any]:
    """Describe the one who taps."""
    return {"id": person.user_id, "username": person.handle, "name": person.handle, "team_id": person.team}


def _rich(message: Message) -> dict[str, Any]:
    text = {"type": "text", "text": html.unescape(message.text)}
    section = {"type": "rich_text_section", "elements": [text]}
    return {"type": "rich_text", "block_id": message.ts[-5:], "elements": [section]}

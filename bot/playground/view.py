"""The whole playground as the page sees it: one JSON value, made anew for every change."""

from __future__ import annotations

from typing import Any

from bot.playground.slack.peer import OWNER, SAM, SlackPeer
from bot.playground.street import MAYA, Street
from bot.playground.telegram.peer import TelegramPeer
from bot.playground.telegram.people import Message, Person
from bot.playground.till import Till


def everything(peer: TelegramPeer, street: Street, *, till: Till, slack: SlackPeer) -> dict[str, Any]:
    """Describe the house clock, the bot, every phone, the windows of Slack, the till and the steps done."""
    return {
        "version": peer.bell.version,
        "now": peer.now().isoformat(),
        "bot": _bot(peer),
        "people": [_person(peer, person, street.inbox.get(number, [])) for number, person in peer.people.items()],
        "slack": [_window(slack, user) for user in (OWNER, SAM)],
        "till": till.slips,
        "steps": steps(peer, till),
    }


def steps(peer: TelegramPeer, till: Till) -> dict[str, bool]:
    """Tell which steps of the first tour have been taken, from what really happened."""
    maya = peer.people.get(MAYA)
    return {
        "link": maya is not None and any(_shows_link(message) for message in maya.messages.values()),
        "friend": any(_came_by_link(person) for person in peer.people.values() if person.user_id != MAYA),
        "purchase": till.has("purchase"),
        "claim": any("claim" in f"{tap.label} {tap.data}".lower() for tap in peer.callbacks.values()),
        "redeem": till.has("redemption"),
    }


def _shows_link(message: Message) -> bool:
    shown = f"{message.words} {message.reply_markup}"
    return message.from_bot and ("/r/" in shown or "start=r_" in shown)


def _came_by_link(person: Person) -> bool:
    return any(message.words.startswith("/start r_") for message in person.messages.values() if not message.from_bot)


def _bot(peer: TelegramPeer) -> dict[str, Any]:
    return {
        "name": peer.profile.words_in("name", "en"),
        "username": peer.username,
        "description": peer.profile.words_in("description", "en"),
        "short_description": peer.profile.words_in("short_description", "en"),
    }


def _person(peer: TelegramPeer, person: Person, letters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": person.user_id,
        "name": person.first_name,
        "started": person.started,
        "blocked": person.blocked,
        "typing": person.typing_until > peer.clock(),
        "commands": peer.profile.commands_for(person.user_id, person.language_code or ""),
        "keyboard": (person.keyboard or {}).get("keyboard", []),
        "messages": [_message(message) for message in person.messages.values()],
        "inbox": letters,
        "toasts": [
            {"id": answer.query_id, "text": answer.text, "alert": answer.show_alert, "url": answer.url}
            for answer in peer.callback_answers
            if answer.user_id == person.user_id
        ][-3:],
    }


def _window(slack: SlackPeer, user: str) -> dict[str, Any]:
    commands = slack.installed.manifest.get("features", {}).get("slash_commands", [])
    return slack.view(user) | {
        "subject": f"{slack.person(user).team}.{user}",  # as the till names a customer who is in Slack
        "commands": [
            {name: one.get(name, "") for name in ("command", "description", "usage_hint")} for one in commands
        ],
        "notices": sum(notice.user == user for notice in slack.notices),
    }


def _message(message: Message) -> dict[str, Any]:
    text = message.caption if message.photo else message.text
    body: dict[str, Any] = {
        "id": message.message_id,
        "version": message.version,
        "date": message.date,
        "edited": message.edit_date is not None,
        "mine": not message.from_bot,
        "text": text.plain,
        "entities": text.entities,
        "buttons": message.buttons,
    }
    if message.photo is not None:
        body["photo"] = {
            "id": message.photo.file_id,
            "width": message.photo.width,
            "height": message.photo.height,
        }
    if message.contact is not None:
        body["contact"] = message.contact
    return body

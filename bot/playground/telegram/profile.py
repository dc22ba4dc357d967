"""What the bot says of itself: name, descriptions, commands, menu button, per language and scope."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.refusal import bad_request

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
COMMANDS = 100
COMMAND_DESCRIPTION = 256
LIMITS = {"name": 64, "description": 512, "short_description": 120}
LANGUAGE = re.compile(r"[a-z]{2}")
SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
MENU_BUTTONS = {"commands", "default", "web_app"}


@dataclass
class Profile:
    """Everything the bot has set about itself."""

    name: str
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "default"})

    def set_words(self, what: str, parameters: Parameters) -> None:
        """Set a name or a description in one language."""
        text = parameters.text(what).strip()
        if utf16_length(text) > LIMITS[what]:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")  # unverified wording
        language = _language(parameters)
        self.words.pop((what, language), None)
        if text:
            self.words[what, language] = text

    def words_in(self, what: str, language: str) -> str:
        """Read a name or a description, falling back to the one for everybody."""
        fallback = self.name if what == "name" else ""
        return self.words.get((what, language)) or self.words.get((what, ""), fallback)

    def set_commands(self, parameters: Parameters) -> None:
        """Set the list of commands for one scope and language."""
        commands = parameters.structure("commands", what="commands")
        if not isinstance(commands, list):
            raise bad_request("can't parse commands JSON object: expected an Array")  # unverified wording
        if len(commands) > COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[_scope(parameters), _language(parameters)] = [_command(command) for command in commands]

    def delete_commands(self, parameters: Parameters) -> None:
        """Forget the list of one scope and language."""
        self.commands.pop((_scope(parameters), _language(parameters)), None)

    def commands_of(self, parameters: Parameters) -> list[dict[str, str]]:
        """Read exactly the list of one scope and language, as getMyCommands does."""
        return self.commands.get((_scope(parameters), _language(parameters)), [])

    def commands_for(self, chat_id: int, language: str) -> list[dict[str, str]]:
        """Read the list a person's app shows: the narrowest scope first, and in it their language."""
        scopes = (json.dumps({"type": "chat", "chat_id": chat_id}), "all_private_chats", "default")
        for scope in scopes:
            for spoken in (language, ""):
                if (scope, spoken) in self.commands:
                    return self.commands[scope, spoken]
        return []

    def set_menu_button(self, parameters: Parameters) -> None:
        """Set what the button beside the text field opens."""
        button = parameters.structure("menu_button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in MENU_BUTTONS:
            raise bad_request("can't parse menu button: unsupported type")  # unverified wording
        self.menu_button = button


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")  # unverified wording
    return language


def _scope(parameters: Parameters) -> str:
    scope = parameters.structure("scope", what="BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind == "chat":
        return json.dumps({"type": "chat", "chat_id": scope.get("chat_id")})
    return str(kind)


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not description.strip():
        raise bad_request("command description must be non-empty")
    if utf16_length(description) > COMMAND_DESCRIPTION:
        raise bad_request("command description is too long")  # unverified wording
    return {"command": name.removeprefix("/"), "description": description}

"""Judges of what we send to Slack that others maintain: schemas from Slack's own types, and slack_sdk's validators."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

SCHEMAS = Path(__file__).parent / "schemas"
BLOCKS_OF_A_MESSAGE, BLOCKS_OF_A_VIEW, TABLES_OF_A_MESSAGE = 50, 100, 1

# Lives in Slack and in the types, but slack_sdk has no model: Block.parse would leave it out without a word.
UNKNOWN_TO_SDK = {"data_table"}

# The types name fields but no lengths. Where it stands: the fewest and the most characters, or items, it may have.
_LIMITS: Mapping[str, tuple[int, int]] = {
    "*.block_id": (1, 255),
    "*.action_id": (1, 255),
    "section.text.text": (1, 3000),
    "section.fields": (1, 10),
    "section.fields[].text": (1, 2000),
    "header.text.text": (1, 150),
    "context.elements": (1, 10),
    "context.elements[].text": (1, 3000),
    "actions.elements": (1, 25),
    "image.alt_text": (1, 2000),
    "image.image_url": (1, 3000),
    "image.title.text": (1, 2000),
    "input.label.text": (1, 2000),
    "input.hint.text": (1, 2000),
    "markdown.text": (1, 12000),
    "table.rows": (1, 100),
    "table.rows[]": (1, 20),
    "data_table.rows": (2, 101),
    "data_table.rows[]": (1, 20),
    "button.text.text": (1, 75),
    "button.value": (1, 2000),
    "button.url": (1, 3000),
    "button.accessibility_label": (1, 75),
    "*.confirm.title.text": (1, 100),
    "*.confirm.text.text": (1, 300),
    "*.confirm.confirm.text": (1, 30),
    "*.confirm.deny.text": (1, 30),
    "*.placeholder.text": (1, 150),
    "*.options[].text.text": (1, 75),
    "*.options[].value": (1, 150),
    "static_select.options": (1, 100),
    "multi_static_select.options": (1, 100),
    "radio_buttons.options": (1, 10),
    "checkboxes.options": (1, 10),
    "overflow.options": (1, 5),
    "modal.title.text": (1, 24),
    "modal.submit.text": (1, 24),
    "modal.close.text": (1, 24),
    "*.private_metadata": (0, 3000),
    "*.callback_id": (1, 255),
    "manifest.display_information.name": (1, 35),
    "manifest.display_information.description": (1, 140),
    "manifest.display_information.long_description": (175, 4000),
    "manifest.features.bot_user.display_name": (1, 80),
    "manifest.features.slash_commands": (1, 50),
    "manifest.features.slash_commands[].command": (2, 32),
    "manifest.features.slash_commands[].url": (1, 3000),
    "manifest.features.slash_commands[].description": (1, 2000),
    "manifest.features.slash_commands[].usage_hint": (1, 1000),
    "manifest.oauth_config.scopes.bot": (1, 255),
    "manifest.settings.event_subscriptions.bot_events": (1, 100),
    "manifest.settings.event_subscriptions.request_url": (1, 3500),
    "manifest.settings.interactivity.request_url": (1, 3500),
}


def check_blocks(blocks: Sequence[dict[str, Any]], *, most: int = BLOCKS_OF_A_MESSAGE) -> None:
    """Judge the blocks of one message; raises AssertionError that names the first fault and where it is."""
    assert 1 <= len(blocks) <= most, f"blocks: there are {len(blocks)}, and Slack takes 1 to {most}"
    for number, block in enumerate(blocks):
        _check_block(block, f"blocks[{number}]")
    tables = [block for block in blocks if block["type"] == "table"]
    assert len(tables) <= TABLES_OF_A_MESSAGE, "blocks: Slack shows one table in a message"
    _check_unique([block["block_id"] for block in blocks if "block_id" in block], "blocks: block_id")


def check_view(view: dict[str, Any]) -> None:
    """Judge a modal or a Home; raises AssertionError that names the first fault and where it is."""
    kind = view.get("type")
    assert kind in {"home", "modal"}, f"type: {kind!r} is no view of ours"
    check_blocks(view.get("blocks", []), most=BLOCKS_OF_A_VIEW)
    _check_schema("slack-blocks.json", str(kind).title(), view, "view")
    _check_limits(view, "view", str(kind))
    has_input = any(block["type"] == "input" for block in view["blocks"])
    assert kind == "home" or not has_input or "submit" in view, "view.submit: a modal with an input needs it"
    _check_sdk(View(**view).validate_json, "view")


def check_manifest(manifest: dict[str, Any]) -> None:
    """Judge an app's manifest; raises AssertionError that names the first fault and where it is."""
    known = _schema("slack-manifest.json")["definitions"]["Manifest"]["properties"]
    unknown = manifest.keys() - known
    assert not unknown, f"manifest: {', '.join(sorted(unknown))} is not known"
    _check_schema("slack-manifest.json", "Manifest", manifest, "manifest")
    _check_limits(manifest, "manifest", "manifest")
    _check_unique(manifest["oauth_config"]["scopes"]["bot"], "manifest.oauth_config.scopes.bot")
    _check_unique(
        manifest["settings"]["event_subscriptions"]["bot_events"], "manifest.settings.event_subscriptions.bot_events"
    )
    for where, address in _addresses(manifest, "manifest"):
        assert re.match("https?://", address), f"{where}: {address!r} is no web address"
    _check_ways_in(manifest)


def _check_ways_in(manifest: dict[str, Any]) -> None:
    """Slack refuses a manifest whose events or taps have nowhere to go."""
    settings = manifest["settings"]
    if settings.get("socket_mode_enabled"):
        return
    for part in ("event_subscriptions", "interactivity"):
        assert "request_url" in settings[part], f"manifest.settings.{part}.request_url: needed without Socket Mode"
    for number, command in enumerate(manifest["features"].get("slash_commands", [])):
        assert "url" in command, f"manifest.features.slash_commands[{number}].url: needed without Socket Mode"


def _check_block(block: dict[str, Any], where: str) -> None:
    kind = block.get("type", "")
    definitions = _block_definitions().get(kind)
    assert definitions, f"{where}.type: {kind!r} is in no published type"
    _check_schema("slack-blocks.json", definitions, block, where)
    _check_limits(block, where, kind)
    _check_unique([part["action_id"] for part in _parts(block) if "action_id" in part], f"{where}: action_id")
    if kind not in UNKNOWN_TO_SDK:
        parsed = Block.parse(block)
        assert parsed is not None, f"{where}.type: slack_sdk has no model for {kind!r}; name it in UNKNOWN_TO_SDK"
        # to_dict asks the validators of every part, validate_json only those of the block itself.
        _check_sdk(parsed.to_dict, where)


def _check_schema(file: str, definition: str, value: object, where: str) -> None:
    error = best_match(_validator(file, definition).iter_errors(value))
    assert error is None, f"{_place(error, where)}: {error.message}"


def _check_limits(value: object, where: str, kind: str) -> None:
    """Measure every text and list; a part with a type of its own is measured as that type."""
    for place, path, found in _measured(value, where, kind):
        for pattern in (path, f"*.{path.partition('.')[2]}"):
            fewest, most = _LIMITS.get(pattern, (0, 1_000_000))
            assert fewest <= len(found) <= most, f"{place}: has {len(found)}, and Slack takes {fewest} to {most}"


def _check_sdk(validate: Any, where: str) -> None:
    try:
        validate()
    except SlackObjectFormationError as error:
        raise AssertionError(f"{where}: slack_sdk says: {error}") from error


def _check_unique(values: Sequence[str], where: str) -> None:
    repeated = [value for value, times in Counter(values).items() if times > 1]
    assert not repeated, f"{where}: {repeated[0]!r} is there twice"


def _measured(value: object, where: str, path: str) -> Iterator[tuple[str, str, Any]]:
    match value:
        case dict():
            own = value.get("type")
            # A text object is a part of what holds it; an element is judged by its own name.
            inner = path if own is None or own in {"plain_text", "mrkdwn"} or path == own else str(own)
            for name, held in value.items():
                yield from _measured(held, f"{where}.{name}", f"{inner}.{name}")
        case list():
            yield where, path, value
            for number, held in enumerate(value):
                yield from _measured(held, f"{where}[{number}]", f"{path}[]")
        case str():
            yield where, path, value


def _parts(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object inside a block."""
    match value:
        case dict():
            yield value
            for held in value.values():
                yield from _parts(held)
        case list():
            for held in value:
                yield from _parts(held)


def _addresses(value: object, where: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, held in value.items():
                if isinstance(held, str) and (name == "url" or name.endswith("_url")):
                    yield f"{where}.{name}", held
                else:
                    yield from _addresses(held, f"{where}.{name}")
        case list():
            for number, held in enumerate(value):
                yield from _addresses(held, f"{where}[{number}]")


def _place(error: ValidationError, where: str) -> str:
    return where + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)


@cache
def _block_definitions() -> dict[str, str]:
    """Return for each type of block the definition that describes it."""
    definitions = _schema("slack-blocks.json")["definitions"]
    names = [one["$ref"].rpartition("/")[2] for one in definitions["KnownBlock"]["anyOf"]]
    return {_type_of(definitions[name]): name for name in names}


def _type_of(definition: dict[str, Any]) -> str:
    shape = definition["anyOf"][0] if "anyOf" in definition else definition
    return str(shape["properties"]["type"]["const"])


@cache
def _validator(file: str, definition: str) -> Draft7Validator:
    return Draft7Validator({**_schema(file), "$ref": f"#/definitions/{definition}"})


@cache
def _schema(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / file).read_text(encoding="utf-8"))
    return loaded

"""How forms are filled in: what each element holds, and what Slack's own form would not let pass."""

from __future__ import annotations

from typing import Any

from bot.playground.slack.refusal import ImpossibleGesture
from bot.playground.slack.surfaces import View

_CHOICES = frozenset({"static_select", "radio_buttons"})
_MANY = frozenset({"checkboxes", "multi_static_select"})


def block_for(view: View, name: str) -> dict[str, Any]:
    """Find the input block that a name means: its block id, its action id, or words of its label."""
    for block in view.inputs:
        if name in {block["block_id"], block["element"]["action_id"]}:
            return block
    for block in view.inputs:
        if name.casefold() in str(block["label"]["text"]).casefold():
            return block
    raise ImpossibleGesture(f"There is no field {name!r}.")


def first_values(view: View) -> dict[str, dict[str, Any]]:
    """Tell what a form holds before anybody has touched it."""
    return {
        block["block_id"]: {block["element"]["action_id"]: state_value(block["element"], _initial(block["element"]))}
        for block in view.inputs
    }


def state_value(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    """Write what one element holds, as the state of a view does."""
    kind = str(element["type"])
    if kind in _CHOICES:
        return {"type": kind, "selected_option": _option(element, value)}
    if kind in _MANY:
        chosen = [_option(element, one) for one in (value or "").split(",") if one]
        return {"type": kind, "selected_options": chosen}
    return {"type": kind, "value": value or None}


def wrong_value(block: dict[str, Any], value: str) -> str:
    """Say what Slack's own form would complain about, or nothing."""
    element, label = block["element"], block["label"]["text"]
    if element["type"] not in {"plain_text_input", "email_text_input", "url_text_input"} or not value:
        return ""
    if len(value) > int(element.get("max_length", 3000)):
        return f"{label}: at most {element.get('max_length', 3000)} characters."
    if len(value) < int(element.get("min_length", 0)):
        return f"{label}: at least {element['min_length']} characters."
    return ""


def _initial(element: dict[str, Any]) -> str | None:
    if "initial_option" in element:
        return str(element["initial_option"]["value"])
    if "initial_options" in element:
        return ",".join(str(option["value"]) for option in element["initial_options"])
    value = element.get("initial_value")
    return value if isinstance(value, str) else None


def _option(element: dict[str, Any], value: str | None) -> dict[str, Any] | None:
    if not value:
        return None
    for option in element.get("options", []):
        if value in {option["value"], option["text"]["text"]}:
            return {"text": option["text"], "value": option["value"]}
    raise ImpossibleGesture(f"There is no option {value!r}.")

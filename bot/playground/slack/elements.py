"""The elements of Block Kit: buttons, fields, menus, and the pictures beside a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.slack.judge import ACTION_ID, Json, Judge

Check = Callable[[Judge, Json, str], None]
BOTH = ("mrkdwn", "plain_text")


def check_element(judge: Judge, element: Any, path: str, *, allowed: frozenset[str]) -> None:
    """Check one element where only some kinds may stand."""
    if not isinstance(element, dict):
        judge.wrong("must provide an object", path)
        return
    kind = element.get("type")
    if kind is None:
        judge.wrong("missing required field: type", path)
        return
    check = ELEMENTS.get(str(kind))
    if check is None or kind not in allowed:
        judge.wrong(f"unsupported type: {kind}", f"{path}/type")
        return
    judge.string(element.get("action_id"), f"{path}/action_id", most=ACTION_ID, least=1)
    check(judge, element, path)


def check_picture(judge: Judge, picture: Json, path: str, *, optional: str = "") -> None:
    """Check a picture: its words for those who cannot see it, and one source."""
    judge.shape(picture, path, required="alt_text", optional=f"image_url slack_file {optional}")
    judge.string(picture.get("alt_text"), f"{path}/alt_text", most=2000, least=1)
    url, file = picture.get("image_url"), picture.get("slack_file")
    if (url is None) == (file is None):
        judge.wrong("must define either `image_url` or `slack_file`", path)  # unverified wording
        return
    if file is not None and not judge.files.is_showable(file):
        judge.wrong("invalid slack file", f"{path}/slack_file")
    if url is not None:
        judge.string(url, f"{path}/image_url", most=3000, least=1)
        if not judge.is_address(str(url)):
            judge.wrong("downloading image failed", f"{path}/image_url")


def _button(judge: Judge, button: Json, path: str) -> None:
    judge.shape(button, path, required="text", optional="action_id url value style confirm accessibility_label")
    judge.text(button.get("text"), f"{path}/text", most=75)
    judge.string(button.get("value"), f"{path}/value", most=2000)
    judge.choice(button.get("style"), f"{path}/style", among=("primary", "danger"))
    judge.string(button.get("accessibility_label"), f"{path}/accessibility_label", most=75)
    judge.url(button.get("url"), f"{path}/url")
    _confirm(judge, button.get("confirm"), f"{path}/confirm")


def _confirm(judge: Judge, confirm: Any, path: str) -> None:
    if confirm is None:
        return
    if not isinstance(confirm, dict):
        judge.wrong("must provide an object", path)
        return
    judge.shape(confirm, path, required="title text confirm deny", optional="style")
    judge.text(confirm.get("title"), f"{path}/title", most=100)
    judge.text(confirm.get("text"), f"{path}/text", most=300, kinds=BOTH)
    judge.text(confirm.get("confirm"), f"{path}/confirm", most=30)
    judge.text(confirm.get("deny"), f"{path}/deny", most=30)


def _field(judge: Judge, field: Json, path: str) -> None:
    judge.shape(
        field,
        path,
        required="",
        optional="action_id placeholder initial_value multiline min_length max_length focus_on_load "
        "dispatch_action_config",
    )
    judge.text(field.get("placeholder"), f"{path}/placeholder", most=150)
    judge.string(field.get("initial_value"), f"{path}/initial_value", most=3000)
    for name in ("min_length", "max_length"):
        if not isinstance(field.get(name, 0), int) or not 0 <= field.get(name, 0) <= 3000:
            judge.wrong("must be less than 3001", f"{path}/{name}")  # unverified wording


def _menu(most: int, *, kinds: tuple[str, ...] = ("plain_text",), extra: str = "") -> Check:
    def check(judge: Judge, menu: Json, path: str) -> None:
        optional = f"action_id confirm focus_on_load initial_option initial_options {extra}"
        judge.shape(menu, path, required="options", optional=optional)
        judge.text(menu.get("placeholder"), f"{path}/placeholder", most=150)
        options = judge.items(menu.get("options"), f"{path}/options", most=most)
        for number, option in enumerate(options):
            _option(judge, option, f"{path}/options/{number}", kinds=kinds)
        first = menu.get("initial_option")
        if first is not None and first not in options:
            judge.wrong("must exactly match one of the provided options", f"{path}/initial_option")

    return check


def _option(judge: Judge, option: Any, path: str, *, kinds: tuple[str, ...]) -> None:
    if not isinstance(option, dict):
        judge.wrong("must provide an object", path)
        return
    judge.shape(option, path, required="text value", optional="description url")
    judge.text(option.get("text"), f"{path}/text", most=75, kinds=kinds)
    judge.string(option.get("value"), f"{path}/value", most=150)
    judge.text(option.get("description"), f"{path}/description", most=75, kinds=kinds)


# The kinds anybody here uses; another is refused until it is modelled, for a peer that nods judges nothing.
ELEMENTS: dict[str, Check] = {
    "button": _button,
    "image": check_picture,
    "static_select": _menu(100, extra="placeholder"),
    "multi_static_select": _menu(100, extra="placeholder max_selected_items"),
    "overflow": _menu(5),
    "radio_buttons": _menu(10, kinds=BOTH),
    "checkboxes": _menu(10, kinds=BOTH),
    "plain_text_input": _field,
    "email_text_input": _field,
    "url_text_input": _field,
}
MENUS = frozenset({"static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes"})
IN_ACTIONS = MENUS | {"button"}
IN_SECTION = MENUS | {"button", "image"}
IN_INPUT = (MENUS - {"overflow"}) | {"plain_text_input", "email_text_input", "url_text_input"}

"""The blocks of Block Kit: what each may hold, and how many fit on a surface."""

from __future__ import annotations

import copy
from typing import Any

from bot.playground.slack.elements import (
    BOTH,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    Check,
    check_element,
    check_picture,
)
from bot.playground.slack.judge import BLOCK_ID, Json, Judge, Surface, length

MOST: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
# The documents name 12,000 only for markdown blocks; messages of 11,341 characters have been refused, so nobody
# should count on more.
MOST_CHARACTERS = 12_000
MOST_CELL_CHARACTERS = 10_000
RICH = frozenset({"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"})


def check_blocks(judge: Judge, blocks: Any, path: str) -> list[Json]:
    """Check blocks and return them as the platform keeps them: with every id filled in."""
    if not isinstance(blocks, list):
        judge.wrong("must provide an array", path)
        return []
    if len(blocks) > MOST[judge.surface]:
        judge.wrong(f"no more than {MOST[judge.surface]} items allowed", path)
        return []
    kept: list[Json] = copy.deepcopy([block for block in blocks if isinstance(block, dict)])
    if len(kept) < len(blocks):
        judge.wrong("must provide an object", path)
        return []
    for number, block in enumerate(kept):
        _check_block(judge, block, f"{path}/{number}")
    _check_ids(judge, kept, path)
    if not judge.errors:
        _fill_in(kept)
    return kept


def _check_block(judge: Judge, block: Json, path: str) -> None:
    kind = block.get("type")
    if kind is None:
        judge.wrong("missing required field: type", path)
        return
    check = BLOCKS.get(str(kind))
    if check is None or (kind in ONLY_IN_MESSAGES and judge.surface != "message"):
        judge.wrong(f"unsupported type: {kind}", f"{path}/type")
        return
    judge.string(block.get("block_id"), f"{path}/block_id", most=BLOCK_ID, least=1)
    check(judge, block, path)


def _check_ids(judge: Judge, blocks: list[Json], path: str) -> None:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        name = block.get("block_id")
        if isinstance(name, str) and name in seen:
            judge.wrong(f'`block_id` "{name}" already exists', f"{path}/{number}/block_id")
        seen |= {name} if isinstance(name, str) else set()
        actions: set[str] = set()
        for place, element in enumerate(_elements(block)):
            action = element.get("action_id")
            if isinstance(action, str) and action in actions:
                where = f"{path}/{number}/elements/{place}/action_id"
                judge.wrong(f'`action_id` "{action}" already exists', where)
            actions |= {action} if isinstance(action, str) else set()


def _elements(block: Json) -> list[Json]:
    listed = block.get("elements") if block.get("type") == "actions" else None
    elements = listed if isinstance(listed, list) else []
    others = [block.get("accessory"), block.get("element")]
    return [element for element in [*elements, *others] if isinstance(element, dict)]


def _fill_in(blocks: list[Json]) -> None:
    """Name what the app left unnamed, as the platform does."""
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
        for place, element in enumerate(_elements(block)):
            if element["type"] != "image":
                element.setdefault("action_id", f"a{number}.{place}")


def _section(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="", optional="text fields accessory block_id expand")
    if block.get("text") is None and block.get("fields") is None:
        judge.wrong("must define either `fields` or `text`", path)  # unverified order
    judge.text(block.get("text"), f"{path}/text", most=3000, kinds=BOTH)
    if block.get("fields") is not None:
        for number, field in enumerate(judge.items(block["fields"], f"{path}/fields", most=10)):
            judge.text(field, f"{path}/fields/{number}", most=2000, kinds=BOTH)
    if block.get("accessory") is not None:
        check_element(judge, block["accessory"], f"{path}/accessory", allowed=IN_SECTION)


def _header(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="text", optional="block_id")
    judge.text(block.get("text"), f"{path}/text", most=150)


def _divider(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="", optional="block_id")


def _context(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="elements", optional="block_id")
    for number, element in enumerate(judge.items(block.get("elements"), f"{path}/elements", most=10)):
        where = f"{path}/elements/{number}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_picture(judge, element, where)
        else:
            judge.text(element, where, most=3000, kinds=BOTH)


def _actions(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="elements", optional="block_id")
    for number, element in enumerate(judge.items(block.get("elements"), f"{path}/elements", most=25)):
        check_element(judge, element, f"{path}/elements/{number}", allowed=IN_ACTIONS)


def _image(judge: Judge, block: Json, path: str) -> None:
    judge.text(block.get("title"), f"{path}/title", most=2000)
    check_picture(judge, block, path, optional="title block_id")


def _input(judge: Judge, block: Json, path: str) -> None:
    optional = "block_id hint optional dispatch_action"
    judge.shape(block, path, required="label element", optional=optional)
    judge.text(block.get("label"), f"{path}/label", most=2000)
    judge.text(block.get("hint"), f"{path}/hint", most=2000)
    if block.get("element") is not None:
        check_element(judge, block["element"], f"{path}/element", allowed=IN_INPUT)


def _markdown(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="text", optional="block_id")
    judge.string(block.get("text"), f"{path}/text", most=12_000, least=1)
    judge.characters += length(str(block.get("text", "")))


def _rich_text(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="elements", optional="block_id")
    for number, element in enumerate(judge.items(block.get("elements"), f"{path}/elements", most=1000, least=0)):
        kind = str(element.get("type")) if isinstance(element, dict) else None
        if kind not in RICH or not isinstance(element.get("elements"), list):
            judge.wrong(f"unsupported type: {kind}", f"{path}/elements/{number}/type")
        else:
            judge.characters += _rich_length(element)


def _rich_length(element: Json) -> int:
    own = element.get("text", "")
    inner = element.get("elements")
    inside = [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []
    return length(own if isinstance(own, str) else "") + sum(_rich_length(one) for one in inside)


def _table(judge: Judge, block: Json, path: str) -> None:
    judge.shape(block, path, required="rows", optional="block_id column_settings")
    before = judge.characters
    for number, row in enumerate(judge.items(block.get("rows"), f"{path}/rows", most=100)):
        for place, cell in enumerate(judge.items(row, f"{path}/rows/{number}", most=20)):
            _cell(judge, cell, f"{path}/rows/{number}/{place}")
    if judge.characters - before > MOST_CELL_CHARACTERS:
        judge.wrong(f"must be less than {MOST_CELL_CHARACTERS + 1} characters", path)  # unverified wording
    settings = block.get("column_settings")
    if settings is not None:
        for number, setting in enumerate(judge.items(settings, f"{path}/column_settings", most=20)):
            _column(judge, setting, f"{path}/column_settings/{number}")


def _column(judge: Judge, setting: Any, path: str) -> None:
    if setting is None:
        return
    if not isinstance(setting, dict):
        judge.wrong("must provide an object", path)
        return
    judge.shape(setting, path, required="", optional="align is_wrapped")
    judge.choice(setting.get("align"), f"{path}/align", among=("left", "center", "right"))


def _cell(judge: Judge, cell: Any, path: str) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind == "raw_text":
        if judge.shape(cell, path, required="text"):
            judge.string(cell["text"], f"{path}/text", most=10_000, least=1)
            judge.characters += length(str(cell["text"]))
    elif kind == "raw_number":
        judge.shape(cell, path, required="value", optional="text")
    elif kind == "rich_text":
        _rich_text(judge, cell, path)
    else:
        judge.wrong(f"unsupported type: {kind}", f"{path}/type")


ONLY_IN_MESSAGES = frozenset({"table", "markdown"})
# The kinds anybody here uses; another is refused until it is modelled, for a peer that nods judges nothing.
BLOCKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
}

"""Reads what the app wants to show, and refuses what Slack would not show."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from bot.playground.slack.blocks import MOST_CHARACTERS, check_blocks
from bot.playground.slack.judge import Json, Judge, Surface
from bot.playground.slack.refusal import Refusal, invalid_arguments
from bot.playground.slack.workspace import Workspace

LONGEST_TEXT = 40_000
LARGEST_VIEW = 250 * 1024  # bytes of JSON


def judge_for(workspace: Workspace, surface: Surface) -> Judge:
    """Begin to judge something that will stand on a surface."""
    own = urlsplit(workspace.public_url).netloc

    def is_address(url: str) -> bool:
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        # Nothing is fetched from outside; its own address is the one stated exception to being public.
        return parts.netloc == own or (parts.scheme in {"http", "https"} and "." in host and not host[-1:].isdigit())

    return Judge(surface, workspace.files, is_address)


def read_words(workspace: Workspace, where: str, *, text: str, blocks: Any) -> list[Json]:
    """Check the text and blocks of a message, and return the blocks as they are kept."""
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    if not blocks:
        if not text.strip():
            raise Refusal("no_text")
        return []
    judge = judge_for(workspace, "message")
    kept = check_blocks(judge, blocks, "/blocks")
    if judge.errors:
        raise Refusal("invalid_blocks", messages=judge.errors, errors=judge.errors)
    if sum(block["type"] == "table" for block in kept) > 1:
        raise Refusal("invalid_attachments", messages=["only_one_table_allowed"])
    if judge.characters > MOST_CHARACTERS:
        raise Refusal("msg_blocks_too_long")
    if not text:
        workspace.warn(where, "missing_text_in_message")
    return kept


def read_view(workspace: Workspace, view: Any, *, kinds: tuple[Surface, ...]) -> Json:
    """Check a view, and return it as it is kept."""
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    kind = view.get("type")
    if kind not in kinds:
        raise invalid_arguments(f"unsupported type: {kind} [json-pointer:/view/type]")
    judge = judge_for(workspace, kind)
    kept = _judged(judge, view)
    if judge.errors:
        raise invalid_arguments(*judge.errors)
    if len(json.dumps(view)) > LARGEST_VIEW:
        raise Refusal("view_too_large")
    return {**view, "blocks": kept}


def _judged(judge: Judge, view: Json) -> list[Json]:
    is_modal = judge.surface == "modal"
    optional = "callback_id private_metadata external_id"
    if is_modal:
        optional += " close submit clear_on_close notify_on_close submit_disabled"
    judge.shape(view, "/view", required="title blocks" if is_modal else "blocks", optional=optional)
    for name in ("title", "close", "submit"):
        judge.text(view.get(name), f"/view/{name}", most=24)
    judge.string(view.get("private_metadata"), "/view/private_metadata", most=3000)
    for name in ("callback_id", "external_id"):
        judge.string(view.get(name), f"/view/{name}", most=255)
    kept = check_blocks(judge, view["blocks"], "/view/blocks") if view.get("blocks") is not None else []
    if is_modal and not view.get("submit"):
        for number in (number for number, block in enumerate(kept) if block.get("type") == "input"):
            judge.wrong("must define `submit` to use an `input` block in modals", f"/view/blocks/{number}/input")
    return kept

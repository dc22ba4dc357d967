"""The text of a message: parsed, trimmed, measured, with the entities the platform finds by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.telegram.entities import Entity, parse_html, utf16_length
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.refusal import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

UrlCheck = Callable[[str], str]  # returns what is wrong with an address, or nothing

COMMAND = re.compile(r"(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


@dataclass(frozen=True)
class Text:
    """A text as everybody sees it."""

    plain: str
    entities: list[Entity] = field(default_factory=list)


def read_text(parameters: Parameters, name: str, *, entities: str, check_url: UrlCheck) -> Text:
    """Read a text of a request with its parse mode or its entities."""
    source = parameters.text(name)
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise bad_request("strings must be encoded in UTF-8")
    mode = parameters.text("parse_mode").lower()
    found: list[Entity] = []
    if mode == "html":
        source, found = parse_html(source)
    elif mode in {"markdown", "markdownv2"}:
        # The bot writes HTML only; judging a mode nobody uses would be judging by guesswork.
        raise bad_request("can't parse entities: the playground reads HTML only")
    elif mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    else:
        found = _given(parameters.structure(entities, what="entities"))
    return trimmed(_with_checked_links(source, found, check_url), check_url)


def trimmed(text: Text, check_url: UrlCheck) -> Text:
    """Cut white space from both ends, as the platform does, and add the entities it finds by itself."""
    head = len(text.plain) - len(text.plain.lstrip())
    plain = text.plain.strip()
    entities = _moved(text.entities, -utf16_length(text.plain[:head]), utf16_length(plain))
    return Text(plain, sorted(_with_found(plain, entities, check_url), key=_order)[:ENTITY_LIMIT])


def _order(entity: Entity) -> tuple[int, int]:
    return int(str(entity["offset"])), -int(str(entity["length"]))


def _given(entities: Any) -> list[Entity]:
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad_request("expected an Array of MessageEntity")
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse MessageEntity: expected an Object")
    return [dict(entity) for entity in entities]


def _with_checked_links(plain: str, entities: list[Entity], check_url: UrlCheck) -> Text:
    """Drop links to nowhere: the platform shows their words and says nothing."""
    kept = [entity for entity in entities if entity["type"] != "text_link" or not check_url(str(entity["url"]))]
    return Text(plain, kept)


def _moved(entities: list[Entity], by: int, length: int) -> list[Entity]:
    moved: list[Entity] = []
    for entity in entities:
        begin = max(0, int(str(entity["offset"])) + by)
        end = min(length, int(str(entity["offset"])) + by + int(str(entity["length"])))
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return moved


def _with_found(plain: str, entities: list[Entity], check_url: UrlCheck) -> list[Entity]:
    taken = [
        range(_order(entity)[0], _order(entity)[0] - _order(entity)[1])
        for entity in entities
        if entity["type"] in {"code", "pre", "text_link"}
    ]
    result = list(entities)
    for kind, pattern in (("url", URL), ("bot_command", COMMAND)):
        for match in pattern.finditer(plain):
            begin = utf16_length(plain[: match.start()])
            span = range(begin, begin + utf16_length(match.group()))
            if any(max(span.start, other.start) < min(span.stop, other.stop) for other in taken):
                continue
            if kind == "url" and check_url(match.group()):
                continue
            taken.append(span)
            result.append({"type": kind, "offset": span.start, "length": len(span)})
    return result

"""Telegram's HTML turned into plain text with entities, refusing what Telegram refuses.

Offsets and lengths count UTF-16 code units; positions in errors count bytes of UTF-8, as the platform counts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

from bot.playground.telegram.refusal import bad_request

Entity = dict[str, object]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
LAST_CODE_POINT = 0x10FFFF


def utf16_length(text: str) -> int:
    """Count a text as Telegram does, in UTF-16 code units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Turn Telegram's HTML into text and entities."""
    return _Parser(source).run()


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


@dataclass
class _Parser:
    source: str
    at: int = 0
    units: int = 0
    text: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                self._tag()
            else:
                self._write(self._decoded())
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.text)
        self.entities.sort(key=lambda entity: (entity["offset"], -int(str(entity["length"]))))
        return text, self.entities

    def _refuse(self, words: str, position: int | None = None) -> NoReturn:
        if position is not None:
            words += f" at byte offset {len(self.source[:position].encode())}"
        raise bad_request(f"can't parse entities: {words}")

    def _write(self, piece: str) -> None:
        self.text.append(piece)
        self.units += utf16_length(piece)

    def _decoded(self) -> str:
        """Read one character, or the one a reference stands for; unknown references stay as written, as in Telegram."""
        found = REFERENCE.match(self.source, self.at)
        if found:
            hexadecimal, decimal, name = found.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            known = NAMED.get(name or "", "")
            if 0 < code < LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF:
                known = chr(code)
            if known:
                self.at = found.end()
                return known
        self.at += 1
        return self.source[self.at - 1]

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_spaces(self) -> None:
        while self._peek() and self._peek() in SPACES:
            self.at += 1

    def _until(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._until(SPACES + ">").lower()
        if not self._peek():
            self._refuse("Unclosed start tag", begin)
        if tag not in KINDS:
            self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._peek() != ">":
            self._skip_spaces()
            if self._peek() == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.units, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute and return what it adds to the tag, if anything."""
        name = self._until(SPACES + "=>")
        if not name:
            self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable" and self._peek():
                return "expandable"
            self._refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self.at += 1
        self._skip_spaces()
        if not self._peek():
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._name_token()
        if not self._peek():
            self._refuse("Unclosed start tag", begin)
        return _argument(tag, name, value)

    def _quoted(self) -> str:
        end = self._peek()
        self.at += 1
        value: list[str] = []
        while self._peek() and self._peek() != end:
            value.append(self._decoded())
        if self._peek() == end:
            self.at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self.at
        found = NAME_TOKEN.match(self.source, begin)
        self.at = found.end() if found else begin
        if self._peek() and self._peek() not in SPACES + ">":
            self._refuse("Unexpected end of name token", begin)
        return self.source[begin : self.at].lower()

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            self._refuse("Unexpected end tag", begin)
        tag = self._until(SPACES + ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            self._refuse("Unclosed end tag", begin)
        self.at += 1
        last = self.open.pop()
        if tag and tag != last.tag:
            position = len(self.source[:begin].encode())
            self._refuse(f'Unmatched end tag at byte offset {position}, expected "</{last.tag}>", found "</{tag}>"')
        if self.units > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        entity: Entity = {"type": KINDS[last.tag], "offset": last.offset, "length": self.units - last.offset}
        if last.tag == "a":
            entity["url"] = last.argument or "".join(self.text[last.begin :])
        elif last.tag == "blockquote" and last.argument:
            entity["type"] = "expandable_blockquote"
        elif last.tag == "tg-emoji":
            if not last.argument.isdigit():
                self._refuse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = last.argument
        if last.tag in {"code", "pre"} and self._joins_pre(entity, last):
            return
        self.entities.append(entity)

    def _joins_pre(self, entity: Entity, last: _Open) -> bool:
        """Make one "pre with a language" of <pre><code class="language-x">, as the platform does."""
        before = self.entities[-1] if self.entities else {}
        same = before.get("offset") == entity["offset"] and before.get("length") == entity["length"]
        if last.tag == "pre" and same and before.get("type") == "code" and before.get("language"):
            before["type"] = "pre"
            return True
        if last.tag == "code" and last.argument:
            entity["language"] = last.argument
        return False


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("span", "class")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return ""

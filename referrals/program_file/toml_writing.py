"""Writes values, tables in one line and whole sections as TOML."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

# Lists longer than this are hard to read in one line.
_LONG = 90
_BARE = re.compile(r"[A-Za-z0-9_-]+")


Value: TypeAlias = "str | bool | int | Decimal | date | Inline | Sequence[Value]"
# A setting without a value is left out.
Keys: TypeAlias = "dict[str, Value | None]"


@dataclass(frozen=True)
class Inline:
    """A table that is written in one line, in braces."""

    keys: Mapping[str, "Value"]


def section(header: str, keys: Keys) -> str:
    """Write a `[section]` and its settings; those without a value are left out."""
    lines = [f"{key_text(key)} = {_laid_out(value)}" for key, value in keys.items() if value is not None]
    return "\n".join([f"[{header}]", *lines, ""])


def _laid_out(value: Value) -> str:
    """Write a value behind its key; a long list takes a line for each of its tables."""
    text = value_text(value)
    if len(text) < _LONG or not isinstance(value, list):
        return text
    return "[\n" + "".join(f"  {value_text(inner)},\n" for inner in value) + "]"


def key_text(key: str) -> str:
    """Write a key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else _text(key)


def value_text(value: Value) -> str:
    """Write a value the way a person would."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _prose(value) if "\n" in value else _text(value)
        case Decimal():
            return format(value, "f")
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case Inline():
            pairs = (f"{key_text(key)} = {value_text(inner)}" for key, inner in value.keys.items())
            return "{ " + ", ".join(pairs) + " }"
    return "[" + ", ".join(value_text(inner) for inner in value) + "]"


def _text(text: str) -> str:
    # JSON escapes what TOML does, except for the one control character that it takes for a letter.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _prose(text: str) -> str:
    """Write a text of several lines between three quotes, as it reads."""
    lines = (_text(line)[1:-1].replace('\\"', '"').replace('""', '"\\"') for line in text.split("\n"))
    body = "\n".join(lines)
    # A quote before the closing three would be taken for one of them.
    return f'"""\n{body[:-1]}\\""""' if body.endswith('"') else f'"""\n{body}"""'

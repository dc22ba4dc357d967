"""Says in a marketer's words why a program file cannot be read, and what to write instead."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from referrals.program_tables import HEADERS, SHORT_NAME, Fault, Table, table_at

# Everything a word processor or a chat turns straight quotes into.
_CURLY = "“”„‟«»‘’‚‛"

# What the TOML reader says, and what helps; the first that fits.
_REMEDIES = (
    ("in key/value pair|after a key", "Write a name, an equals sign and a value, such as: hold_days = 14."),
    ("Cannot overwrite", "The same name stands here twice. Keep one of them."),
    ("Cannot declare|twice", "This section stands here twice. Put everything under one of them."),
    ("table declaration", "A section's name stands in square brackets, such as [program]."),
    ('Illegal character|Unterminated string|Expected "\'"', "A text is not closed. Put a straight quote at its end."),
    ("date or datetime", "There is no such day in the calendar. Write year-month-day, such as 2027-03-31."),
    ("Unescaped", "A backslash cannot stand here. Leave it out, or put the text in single quotes: '…'."),
    ("Unclosed", "A bracket is not closed. Put ] or } where it ends."),
    (
        "after a statement",
        'The value has a part too much. An amount is written in quotes with a point, such as "10.00"; '
        "everything else takes a line of its own.",
    ),
    ("Invalid value", 'The value is missing or has no quotes. Texts and amounts stand in quotes, such as "10.00".'),
)
_ELSE = "Write a section such as [program], a line such as: hold_days = 14, or a note that begins with #."


def words_for_toml(reason: str, line: str) -> str:
    """Explain why a line is not TOML."""
    if any(quote in line for quote in _CURLY) and not re.search(f'"[^"]*[{_CURLY}][^"]*"', line):
        return 'These are curly quotes. Use straight ones: "…".'
    return next((words for pattern, words in _REMEDIES if re.search(pattern, reason)), _ELSE)


def fault_of(error: ValidationError) -> Fault:
    """Explain the one error that helps most: a misspelt name first, because it makes others seem to be missing."""
    errors = error.errors(include_url=False)
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    path = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        return Fault(path, _unknown(path))
    if first["type"] == "missing":
        return Fault(path, _missing(path))
    if path[-1] == "[key]":
        return Fault(path[:-1], f"This name cannot be used. {SHORT_NAME}")
    table = table_at(path[:-1])
    field = table.model_fields.get(path[-1]) if table else None
    if field is not None and field.description:
        return Fault(path, f"{_shown(first['input'])} does not fit. {field.description}")
    if path == ["goals"] and first["input"] == {}:
        return Fault(path, "No goal says what a friend must do. Add one, under [goals.first-purchase].")
    return Fault(path, f"This is a section. Write {_header(path)} on a line of its own, and its settings below it.")


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that was probably meant."""
    close = get_close_matches(word.lower().replace("-", "_"), [each.replace("-", "_") for each in known], n=1)
    return next((each for each in known if close and each.replace("-", "_") == close[0]), None)


def _unknown(path: Sequence[str]) -> str:
    """Say where this key belongs, or what was probably meant, or what may stand here."""
    table, key = table_at(path[:-1]), path[-1]
    known = list(table.model_fields) if table else []
    if key in HEADERS:
        return f"This is a section. Write {HEADERS[key]} on a line of its own, and its settings below it."
    for place in (["program"], ["joining"], ["vouchers"], ["brand"], ["goals", "…"], ["goals", "…", "advocate"]):
        home: type[Table] | None = table_at(place)
        if home is not None and key in home.model_fields:
            return f"This setting does not belong here. Put it below [{'.'.join(place)}]."
    if meant := nearest(key, known):
        return f"There is no such setting. Did you mean {meant}?"
    return f"There is no such setting. Here you can write: {', '.join(known)}."


def _missing(path: Sequence[str]) -> str:
    if path[-1] in HEADERS:
        return f"This section is missing. Add it: a line {HEADERS[path[-1]]}, and its settings below."
    table = table_at(path[:-1])
    description = table.model_fields[path[-1]].description if table else ""
    return f"This is missing. Add a line: {path[-1]} = … {description}"


def _header(path: Sequence[str]) -> str:
    """Write the header of the section that was meant, as far as its names are known."""
    return HEADERS.get(path[0], f"[{path[0]}]") if len(path) == 1 else f"[{'.'.join(path)}]"


def _shown(value: Any) -> str:
    """Write a value as it stands in the file, shortened."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 and value.isprintable() else "This text"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date):
        return str(value)[:40]
    return "A list" if isinstance(value, list) else "A section"

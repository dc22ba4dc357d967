"""Says in a marketer's words why a part of a program file cannot be used, and what to write instead."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from referrals.program_file.looking_up import HEADERS, HOMES, field_at, is_open_table, is_section, keys_of, table_at
from referrals.program_file.table_types import BRANCH, EVENT, SHORT_NAME, TEXT, Fault, words

_LONGEST_SHOWN = 40
# "events", the type of one, and a language.
_DEPTH_OF_NAME = 3


def faults_of(error: ValidationError) -> list[Fault]:
    """Explain every error; what only seems to be missing because its name is misspelt is not told twice."""
    errors = error.errors(include_url=False)
    unknown = [_path(each) for each in errors if each["type"] == "extra_forbidden"]
    meant = {(*path[:-1], nearest(str(path[-1]), _known(path))) for path in unknown}
    return [_fault(each) for each in errors if not (each["type"] == "missing" and _path(each) in meant)]


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that was probably meant."""
    close = get_close_matches(word.lower().replace("-", "_"), [each.replace("-", "_") for each in known], n=1)
    return next((each for each in known if close and each.replace("-", "_") == close[0]), None)


def meant_or_known(word: str, known: Sequence[str], *, what: str) -> str:
    """Say which of the known words was probably meant, or which there are."""
    if meant := nearest(word, known):
        return f"Did you mean {meant}?"
    return f"There are: {', '.join(known)}." if known else f"There is no {what} in this file."


def shown(value: Any) -> str:
    """Write a value as it stands in the file, shortened."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= _LONGEST_SHOWN and value.isprintable() else "This text"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal | date):
        return str(value)[:_LONGEST_SHOWN]
    return "A list" if isinstance(value, list) else "A section"


def _path(error: ErrorDetails) -> tuple[str | int, ...]:
    """Return the way to an error, without the branches that only the validation knows."""
    return tuple(part for part in error["loc"] if not str(part).startswith(BRANCH))


def _fault(error: ErrorDetails) -> Fault:
    path = _path(error)
    match error["type"]:
        case "extra_forbidden":
            return Fault(path, _unknown(path), on_name=True, meant=nearest(str(path[-1]), _known(path)) or "")
        case "missing":
            return Fault(path, _missing(path), on_name=True, is_missing=True)
    if path[-1:] == ("[key]",):
        return Fault(path[:-1], _wrong_name(path[:-1]), on_name=True)
    if path == ("goals",) and error["input"] == {}:
        words = "No goal says what a friend must do. Add one, under [goals.first-purchase]."
        return Fault(path, words, is_missing=True)
    is_table = isinstance(error["input"], Mapping)
    if is_open_table(path[:-1]) and is_section(path) and not is_table and field_at(path) is None:
        # Another name than those of the table would be a language, and a language has names below it.
        return Fault(path, _unknown(path), on_name=True)
    described = _described(path)
    if described and error["input"] == []:
        return Fault(path, f"This list is empty. {described} Or leave it out.")
    if described:
        return Fault(path, f"{shown(error['input'])} does not fit. {_choice(path, error['input'])}{described}")
    return Fault(path, f"This is a section. Write {_header(path)} on a line of its own, and its settings below it.")


def _described(path: Sequence[str | int]) -> str:
    """Find how a value is written: by its own field, or by that of the list or the cases it stands in."""
    if path[0] == "events" and len(path) == _DEPTH_OF_NAME:
        return words('"a completed trip"')
    if path[:-1] == ("terms",) or path[-2:-1] == ("says",):
        return TEXT
    for length in range(len(path), 0, -1):
        found = field_at(path[:length])
        if found is not None and found.description:
            return found.description
        if length < len(path) and isinstance(path[length], str) and not is_open_table(path[:length]):
            break
    return ""


def _choice(path: Sequence[str | int], value: object) -> str:
    """Name the word that was probably meant, where there are words to choose from."""
    found = field_at(path)
    if found is None or not isinstance(value, str):
        return ""
    choices = [choice for part in (found.annotation, *get_args(found.annotation)) for choice in get_args(part)]
    words = [choice for choice in choices if isinstance(choice, str)]
    meant = nearest(value, words)
    return f'Did you mean "{meant}"? ' if meant else ""


def _known(path: Sequence[str | int]) -> list[str]:
    table = table_at(path[:-1])
    return list(keys_of(table)) if table else []


def _unknown(path: Sequence[str | int]) -> str:
    """Say where this key belongs, or what was probably meant, or what may stand here."""
    key, known = str(path[-1]), _known(path)
    if key in HEADERS and key not in known:
        return f"This is a section. Write {HEADERS[key]} on a line of its own, and its settings below it."
    meant = nearest(key, known)
    for header, home in HOMES.items():
        if key in keys_of(home):
            return f"This setting does not belong here. Put it below {header}."
    if meant:
        return f"There is no such setting. Did you mean {meant}?"
    return f"There is no such setting. Here you can write: {', '.join(known)}."


def _missing(path: Sequence[str | int]) -> str:
    key = str(path[-1])
    if len(path) == 1 and key in HEADERS:
        return f"This section is missing. Add it: a line {HEADERS[key]}, and its settings below."
    found = field_at(path)
    return f"This is missing. Add a line: {key} = … {found.description if found else ''}".rstrip()


def _wrong_name(path: Sequence[str | int]) -> str:
    if path[0] == "events" and len(path) == 2:
        return f"No event has this type. {EVENT}"
    if path[0] in {"terms", "units", "events"} or path[-2:-1] == ("says",):
        return "This is no language. Use the letters of one, such as en or es."
    example = {"units": "coffees", "goals": "first-purchase"}.get(str(path[0]), "spring")
    return f"This name cannot be used. {SHORT_NAME.format(example)}"


def _header(path: Sequence[str | int]) -> str:
    """Write the header of the section that was meant, as far as its names are known."""
    name = str(path[0])
    return HEADERS.get(name, f"[{name}]") if len(path) == 1 else f"[{'.'.join(str(part) for part in path)}]"

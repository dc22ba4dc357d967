"""Reads TOML, and explains in a marketer's words every line that is none."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from referrals.program_file.positions import Place, find_positions
from referrals.program_file.table_types import DATE

# Everything a word processor or a chat turns straight quotes into.
_CURLY = "“”„‟«»‘’‚‛"
# After so many broken lines the file is something else than a program.
_MOST_FAULTS = 20
# Lines that were broken are put aside under names that no section can have.
ASIDE = "aside "

# What the TOML reader says, and what helps; the first that fits.
_REMEDIES = (
    ("in key/value pair|after a key", "Write a name, an equals sign and a value, such as: hold_days = 14."),
    ("Cannot overwrite", "The same name stands here twice. Keep one of them."),
    ("Duplicate inline table key|Cannot mutate|Cannot redefine", "The same name stands here twice. Keep one of them."),
    ("Cannot declare|twice", "This section stands here twice. Put everything under one of them."),
    ("table declaration", "A section's name stands in square brackets, such as [program]."),
    ("Expected '\"\"\"'|Expected \"'''\"", 'A text of several lines is not closed. Put """ at its end.'),
    ('Illegal character|Unterminated string|Expected "\'"', "A text is not closed. Put a straight quote at its end."),
    ("date or datetime", "There is no such day in the calendar. Write year-month-day, such as 2027-03-31."),
    ("Unescaped", "A backslash cannot stand here. Leave it out, or put the text in single quotes: '…'."),
    (
        "Unclosed",
        "A bracket is not closed, or a comma is missing in it. Put a comma between two values, and ] or } "
        "where it ends.",
    ),
    (
        "after a statement",
        'The value has a part too much. An amount is written in quotes with a point, such as "10.00"; '
        "everything else takes a line of its own.",
    ),
    ("Invalid value", 'The value is missing or has no quotes. Texts and amounts stand in quotes, such as "10.00".'),
)
_ELSE = "Write a section such as [program], a line such as: hold_days = 14, or a note that begins with #."
# The longest of the programs that ship has 4,000 letters.
_LARGEST = 200_000
_ENDLESS_NAME = re.compile(
    r"""(?:^|[{,])[ \t\[]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){40}""", re.MULTILINE
)
_COMPARISON = re.compile("[<>]|[=!]=")
_ABOUT_THE_WHOLE_LINE = re.compile("Cannot|twice|Duplicate")


@dataclass(frozen=True)
class BrokenLine:
    """A place where the text is not TOML."""

    place: Place
    words: str


@dataclass(frozen=True)
class Toml:
    """What a text says as far as it is TOML, and where it is not."""

    data: dict[str, Any] | None  # nothing when what is left makes no sense
    broken: tuple[BrokenLine, ...] = ()


def read_toml(text: str) -> Toml:
    """Read a text; each broken line is put aside and the rest read on."""
    if (endless := _endless(text)) is not None:
        return Toml(None, (endless,))
    lines = text.split("\n")
    broken: list[BrokenLine] = []
    while len(broken) < _MOST_FAULTS:
        tried = "\n".join(lines)
        try:
            return Toml(tomllib.loads(tried, parse_float=Decimal), tuple(broken))
        except RecursionError:
            words = "Brackets stand within brackets without end. Close each of them."
            return Toml(None, (*broken, BrokenLine(_last(lines), words)))
        except ValueError as error:  # besides its own error: a number beyond all measure
            fault, goes_on = _explained(str(error), tried, lines)
            broken.append(fault)
            if not goes_on:
                break
            number = fault.place.line - 1
            lines[number] = f'["{ASIDE}{len(broken)}"]' if lines[number].lstrip().startswith("[") else ""
    return Toml(None, tuple(broken))


def _endless(text: str) -> BrokenLine | None:
    """Refuse what would keep the TOML reader busy for minutes: its time grows with the square of a name's parts."""
    if len(text) > _LARGEST:
        return BrokenLine(Place(1, 1), f"This file is too large for a program. Keep it below {_LARGEST:,} letters.")
    if found := _ENDLESS_NAME.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return BrokenLine(Place(line, 1), "A name with so many points belongs to nothing. Write a section of its own.")
    return None


def _explained(reason: str, text: str, lines: list[str]) -> tuple[BrokenLine, bool]:
    """Say what is wrong and where, and whether the rest can be read when this line is left out."""
    positions = find_positions(text)
    begun = positions.place(min(positions.stopped_in, max(len(text) - 1, 0)))
    found = re.search(r"at line (\d+), column (\d+)", reason)
    if found is None:
        # It was not closed before the end of the file; where it begins is the place to look.
        return BrokenLine(begun, words_for_toml(reason, lines[begun.line - 1])), False
    line, column = int(found[1]), int(found[2])
    content = lines[line - 1]
    curly = re.search(f"[{_CURLY}]", content)
    words = words_for_toml(reason, content)
    if _COMPARISON.match(content, column - 1):
        words = "Comparisons are written in words, such as is_at_least = 2 or is_not = 3."
    if words == CURLY and curly:
        column = curly.start() + 1
    elif _ABOUT_THE_WHOLE_LINE.search(reason):
        column = len(content) - len(content.lstrip()) + 1
    # A statement of several lines leaves ends behind that would be complained of in turn.
    return BrokenLine(Place(line, max(1, min(column, len(content) + 1))), words), begun.line >= line


CURLY = 'These are curly quotes. Use straight ones: "…".'


# What people write out of habit, told before what the TOML reader makes of it.
_HABITS = (
    (
        r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\x7f\u200b\u2060]",
        "There is a character that cannot be seen. Type this line anew.",
    ),
    (r"^[^\"'=]*＝", "This is no equals sign, though it looks like one. Type it anew: =."),
    (r"=\s*\d{1,2}[./]\d{1,2}[./]\d{2,4}", DATE),
    (r"=\s*(?i:yes|no|on|off|True|False)\s*(#|$)", "Write true or false, in small letters and without quotes."),
    (r"=\s*(?i:null|none|nil)\s*(#|$)", "There is no word for nothing. Leave the line out."),
    (
        r"\{\s*(#|$)|=\s*\{[^}]*,\s*(#|$)",
        "Braces open and close on one line. For several lines write a section of its own.",
    ),
    (
        r"^\s*\[[^\]\"']*\s[^\]]*\]",
        "A section's name has no spaces: put hyphens in their place, as in [goals.first-purchase].",
    ),
    (r"^\s*[A-Za-z_]+\s*:\s", "Write an equals sign in place of the colon, such as: hold_days = 14."),
)


def words_for_toml(reason: str, line: str) -> str:
    """Explain why a line is not TOML."""
    if any(quote in line for quote in _CURLY) and not re.search(f'"[^"]*[{_CURLY}][^"]*"', line):
        return CURLY
    if "Unterminated" in reason and '"""' in line:
        return 'A text of several lines is not closed. Put """ at its end.'
    if habit := next((words for pattern, words in _HABITS if re.search(pattern, line)), ""):
        return habit
    return next((words for pattern, words in _REMEDIES if re.search(pattern, reason)), _ELSE)


def _last(lines: list[str]) -> Place:
    return Place(len(lines), 1)

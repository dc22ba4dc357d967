"""Finds the line of a program file on which a key stands, or should stand."""

import re
from collections.abc import Sequence

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


def line_of(text: str, path: Sequence[str]) -> int:
    """Return the first line that comes nearest to the path, counting from 1; 0 when nothing of it is there."""
    best, depth = 0, 0
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            here = table = _parts(header.group(1))
        elif key := _KEY.match(line):
            here = [*table, *_parts(key.group(1))]
        else:
            continue
        shared = _shared(here, path)
        if shared > depth:
            best, depth = number, shared
    return best


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _shared(here: Sequence[str], path: Sequence[str]) -> int:
    """Count the names that both begin with."""
    for place, (ours, theirs) in enumerate(zip(here, path, strict=False)):
        if ours != theirs:
            return place
    return min(len(here), len(path))

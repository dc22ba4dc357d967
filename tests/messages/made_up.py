"""A made-up language: ours with every letter written wide, so that a word from anywhere else is seen at once."""

import re
import shutil
from collections.abc import Collection
from importlib.resources import as_file, files
from pathlib import Path

from fluent.syntax import FluentSerializer, ast
from fluent.syntax.visitor import Transformer

from messages.catalog import DEFAULT_LANGUAGE
from messages.stories import parse

# Two letters that ISO 639-1 gives to no language, and that CLDR knows nothing of.
MADE_UP = "qy"
_WIDE = {letter: letter + 0xFEE0 for letter in (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))}
_LETTERS = re.compile(r"[A-Za-z]+")


def wide(text: str) -> str:
    """Say a text in the made-up language."""
    return text.translate(_WIDE)


def narrow_words(text: str, *values: str) -> list[str]:
    """Find the words of a text that are not of the made-up language, leaving these values aside."""
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, " ")
    return _LETTERS.findall(text)


def write_texts(folder: Path, language: str = MADE_UP, *, stories: Collection[str] = ()) -> Path:
    """Write our English and the made-up language into a folder: all stories, or only these."""
    with as_file(files("messages") / DEFAULT_LANGUAGE) as english:
        shutil.copytree(english, folder / DEFAULT_LANGUAGE)
    (folder / language).mkdir()
    for story in (folder / DEFAULT_LANGUAGE).glob("*.ftl"):
        if not stories or story.stem in stories:
            said = FluentSerializer().serialize(_Widening().visit(parse(story)))
            (folder / language / story.name).write_text(said, encoding="utf-8")
    return folder


class _Widening(Transformer):
    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:
        return ast.TextElement(wide(node.value))

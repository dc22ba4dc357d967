"""Stories: the files of texts, each read and parsed when one of its texts is first asked for.

Parsing all of them takes a quarter of a second, which every start, command and test would pay before it says a word.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources.abc import Traversable

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from messages.languages import locale_of
from messages.sentences import HELD, choosing, with_year

SHARED_TERMS = "words"  # the story whose terms every other story may use

# Fluent keeps an asterisk at the start of a line for itself, where it marks the `*[other]` of a choice.
_BOLD_AT_LINE_START = re.compile(r"^( +)\*(?!\[)", re.MULTILINE)
# All of ours in both languages and more: a second catalog in one process parses nothing anew.
_PARSED = 256


class BrokenTexts(ValueError):
    """A file of texts cannot be read; the message names the file and the place."""


class Stories:
    """Every file of texts, by language and story."""

    def __init__(self, folder: Traversable, *, default: str) -> None:
        self._default = default
        self._files: Mapping[tuple[str, str], Traversable] = {
            (place.name, file.name.removesuffix(".ftl")): file
            for place in folder.iterdir()
            if place.is_dir()
            for file in place.iterdir()
            if file.name.endswith(".ftl")
        }
        self.languages = frozenset(language for language, _ in self._files)
        self.bundle = cache(self._bundle)
        self.choosing = cache(self._choosing)

    def check(self) -> None:
        """Read everything; raises BrokenTexts."""
        for file in self._files.values():
            _read(file, _known)

    def _bundle(self, language: str, story: str) -> FluentBundle | None:
        """Return what formats the texts of a story, if the language has it; raises BrokenTexts."""
        if (language, story) not in self._files:
            return None
        # Isolation is ours to do, value by value: Fluent's would put invisible characters around every code.
        bundle = FluentBundle([str(locale_of(language))], functions={"WITH_YEAR": with_year}, use_isolating=False)
        bundle.add_resource(self._resource(language, story))
        if story != SHARED_TERMS:
            shared = self._resource(language, SHARED_TERMS).body
            bundle.add_resource(ast.Resource([entry for entry in shared if isinstance(entry, ast.Term)]))
        return bundle

    def _choosing(self, language: str, story: str) -> frozenset[str]:
        """Name the variables by which texts of a story choose between variants; raises BrokenTexts."""
        return choosing(self._resource(language, name) for name in (story, SHARED_TERMS))

    def _resource(self, language: str, story: str) -> ast.Resource:
        file = self._files.get((language, story))
        if file is None:
            return ast.Resource()
        try:
            return _read(file, _known)
        except BrokenTexts:
            # What a language cannot say is said in English; `doctor` names the file.
            if language == self._default:
                raise
            return ast.Resource()


def parse(file: Traversable) -> ast.Resource:
    """Read one file of texts, for whoever may do with it what they like; raises BrokenTexts."""
    return _read(file, _parsed)


def _read(file: Traversable, parsed: Callable[[str], ast.Resource]) -> ast.Resource:
    try:
        return parsed(file.read_text(encoding="utf-8"))
    except BrokenTexts as broken:
        raise BrokenTexts(f"{file}: {broken}") from None


def _parsed(text: str) -> ast.Resource:
    if HELD.search(text):
        raise BrokenTexts("a character of the private range, which the values need.")
    resource = FluentParser(with_spans=False).parse(_BOLD_AT_LINE_START.sub(r'\1{"*"}', text))
    names: set[str] = set()
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            first = (entry.content or "").strip().partition("\n")[0]
            raise BrokenTexts(f"{first!r}: {' '.join(note.message or '' for note in entry.annotations)}")
        if isinstance(entry, ast.Message | ast.Term):
            name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
            if name in names:
                raise BrokenTexts(f"{name} is there twice.")
            names.add(name)
    return resource


# Read by everybody, changed by nobody.
_known = lru_cache(maxsize=_PARSED)(_parsed)

"""Which texts the sources use: read from their syntax trees, and from the templates of the pages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.architecture.sources import ROOT, sources

TEMPLATES = ROOT / "bot" / "web" / "templates"
_KEY = re.compile(r"[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
_PART = re.compile(r"[a-z0-9-]*")
_SPEAKERS = {"Message", "Phrase", "Act", "Copy", "Share", "Open", "AskPhone"}
_QUOTED = re.compile(r"""["']([a-z][a-z0-9-]*)["']""")
_TEMPLATE_CALL = re.compile(r"""\b(?:t|plain)\(([^(),]*)""")
_TEMPLATE_JOINED = re.compile(r'"([a-z-]+-)" \+ \w+ \+ "(-[a-z-]+)"')
_FILE = re.compile(r".*\.(?:css|html|js|png|svg|ftl|toml|json)")


@dataclass(frozen=True)
class Use:
    """One place that names a text."""

    where: str
    key: str
    given: frozenset[str] | None = None  # the names of its values, where the place itself shows them all
    has_picture: bool = False
    is_label: bool = False


@cache
def uses() -> tuple[Use, ...]:
    """Find every place that names a text in full."""
    return (*_in_calls(), *_in_templates())


@cache
def mentions(stories: frozenset[str]) -> tuple[Use, ...]:
    """Find every string that looks like a text of these stories, such as one side of a choice."""
    return tuple(
        Use(where, text)
        for where, text in _strings("handlers/", "bot/", "messages/catalog.py")
        if _KEY.fullmatch(text) and text.partition(".")[0] in stories and not _FILE.fullmatch(text)
    )


@cache
def patterns(keys: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Find how names of these texts are put together: each gap takes a word that the sources or the templates know."""
    joins = [node for _, node in _nodes("handlers/", "bot/") if isinstance(node, ast.JoinedStr)]
    every_key = "\n".join(keys)
    words = {text for _, text in _strings("") if _PART.fullmatch(text)} | _template_words()
    words = {word for word in words if word in every_key}
    # A name may be put together step by step: "problem-busy", from it "problem-busy-detail", and "pages." before both.
    for _ in range(2):
        words |= {longer for node in joins for word in words for longer in _longer(node, word)}
        words = {word for word in words if word in every_key}
    known = "|".join(map(re.escape, words))
    found = [_pattern(node, known) for node in joins]
    joined = [
        re.compile(rf"pages\.{before}(?:{known}){after}")
        for path in TEMPLATES.glob("*.html")
        for before, after in _TEMPLATE_JOINED.findall(path.read_text(encoding="utf-8"))
    ]
    return (*(pattern for pattern in found if pattern is not None), *joined)


def _in_calls() -> Iterator[Use]:
    for where, node in _nodes("handlers/", "bot/"):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SPEAKERS):
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        positional = dict(zip(("key", "values"), node.args, strict=False))
        said = named.get("label") or named.get("key") or positional.get("key")
        given = _given(named.get("values") or positional.get("values"))
        for text in _choices(said):
            yield Use(where, text, given, has_picture="picture" in named, is_label="label" in named)


def _in_templates() -> Iterator[Use]:
    for path in TEMPLATES.glob("*.html"):
        for said in _TEMPLATE_CALL.findall(path.read_text(encoding="utf-8")):
            if "+" not in said:
                yield from (Use(path.name, f"pages.{word}") for word in _QUOTED.findall(said))


def _choices(said: ast.expr | None) -> list[str]:
    match said:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return [*_choices(body), *_choices(other)]
        case _:
            return []


def _given(values: ast.expr | None) -> frozenset[str] | None:
    if values is None:
        return frozenset()
    if not isinstance(values, ast.Dict):
        return None
    names = [key.value for key in values.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return frozenset(names) if len(names) == len(values.keys) else None


def _pattern(joined: ast.JoinedStr, known: str) -> re.Pattern[str] | None:
    first = joined.values[0]
    if not (isinstance(first, ast.Constant) and re.match(r"[a-z]+\.", str(first.value))):
        return None
    parts = [_gap(part, known) for part in joined.values]
    return re.compile("".join(parts))


def _longer(joined: ast.JoinedStr, word: str) -> Iterator[str]:
    match joined.values:
        case [ast.Constant(value=str(before)), ast.FormattedValue()] if _PART.fullmatch(before):
            yield before + word
        case [ast.FormattedValue(), ast.Constant(value=str(after))] if _PART.fullmatch(after):
            yield word + after


def _gap(part: ast.expr, known: str) -> str:
    if isinstance(part, ast.Constant):
        return re.escape(str(part.value))
    # What a call returns is not for a reader of syntax to know.
    calls = isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Call)
    return "[a-z0-9-]+" if calls else f"(?:{known})"


def _template_words() -> set[str]:
    return {word for path in TEMPLATES.glob("*.html") for word in _QUOTED.findall(path.read_text(encoding="utf-8"))}


def _strings(*folders: str) -> Iterator[tuple[str, str]]:
    for where, node in _nodes(*folders):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield where, node.value


def _nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    for source in sources():
        if source.path.startswith(folders):
            pieces = {
                id(part) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) for part in node.values
            }
            for node in ast.walk(source.tree):
                if id(node) not in pieces:
                    yield f"{source.path}:{getattr(node, 'lineno', 0)}", node

"""Every word that a person reads is in the files of its language: none stands in a module or in a template.

What is excepted, on purpose: the command line and the settings' errors (bot/cli, bot/wrong), read by whoever installs
us; log lines and errors, read by whoever looks for a fault; the description of the API, read by who writes programs;
and the playground, which plays other people's apps.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.architecture.sources import ROOT, Source, sources

TEMPLATES = sorted((ROOT / "bot" / "web" / "templates").glob("*.html"))
SPEAKING = ("handlers/", "bot/telegram/", "bot/slack/", "bot/web/")
# These describe the API to programmers, in the language that OpenAPI documents are written in.
FOR_PROGRAMMERS = {"bot/web/openapi.py", "bot/web/models.py", "bot/web/problems.py"}

# Errors of the edges: for whoever reads the log, and the platforms' own words to compare with.
FOR_THE_LOG = {"bot/slack/errors.py", "bot/telegram/errors.py", "bot/telegram/polling.py", "bot/telegram/request.py"}
# Two words or three that no person is told: a header, the key of a cache, the detail of an error, and what a stored
# decision saw, which is kept in one language so that it can be compared.
UNSAID = {
    "Bearer …",
    "bars … …",
    "it is shared with others",
    "the team decides",
    "code without customer",
    "no such purchase yet",
}

# A sentence: three words in a row, or two of which the first begins like one.
SENTENCE = re.compile(r"(?:[^\W\d_]|…)+(?:[ ,]+(?:[^\W\d_]|…)+){2,}|\b[A-Z][a-z]+ (?:[a-z]{2,}|…)")
# Calls whose words go to a log, to an error, or to a programmer.
NOT_SAID = {"Field", "Gauge", "Counter", "Histogram", "compile", "header", "getLogger"}
LETTERS = re.compile(r"[^\W\d_]")
READ_OUT = {"alt", "title", "label", "placeholder", "summary", "aria-label", "aria-description", "value"}
SHOWN_ELSEWHERE = re.compile(r"(og:|twitter:)?(title|description|site_name|image:alt)")
FILLED = "\ue000"  # stands for whatever a template fills in


def test_no_module_speaks_for_itself() -> None:
    """A sentence in a handler is said in one language to everyone, and no translator ever finds it."""
    said = [
        f"{source.path}:{line} {text!r}"
        for source in sources()
        if source.path.startswith(SPEAKING) and source.path not in FOR_PROGRAMMERS | FOR_THE_LOG
        for line, text in _said(source)
        if text not in UNSAID
    ]
    assert not said


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_speaks_for_itself(template: Path) -> None:
    """What stands between the tags of a template is filled in from the texts, and so is all that is read out."""
    assert not _bare_words(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>{{ t('x') }} more</p>",
        '<img alt="A cup">',
        '<meta property="og:title" content="Come in">',
        "{% if x %}Yes{% endif %}",
    ],
)
def test_a_word_in_a_template_would_be_found(template: str) -> None:
    assert _bare_words(template)


@pytest.mark.parametrize("module", ['x = Message("Thank you for it")', 'f"You have {n} of them"', 'y = "See you"'])
def test_a_word_in_a_module_would_be_found(module: str) -> None:
    assert list(_said(Source(path="handlers/x.py", text=module, tree=ast.parse(module))))


def _said(source: Source) -> Iterator[tuple[int, str]]:
    silent = {id(part) for node in ast.walk(source.tree) if _is_silent(node) for part in ast.walk(node)}
    silent |= {id(part) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(source.tree):
        if id(node) not in silent and (text := _text(node)) and SENTENCE.search(text):
            yield getattr(node, "lineno", 0), text


def _is_silent(node: ast.AST) -> bool:
    """Tell whether nobody is told what stands in here: a docstring, an error, a log line, a pattern."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Assert():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in NOT_SAID or name.endswith(("Error", "Failed"))
        case _:
            return False


def _text(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case _:
            return ""


def _bare_words(template: str) -> list[str]:
    reading = _Reading()
    tokens = list(Environment(autoescape=True).lex(template))
    inside = False
    for _, kind, text in tokens:
        if kind == "variable_begin":
            reading.feed(FILLED)
        inside = (inside or kind.endswith("_begin")) and not kind.endswith("_end")
        if kind == "data" and not inside:
            reading.feed(text)
    reading.close()
    return reading.words


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._take(*(value for name, value in attrs if name in READ_OUT))
        if tag == "meta" and SHOWN_ELSEWHERE.fullmatch(given.get("name") or given.get("property") or ""):
            self._take(given.get("content"))

    def handle_data(self, data: str) -> None:
        self._take(data)

    def _take(self, *found: str | None) -> None:
        self.words += [text.strip() for text in found if text and LETTERS.search(text)]

"""The house keeps its shape: what may stand where, and how large it may grow."""

import ast

from tests.architecture.sources import ROOT, Source, is_ignored, sources

MODULE_LINES = 300
FUNCTION_LINES = 40

TOP_LEVEL = set(
    "bot handlers messages referrals storage tests bench docs .ci .env.example .gitignore CHANGELOG.md Dockerfile "
    "LICENSE Makefile README.md pyproject.toml requirements.lock".split()
)
DRAWERS = {"base", "common", "core", "helpers", "manager", "misc", "service", "services", "util", "utils"}


def test_modules_stay_short() -> None:
    """A module that needs scrolling for ten screens has two subjects; the larger of our models ended at 4,216 lines."""
    long = [f"{source.path}: {lines}" for source in sources() if (lines := source.text.count("\n")) > MODULE_LINES]
    assert not _without_migrations(long)


def test_functions_stay_short() -> None:
    """A function one cannot see at once cannot be checked at a glance."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{source.path}:{node.lineno} {node.name}: {lines}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, functions) and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert not _without_migrations(long)


def test_the_top_level_belongs_to_the_owner() -> None:
    """The first thing a newcomer sees is this list; another entry needs a decision record."""
    found = {path.name for path in ROOT.iterdir() if not is_ignored(path)}
    assert found <= TOP_LEVEL


def test_no_module_is_a_drawer() -> None:
    """Whatever has no subject collects everything that has none; shared code has a subject or no home."""
    assert not [source.path for source in sources() if DRAWERS & set(source.module.split("."))]


def test_every_module_says_its_duty_in_one_sentence() -> None:
    """The first line of every file is the map of the house."""
    assert not [source.path for source in sources() if not _is_one_sentence(source)]


def test_only_connect_commits() -> None:
    """One event, one transaction: a commit elsewhere lets half a story become true."""
    committing = [source.path for source in sources() if ".commit(" in source.text or ".rollback(" in source.text]
    assert set(committing) <= {"storage/connect.py"}


def _without_migrations(found: list[str]) -> list[str]:
    return [line for line in found if not line.startswith("storage/migrations/")]


def _is_one_sentence(source: Source) -> bool:
    docstring = (ast.get_docstring(source.tree) or "").split("\n\n")[0].strip()
    return docstring.endswith(".") and ". " not in docstring.replace("e.g. ", "").replace("i.e. ", "")

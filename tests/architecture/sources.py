"""What the guards look at: the modules of the house and the files that are committed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("bot", "handlers", "messages", "referrals", "storage")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One module: where it is, what it says, and its parsed form."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_migration(self) -> bool:
        """Whether Alembic loads it; migrations are history, and nobody refactors history."""
        return self.path.startswith("storage/migrations/")


@cache
def sources() -> tuple[Source, ...]:
    """Return every module of our packages."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(_read(path) for path in paths)


def committed() -> Iterator[Path]:
    """Yield every file that git would keep; without asking git, which a machine that only runs us may not have."""
    yield from _kept(ROOT)


def is_ignored(path: Path) -> bool:
    """Say whether `.gitignore` names this file or folder."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    place = f"/{path.relative_to(ROOT).as_posix()}"
    return path.name == ".git" or any(fnmatch(path.name, pattern) or place == pattern for pattern in patterns)


def _kept(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if is_ignored(path):
            continue
        if path.is_dir():
            yield from _kept(path)
        else:
            yield path


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path=path.relative_to(ROOT).as_posix(), text=text, tree=ast.parse(text))

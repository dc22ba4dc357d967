"""What we install is named, pinned and hashed, and nothing of the machine it was made on is left in the tree."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, committed

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)

# Spelled in halves, so that this file passes its own test.
INDEXES = tuple("".join(halves) for halves in (("py", "pi.org"), ("python", "hosted.org"), ("deb.", "debian.org")))
HOMES = re.compile("/(" + "|".join(("ho" + "me/", "ro" + "ot/", "Us" + "ers/", "wo" + "rk/", "tmp/" + "brief")) + ")")


def test_the_lock_covers_every_dependency() -> None:
    """A dependency that is not locked is installed from whatever the index says that day."""
    assert set(_wanted()) <= {name for name, _ in PINNED.findall(LOCK)}


def test_everything_locked_carries_its_hashes() -> None:
    """Without a hash, a name and a number are only somebody's word."""
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert not [entry for entry in entries if not (PINNED.match(entry) and "--hash=sha256:" in entry)]


def test_the_lock_names_no_index() -> None:
    """Where packages come from is the choice of whoever installs: a company may have a mirror."""
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


def test_no_file_names_a_machine_or_an_index() -> None:
    """A path of somebody's machine works for somebody."""
    telling = [
        f"{path.relative_to(ROOT)}: {found}"
        for path, text in _texts()
        for found in [*(host for host in INDEXES if host in text), *(match[0] for match in HOMES.finditer(text))]
    ]
    assert not telling


def _wanted() -> Iterator[str]:
    """Yield the names that `pyproject.toml` asks for, as the lock spells them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = (
        project["project"]["dependencies"],
        project["dependency-groups"]["dev"],
        project["build-system"]["requires"],
    )
    for requirement in (requirement for group in groups for requirement in group):
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name, requirement
        yield re.sub(r"[._-]+", "-", name[0]).lower()


def _texts() -> Iterator[tuple[Path, str]]:
    for path in committed():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue

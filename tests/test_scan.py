"""The scan bites: a test that leaks anything fails, and one that leaks nothing does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from referrals.codes import complete
from tests.architecture.sources import ROOT
from tests.scan import Secrets

VOUCHER = complete("VCHR2345678")
PRELUDE = """
import logging

import structlog
from pydantic import SecretStr

from bot.settings import Settings
from bot.web.keys import ApiKey

log = structlog.get_logger()


def test_one() -> None:
    {line}
"""
LEAKS = {
    "a phone number": 'log.info("sent", to="+4915112345678")',
    "an e-mail address": 'log.info("known", as_="bob@example.org")',
    "a Telegram token": 'print("https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe")',
    "a Slack token": 'logging.getLogger("slack").warning("refused xoxb-1234-abcdef")',
    "a message's words": 'log.debug("said", words="Welcome to Corner Café")',
    "the API key": 'ApiKey("k-correct-horse"); log.info("asked", key="k-correct-horse")',
    "the setting secret_key": 'Settings(_env_file=None, secret_key="hunter2hunter2"); log.error("hunter2hunter2")',
}
HARMLESS = 'log.info("web.request", route="/r/{code}", at="2026-11-22 19:34:34", address="127.0.0.1:8080", status=200)'


def run(folder: Path, *lines: str) -> str:
    """Run these lines as the bodies of tests of their own, and return what pytest says."""
    for number, line in enumerate(lines):
        (folder / f"test_leak_{number}.py").write_text(PRELUDE.replace("{line}", line), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.scan", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    command += ["-c", str(ROOT / "pyproject.toml"), "-q", "-rA", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def test_a_test_that_leaks_fails_and_says_what_and_no_other_does(tmp_path: Path) -> None:
    said = run(tmp_path, *LEAKS.values(), HARMLESS)
    assert f"{len(LEAKS) + 1} passed, {len(LEAKS)} errors" in said
    for what in LEAKS:
        assert f"The log holds {what}." in said


@pytest.mark.parametrize(
    ("kind", "secret", "leaked"),
    [
        ("a voucher", VOUCHER, f"code={VOUCHER}"),
        ("text of TextWritten", "my wife must not know", "failed: my wife must not know"),
        ("a token", "0123456789abcdef", "GET /claim/0123456789abcdef"),
    ],
)
def test_what_was_noted_is_found_again(kind: str, secret: str, leaked: str) -> None:
    secrets = Secrets()
    assert secrets.found_in(leaked) == []
    secrets.note(kind, secret)
    assert secrets.found_in(leaked) == [kind]
    assert secrets.found_in(leaked, on_page=True) == [kind]


def test_a_share_code_may_stand_on_a_page_and_in_no_log() -> None:
    secrets, code = Secrets(), complete("ANNA234")
    secrets.note("a voucher", code)
    assert secrets.found_in(f"/r/{code}") == ["a share code"]
    assert secrets.found_in(f"/r/{code}", on_page=True) == []

"""The Chromium the journeys drive: found, else installed, and tried out before anybody relies on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
OWN_BROWSERS = Path(__file__).parent.parent / ".venv" / "browsers"
COMPLETE = "chromium*/INSTALLATION_COMPLETE"  # Playwright leaves this once a download is whole.
# A cold start of a freshly installed Chromium took 6 s on a loaded two-core machine.
START_MILLISECONDS = 60_000

REMEDY = """\
The journeys need Chromium, and none could be started or installed here. Any one of these helps:
    Debian:         sudo apt-get install chromium
    Ubuntu:         sudo .venv/bin/python -m playwright install-deps chromium
    macOS:          install Google Chrome, or: brew install --cask chromium
Then run the same command again.
What was tried:
"""


def executable() -> str | None:
    """Return the system's Chromium or Chrome, or None where Playwright's own is to be used."""
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(OWN_BROWSERS))
    if any(OWN_BROWSERS.glob(COMPLETE)):
        return None  # Playwright's own is only ever installed because the system's one failed its trial.
    return _on_this_system()


def prepare() -> str | None:
    """Leave a browser that can open a page, or return what was tried in vain."""
    tried: list[str] = []
    for install in (_nothing, _with_apt, _with_playwright):
        said = install()
        if said is None:
            continue
        failure = said or _trial()
        if not failure:
            return None
        tried.append(failure)
    return "\n".join(tried)


def _on_this_system() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) or next(
        (path for path in MAC_APPLICATIONS if Path(path).exists()), None
    )


def _trial() -> str:
    """Open a page; a snap's stub or a missing library shows only then."""
    path = executable()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, timeout=START_MILLISECONDS)
            page = browser.new_page()
            page.goto("data:text/html,<title>ready</title>")
            title = page.title()
            browser.close()
    except Error as error:
        return f"  starting {path or 'the browser of Playwright'}: {_reason(str(error))}"
    return "" if title == "ready" else f"  {path}: opened a page and could not read its title"


def _nothing() -> str | None:
    """Install nothing: judge what is there."""
    return "" if executable() or any(OWN_BROWSERS.glob(COMPLETE)) else None


def _with_apt() -> str | None:
    """Install Debian's package; Ubuntu's of that name only points to a snap, which fails the trial."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or _on_this_system():
        return None
    _say("Installing Chromium (the first time only, a minute or two)…")
    return _run(["apt-get", "-qq", "update"]) or _run(["apt-get", "-qq", "-y", "install", "chromium"])


def _with_playwright() -> str | None:
    """Install Playwright's own inside the checkout, with the libraries it needs where we may."""
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(OWN_BROWSERS))
    _say("Installing Playwright's Chromium inside this folder (the first time only, a minute or two)…")
    libraries = ["--with-deps"] if os.geteuid() == 0 and shutil.which("apt-get") else []
    return _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


def _run(command: list[str]) -> str:
    """Run an installer; return an empty text, or what it ended with."""
    done = subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return f"  {' '.join(command)}: {_reason(done.stdout)}" if done.returncode else ""


def _reason(text: str) -> str:
    """Pick the line that says why: the last that calls itself an error, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "Error", "error:"))]
    return (errors or lines or ["no word of explanation"])[-1]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Prepare a browser, or end with what would help."""
    tried = prepare()
    if tried is not None:
        sys.exit(REMEDY + tried)


if __name__ == "__main__":
    main()

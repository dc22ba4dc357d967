"""Lighthouse, where Node is present: installed once from the locked packages, and asked about one page at a time."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import executable

LOCKED = Path(__file__).parent / "node"
HOME = Path(__file__).parent.parent / ".venv" / "node"
ENTRY = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
# Written last, with the lock it was installed from: an installation that broke off is done again.
STAMP = HOME / ".installed"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A page that was cold took 25 s while both cores were busy.
SECONDS_FOR_A_PAGE = 90


def is_there() -> bool:
    """Tell whether Lighthouse of the locked version can be run."""
    lock = (LOCKED / "package-lock.json").read_text(encoding="utf-8")
    return bool(shutil.which("node")) and STAMP.exists() and STAMP.read_text(encoding="utf-8") == lock


async def scores(address: str, folder: Path) -> Mapping[str, float]:
    """Judge a page as a phone sees it, and return each category from 0 to 100."""
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    process = await asyncio.create_subprocess_exec(
        shutil.which("node") or "node",
        str(ENTRY),
        address,
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        env={**os.environ, "CHROME_PATH": await asyncio.to_thread(_chromium)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(SECONDS_FOR_A_PAGE):
        said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"Lighthouse could not judge {address}: {said.decode(errors='replace')[-2000:]}")
    told = json.loads(report.read_text(encoding="utf-8"))
    return {name: 100 * told["categories"][name]["score"] for name in CATEGORIES}


def prepare() -> str:
    """Install Lighthouse where Node is present; return what stood in the way, or nothing."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "there is no Node on the PATH"
    if is_there():
        return ""
    sys.stdout.write("Installing Lighthouse (the first time only, a quarter of a minute)…\n")
    sys.stdout.flush()
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCKED / name, HOME / name)
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],  # noqa: S607 - npm from the PATH
        cwd=HOME,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        return f"npm could not install it ({(done.stdout.strip().splitlines() or ['no word of explanation'])[-1]})"
    shutil.copyfile(LOCKED / "package-lock.json", STAMP)
    return ""


def _chromium() -> str:
    own = executable()
    if own:
        return own
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def main() -> None:
    """Prepare Lighthouse, or say what judges the pages instead."""
    missing = prepare()
    if missing:
        sys.stdout.write(f"Without Lighthouse, since {missing}: axe-core in the browser judges the pages.\n")


if __name__ == "__main__":
    main()

"""A running web edge for each test, and a browser's window to look at it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from messages.catalog import Catalog
from tests.bot.web.house import House, house
from tests.browser import START_MILLISECONDS, executable
from tests.lighthouse import is_there

# Where Node is missing there is nothing to run, rather than a skipped test; `make test` says so when it sets up.
collect_ignore = [] if is_there() else ["test_lighthouse.py"]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture
async def home(catalog: Catalog) -> AsyncIterator[House]:
    async with house(catalog) as running:
        yield running


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A browser's window; anything it complains about, such as a policy that was broken, fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox"], timeout=START_MILLISECONDS
        )
        page = await browser.new_page(reduced_motion="reduce")
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        await browser.close()
    assert complaints == []
